"""Images as a detector would have written them, to try the pipeline with: made up, always the same for a seed."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from apps.flows.ready_made.functions import cbf, movies

SIDE = 256
PIXEL, DISTANCE, WAVELENGTH = 172e-6, 0.06, 0.9795
MASKED = -1
RINGS = 24 * np.sqrt([2, 3, 4, 5, 6, 8, 9, 10, 11, 12, 13, 14, 16, 17, 18, 19, 20, 21, 22, 24, 25])
"""How far from the beam the peaks of a cubic crystal lie, in pixels: many images together show rings."""
HEADER = """# Detector: PILATUS3 6M, S/N 60-0119, made up
# 2021-04-21T18:{minute:02}:{second:06.3f}
# Pixel_size 172e-6 m x 172e-6 m
# Silicon sensor, thickness 0.001000 m
# Exposure_time 0.0090000 s
# Exposure_period 0.0100000 s
# Count_cutoff 1009869 counts
# Threshold_setting: 6329 eV
# Wavelength 0.97950 A
# Detector_distance 0.06000 m
# Beam_xy ({beam:.2f}, {beam:.2f}) pixels
# Flux 5e+12
# Filter_transmission 1.0000
# Start_angle 0.0000 deg.
# Angle_increment 0.0000 deg."""


def image(number: int, *, is_hit: bool, peaks: int = 40) -> NDArray[np.int64]:
    """A background that falls off from the beam, a gap between two modules, and the peaks of a crystal in a hit."""
    random = np.random.default_rng(number)
    y, x = np.mgrid[:SIDE, :SIDE]
    radius = np.hypot(x - SIDE / 2, y - SIDE / 2)
    mean = 1 + 12 * np.exp(-((radius / 60) ** 2))
    for _ in range(peaks if is_hit else int(random.integers(0, 4))):
        angle, far = random.uniform(0, 2 * np.pi), random.choice(RINGS)
        at_x, at_y = SIDE / 2 + far * np.cos(angle), SIDE / 2 + far * np.sin(angle)
        mean = mean + random.uniform(80, 900) * np.exp(-((x - at_x) ** 2 + (y - at_y) ** 2) / 1.6)
    counts: NDArray[np.int64] = random.poisson(mean).astype(np.int64)
    counts[:, SIDE // 3 : SIDE // 3 + 7] = MASKED
    return counts


def write_images(folder: Path, stem: str, numbers: range, *, hit_every: int = 4) -> list[dict[str, Any]]:
    """``<stem>_<number>.cbf`` for each number; every so many is a hit."""
    folder.mkdir(parents=True, exist_ok=True)
    made = []
    for number in numbers:
        is_hit = number % hit_every == 0
        name = f"{stem}_{number}"
        (folder / f"{name}.cbf").write_bytes(image_file(name, number, is_hit=is_hit))
        made.append({"image": f"{name}.cbf", "is_hit": is_hit})
    return made


def image_file(name: str, number: int, *, is_hit: bool) -> bytes:
    """A whole CBF, 67 kB of it. Images of the same number are alike."""
    header = HEADER.format(minute=number // 6000 % 60, second=number % 6000 / 100, beam=SIDE / 2)
    return cbf.written(image(number, is_hit=is_hit), name, header)


def write_movies(folder: Path, stem: str, numbers: range, *, drift: float = 0.5, frames: int = 8) -> None:
    """``<stem>_<number>.mrc``: a sample that moves by ``drift`` pixels from frame to frame, with a pixel of 1.1 Å."""
    folder.mkdir(parents=True, exist_ok=True)
    for number in numbers:
        random = np.random.default_rng(number)
        sample = np.fft.rfft2(random.normal(0, 4, (SIDE, SIDE)))
        across = np.fft.rfftfreq(SIDE)[None, :]
        moved = [np.fft.irfft2(sample * np.exp(-2j * np.pi * across * drift * step)) for step in range(frames)]
        counts = np.stack([random.poisson(20, (SIDE, SIDE)) * 0.1 + 20 + one for one in moved])
        (folder / f"{stem}_{number:03}.mrc").write_bytes(movies.written(np.round(counts * 10).astype(np.int16), 1.1))
