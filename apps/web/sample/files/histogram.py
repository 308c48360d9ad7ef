"""How the axes of the unit cell are spread over the images that were indexed."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

from apps.web.sample.files import png
from apps.web.sample.files.dataset import Dataset

BINS, HIGHEST = 24, 180
BAR = 4
"""Bytes: each is two pixels."""
GAP = 12
WIDTH = 2 * (3 * BINS * BAR + 2 * GAP)
COLOURS = ("ffffff", "31688e", "35b779", "d4a017", "8a8f98")
FLOOR = 4
MOST = 300
"""Images that are looked at; more would not change the picture."""


def picture(dataset: Dataset) -> bytes:
    """Three histograms beside each other, of a, b and c, each on a line of its own."""
    random = dataset.random("cells")
    drawn = [_bars(min(dataset.indexed, MOST), random) for _ in dataset.cell[:3]]
    floor = bytes([17 * FLOOR]) * (WIDTH // 2)
    return png.written(WIDTH, [*_lines(drawn), (floor, 2)], COLOURS)


def _bars(images: int, random: Random) -> list[int]:
    """How high each bar is, of lengths about their mean."""
    counts = [0] * BINS
    for _ in range(images):
        counts[min(max(int(random.gauss(0.5, 0.14) * BINS), 0), BINS - 1)] += 1
    highest = max(max(counts), 1)
    return [count * HIGHEST // highest for count in counts]


def _lines(drawn: list[list[int]]) -> Iterator[tuple[bytes, int]]:
    """From the top down; those between two heights of bars are all alike."""
    above = HIGHEST + 4
    for height in sorted({0, *(height for bars in drawn for height in bars)}, reverse=True):
        if above > height:
            yield _line(drawn, above), above - height
        above = height


def _line(drawn: list[list[int]], above: int) -> bytes:
    """With the colour of each bar that reaches as high."""
    parts = (
        b"".join(bytes([17 * colour if height >= above else 0]) * BAR for height in bars)
        for colour, bars in enumerate(drawn, start=1)
    )
    return bytes(GAP).join(parts)
