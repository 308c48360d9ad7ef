"""What the tests register as functions. Nothing of the portal is imported here."""

import os
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


def eat():
    kept = []
    while True:
        kept.append(bytearray(1 << 20))
