"""Writes the images of a chip as a detector does: several at once, each of which grows piece by piece."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable
from pathlib import Path
from random import Random
from typing import Protocol

from apps.web.sample.beamline.chips import Chip

PIECES = 4
"""So many images grow at once: at 20 a second each takes a fifth of a second, which is long enough to be met half."""


class Draw(Protocol):
    """Makes up the whole file of an image, the same for a number."""

    def __call__(self, name: str, number: int, *, is_hit: bool) -> bytes: ...


class Pace:
    """Lets so many through in a second. What was missed is not caught up with: detectors drop images instead."""

    def __init__(self, rate: float) -> None:
        self._pause_s = 1 / rate
        self._due = time.monotonic()

    def wait(self) -> None:
        now = time.monotonic()
        self._due = max(self._due + self._pause_s, now)
        time.sleep(self._due - now)


class Growing:
    """A file under its own name from its first bytes on."""

    def __init__(self, path: Path, data: bytes) -> None:
        step = -(-len(data) // PIECES)
        self._left = deque(data[at : at + step] for at in range(0, len(data), step))
        self._file = path.open("xb", buffering=0)

    def grow(self) -> bool:
        """Whether it is whole now."""
        self._file.write(self._left.popleft())
        if not self._left:
            self._file.close()
        return not self._left

    def finish(self) -> None:
        while not self.grow():
            pass


def expose(chip: Chip, root: Path, *, draw: Draw, seed: int, wait: Callable[[], object]) -> int:
    """Measure the chip; how many images have diffraction. Whenever ``wait`` is over, the next image is begun.

    Whatever ``wait`` raises ends it; the images that were begun are whole then.
    """
    folder = root / chip.folder
    folder.mkdir(parents=True, exist_ok=True)
    random = Random(f"{seed} {chip.folder} {chip.stem}")  # noqa: S311 - not a secret
    growing: deque[Growing] = deque()
    hits = 0
    try:
        for number in range(chip.places):
            is_hit = random.random() < chip.hit_rate(number)
            hits += is_hit
            name = chip.image_name(number)
            growing.append(Growing(folder / f"{name}.cbf", draw(name, random.getrandbits(32), is_hit=is_hit)))
            wait()
            growing = deque(one for one in growing if not one.grow())
    finally:
        for one in growing:
            one.finish()
    return hits
