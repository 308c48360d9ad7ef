"""Which wells of a chip had crystals that diffracted: the picture that people look at first."""

from __future__ import annotations

from functools import lru_cache
from random import Random

from apps.web.sample.files import png
from apps.web.sample.files.dataset import Dataset

BLOCKS = WELLS = 8
"""A chip has eight by eight blocks, each of eight by eight wells."""
ACROSS = BLOCKS * WELLS
PIXELS, GAP = 4, 4
WIDTH = ACROSS * PIXELS + (BLOCKS - 1) * GAP
COLOURS = ("ffffff", "c9ced6", "31688e", "21918c", "35b779", "8fd744", "fde725")
"""The gap between two blocks, a well without a hit, and wells with ever more lattices."""
TWO_PIXELS = bytes(17 * colour for colour in range(len(COLOURS))).ljust(256, b"\0")
LATTICES = (0.45, 0.7, 0.85, 0.95, 1.0)
"""Of the wells with a hit, the share of those with at most one, two, … lattices."""


def wells(dataset: Dataset) -> list[bytes]:
    """A line for each row of wells, a byte for each well: 1 without a hit, 2 with one lattice, and so on to 6."""
    random = dataset.random("wells")
    blocks = [
        random.randbytes(WELLS * WELLS).translate(_table(_rate(dataset.hit_rate, block, random)))
        for block in range(BLOCKS * BLOCKS)
    ]
    return [
        b"".join([block[at : at + WELLS] for block in blocks[first : first + BLOCKS]])
        for first in range(0, len(blocks), BLOCKS)
        for at in range(0, WELLS * WELLS, WELLS)
    ]


def picture(dataset: Dataset) -> bytes:
    gap = (bytes(WIDTH // 2), GAP)
    lines: list[tuple[bytes, int]] = []
    for row, line in enumerate(wells(dataset)):
        lines += [gap] * (row > 0 and row % WELLS == 0)
        lines.append((_pixels(line), PIXELS))
    return png.written(WIDTH, lines, COLOURS)


def _pixels(line: bytes) -> bytes:
    """Each well as wide as it is shown: a byte is two pixels, and a well two bytes."""
    wide = bytearray(2 * len(line))
    wide[::2] = wide[1::2] = line.translate(TWO_PIXELS)
    step = 2 * WELLS
    return bytes(GAP // 2).join([wide[at : at + step] for at in range(0, len(wide), step)])


def _rate(hit_rate: float, block: int, random: Random) -> int:
    """Of one block, in percent: crystals are pipetted onto the middle, and never evenly."""
    row, column = divmod(block, BLOCKS)
    middle = (BLOCKS - 1) / 2
    distance = ((row - middle) ** 2 + (column - middle) ** 2) / (2 * middle**2)
    return round(min(100, hit_rate * (1.5 - distance) * random.uniform(0.6, 1.4)))


@lru_cache(maxsize=101)
def _table(percent: int) -> bytes:
    """What each random byte becomes in a block of this hit rate."""
    hits = round(2.56 * percent)
    return bytes(2 + sum(byte >= share * hits for share in LATTICES) if byte < hits else 1 for byte in range(256))
