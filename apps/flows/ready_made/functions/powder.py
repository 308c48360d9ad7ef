"""Powder patterns: of each pixel the brightest that any image with diffraction had, as a small picture.

Of a maximum it does not matter in which order images come, nor whether one comes twice. So batches are laid over each
other whenever they end; a sum could not be had so.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from apps.flows.ready_made.functions import drawing

SIDE = 256
LEVELS = 12
"""For each doubling of the counts: 255 of them reach to two million."""
Levels = NDArray[np.uint8]


def levels_of(picture: NDArray[Any]) -> Levels:
    """A picture with sides of at most ``SIDE``, on a logarithmic scale. Pixels below 0 do not count."""
    step = -(-max(picture.shape) // SIDE)
    rows, columns = (-(-size // step) for size in picture.shape)
    padded = np.zeros((rows * step, columns * step))
    padded[: picture.shape[0], : picture.shape[1]] = np.maximum(picture, 0)
    brightest = padded.reshape(rows, step, columns, step).max(axis=(1, 3))
    return np.asarray(np.minimum(np.round(LEVELS * np.log2(1 + brightest)), 255), np.uint8)


def laid_over(layers: Iterable[Levels]) -> Levels | None:
    """All of them; those that are not as large as the first are left out. None if there are none."""
    together: Levels | None = None
    for layer in layers:
        if together is None:
            together = layer.copy()
        elif layer.shape == together.shape:
            np.maximum(together, layer, out=together)
    return together


def write(file: Path, levels: Levels) -> None:
    np.savez_compressed(file, levels=levels)


def read(file: Path) -> Levels:
    with np.load(file, allow_pickle=False) as told:
        return np.asarray(told["levels"], np.uint8)


def drawn(levels: Levels | None) -> bytes:
    """As PNG: peaks are dark, and what most pixels have is white."""
    if levels is None:
        levels = np.zeros((SIDE, SIDE), np.uint8)
    low, high = float(np.median(levels)), float(levels.max())
    grey = 255 - np.clip(255 * (levels - low) / max(high - low, 1), 0, 255)
    return drawing.png(np.repeat(grey[:, :, None], 3, axis=2))
