"""Peaks above the background around them: what tells a picture with diffraction from one without."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

FAR, NEAR = 7, 2
"""Half the widths of two squares: the background of a pixel is what lies between them."""
SIGMAS = 6.0
LEAST_COUNTS = 10
LEAST_PIXELS = 2
"""A single bright pixel is a cosmic ray."""
LEAST_AROUND = 60
MOST_COUNTS = 1 << 20
"""All above is as bright as this: squares stay numbers of 64 bits."""


def peaks_in(picture: NDArray[Any]) -> tuple[NDArray[Any], NDArray[Any], NDArray[np.float64]]:
    """The x, the y and the counts above the background of each. Pixels below 0 are those that do not count."""
    counts = np.asarray(picture, np.int64)
    is_good = counts >= 0
    clean = np.where(is_good, np.minimum(counts, MOST_COUNTS), 0)
    sums = [_summed(one) for one in (is_good.astype(np.int64), clean, clean * clean)]
    # Few pixels are worth the look at all that is around them.
    rows, columns = np.nonzero(clean > max(LEAST_COUNTS, float(clean.mean()) + 2 * LEAST_COUNTS**0.5))
    number, total, squares = (_ring(one, rows, columns, counts.shape) for one in sums)
    known = np.maximum(number, 1)
    mean = total / known
    spread = np.sqrt(np.maximum(squares / known - mean**2, np.maximum(mean, 1.0)))
    above = clean[rows, columns] - mean
    is_strong = (number >= LEAST_AROUND) & (above > SIGMAS * spread) & (above >= LEAST_COUNTS)
    return _summits(rows[is_strong], columns[is_strong], above[is_strong], counts.shape)


def _summed(values: NDArray[np.int64]) -> NDArray[np.int64]:
    """Of all that is above and to the left of each pixel."""
    sums = np.zeros((values.shape[0] + 1, values.shape[1] + 1), np.int64)
    np.cumsum(np.cumsum(values, axis=0), axis=1, out=sums[1:, 1:])
    return sums


def _ring(sums: NDArray[np.int64], rows: NDArray[Any], columns: NDArray[Any], shape: tuple[int, ...]) -> NDArray[Any]:
    far, near = (_square(sums, rows, columns, shape, half) for half in (FAR, NEAR))
    return np.asarray(far - near)


def _square(
    sums: NDArray[np.int64], rows: NDArray[Any], columns: NDArray[Any], shape: tuple[int, ...], half: int
) -> NDArray[Any]:
    top, bottom = np.maximum(rows - half, 0), np.minimum(rows + half + 1, shape[0])
    left, right = np.maximum(columns - half, 0), np.minimum(columns + half + 1, shape[1])
    return np.asarray(sums[bottom, right] - sums[top, right] - sums[bottom, left] + sums[top, left])


def _summits(
    rows: NDArray[Any], columns: NDArray[Any], above: NDArray[Any], shape: tuple[int, ...]
) -> tuple[NDArray[Any], NDArray[Any], NDArray[np.float64]]:
    """Those above all their neighbours, that are not alone. Of two that are alike the first counts."""
    field = np.zeros((shape[0] + 2, shape[1] + 2))
    field[rows + 1, columns + 1] = above
    is_summit, neighbours = np.ones(len(rows), bool), np.zeros(len(rows), np.int64)
    for down in (-1, 0, 1):
        for right in (-1, 0, 1):
            if (down, right) == (0, 0):
                continue
            beside = field[rows + 1 + down, columns + 1 + right]
            is_summit &= above > beside if (down, right) < (0, 0) else above >= beside
            neighbours += beside > 0
    found = is_summit & (neighbours >= LEAST_PIXELS - 1)
    return columns[found], rows[found], above[found].astype(np.float64)
