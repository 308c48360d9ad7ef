"""Pictures as PNG (RFC 2083), with what Python brings."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

PAPER, BAR, GRID = (255, 255, 255), (49, 104, 142), (222, 226, 230)
NOT_SEEN, NO_HIT = (255, 255, 255), (201, 206, 214)
HITS = ((49, 104, 142), (33, 145, 140), (53, 183, 121), (143, 215, 68), (253, 231, 37))
"""Ever more peaks, in colours whose brightness grows with them."""
LEAST_SIDE = 256
BAR_WIDTH, HEIGHT, EDGE = 12, 160, 8


def png(pixels: NDArray[Any]) -> bytes:
    """``pixels`` are rows of columns of red, green and blue."""
    height, width, _ = pixels.shape
    lines = np.zeros((height, 1 + 3 * width), np.uint8)
    lines[:, 1:] = pixels.astype(np.uint8).reshape(height, -1)
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    parts = ((b"IHDR", header), (b"IDAT", zlib.compress(lines.tobytes(), 6)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(kind, data) for kind, data in parts)


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def hit_map(peaks: NDArray[Any], is_hit: NDArray[Any], steps: tuple[int, int]) -> bytes:
    """A square for each place of the chip, in the order in which they were measured: row by row.

    ``peaks`` are below 0 where nothing was measured yet. ``steps`` are the columns and rows of the chip.
    """
    columns, rows = steps
    colours = np.full((columns * rows, 3), NOT_SEEN, np.uint8)
    count = min(len(peaks), columns * rows)
    peaks, is_hit = peaks[:count], is_hit[:count]
    colours[:count][peaks >= 0] = NO_HIT
    if is_hit.any():
        levels = np.digitize(peaks, np.quantile(peaks[is_hit], (0.2, 0.4, 0.6, 0.8)))
        colours[:count][is_hit] = np.asarray(HITS, np.uint8)[levels[is_hit]]
    scale = max(1, -(-LEAST_SIDE // max(columns, rows)))
    return png(colours.reshape(rows, columns, 3).repeat(scale, axis=0).repeat(scale, axis=1))


def histogram(counts: Sequence[int]) -> bytes:
    """A bar for each, on lines at the quarters of the highest."""
    width = max(len(counts), 1) * BAR_WIDTH
    pixels = np.full((HEIGHT + 2 * EDGE, width + 2 * EDGE, 3), PAPER, np.uint8)
    for quarter in range(5):
        pixels[EDGE + quarter * HEIGHT // 4, EDGE : EDGE + width] = GRID
    for number, count in enumerate(counts):
        height = count * HEIGHT // max(1, *counts)
        left = EDGE + number * BAR_WIDTH
        pixels[EDGE + HEIGHT - height : EDGE + HEIGHT, left + 1 : left + BAR_WIDTH - 1] = BAR
    return png(pixels)


def curve(values: Sequence[float], width: int = 400) -> bytes:
    """Values along a line, from 0 to the highest."""
    pixels = np.full((HEIGHT + 2 * EDGE, width + 2 * EDGE, 3), PAPER, np.uint8)
    for quarter in range(5):
        pixels[EDGE + quarter * HEIGHT // 4, EDGE : EDGE + width] = GRID
    if values:
        heights = np.interp(np.linspace(0, len(values) - 1, width), np.arange(len(values)), values)
        rows = EDGE + HEIGHT - 1 - np.round(heights / (max(values) or 1) * (HEIGHT - 1)).astype(int)
        for column in range(width):
            last = rows[max(column - 1, 0)]
            top, bottom = sorted((rows[column], last))
            pixels[top : bottom + 2, EDGE + column] = BAR
    return png(pixels)
