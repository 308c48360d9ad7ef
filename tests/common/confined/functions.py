"""What the tests run in processes of their own. Nothing of the portal is imported here."""

import os
import time
from pathlib import Path


def add(first, second, *, times=1):
    print("this goes to the other output")
    return (first + second) * times


def hang():
    time.sleep(600)


def eat():
    kept = []
    while True:
        kept.append(bytearray(1 << 20))


def spin():
    while True:
        pass


def no_json():
    return {1, 2}


def refuse(what):
    raise ValueError(f"no {what} here")


def print_and_refuse():
    print("step 1\nstep 2", end="")
    raise ValueError


def open_a_file(path):
    return Path(path).read_text()


def write(count):
    Path("made.bin").write_bytes(bytes(count))
    return str(Path.cwd())


def ends(source, count):
    """The first bytes of a file, the last, and how large it is."""
    first = source.read(count)
    source.seek(-count, os.SEEK_END)
    return [first.decode(), source.read().decode(), source.seek(0, os.SEEK_END)]


def read_everything(source):
    return sum(len(piece) for piece in iter(lambda: source.read(70_001), b""))
