"""What the tests register as functions. Nothing of the portal is imported here."""

import os
import shutil
import time
from pathlib import Path


def hit_rate(*, frames, hits):
    return {"rate": hits / frames}


def who():
    return {name: value for name, value in os.environ.items() if name.startswith("VITRINE_")}


def refuse(**_):
    raise ValueError("no beam today")


def speak(**_):
    print("a NUL \0 and half a sign \\ud800")
    raise ValueError("half a sign \ud800")


def nap(*, folder, name="nap"):
    """Says that it is there, and goes on until a file lets it."""
    (Path(folder) / f"{name}-{os.environ['VITRINE_ATTEMPT']}").write_text(os.environ["VITRINE_REQUEST_ID"])
    while not (Path(folder) / "go").exists():
        time.sleep(0.02)
    return name


def count(*, images, results=None, fails=False):
    """Says which files it was given, and leaves as many bytes as there were in each."""
    top = Path(images)
    found = sorted(one for one in top.rglob("*") if one.is_file()) if top.is_dir() else [top]
    for one in found if results else []:
        target = Path(results) / "sizes" / f"{one.name}.txt"
        target.parent.mkdir(exist_ok=True)
        target.write_text(str(one.stat().st_size))
    if fails:
        raise ValueError("no beam today")
    return [str(one.relative_to(top.parent)) for one in found]


def leave(*, results, target="", kind="link"):
    """Leaves what may lead elsewhere."""
    out = Path(results)
    (out / "good.txt").write_text("good")
    match kind:
        case "link":
            (out / "link").symlink_to(target)
        case "folder":
            (out / "deep").symlink_to(target)
        case "itself":
            (out / "good.txt").unlink()
            out.rmdir()
            out.symlink_to(target)
        case "above":
            shutil.rmtree(out.parent)
            out.parent.symlink_to(target)
        case "pipe":
            os.mkfifo(out / "pipe")
        case "name":
            (out / "bad\nname").write_text("good")
        case "hidden":
            (out / ".vitrine-x").write_text("good")


def grow(*, results, files, size):
    for number in range(files):
        (Path(results) / f"{number:04}").write_bytes(bytes(size))


def linger(*, images, results, folder):
    """Leaves a file, says so, and goes on until a file lets it."""
    (Path(results) / "result.txt").write_text(str(len(list(Path(images).iterdir()))))
    return nap(folder=folder)


def eat():
    kept = []
    while True:
        kept.append(bytearray(1 << 20))
