"""Pictures of detectors, from CBF, HDF5 and TIFF, with what their headers say of where the beam was."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from apps.flows.ready_made.functions import cbf

NUMBER = r"([-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?)"
MOST_FRAMES = 10_000


@dataclass(frozen=True, slots=True)
class Geometry:
    """``distance`` and ``pixel`` are in metres, ``wavelength`` in Å, ``beam`` in pixels (x, y). 0 is not known."""

    wavelength: float = 0.0
    distance: float = 0.0
    pixel: float = 0.0
    beam: tuple[float, float] = (0.0, 0.0)

    def resolution(self, x: NDArray[Any], y: NDArray[Any]) -> NDArray[np.float64]:
        """In Å, at these pixels; nothing where the header does not say enough."""
        if not (self.wavelength and self.distance and self.pixel):
            return np.empty(0)
        radius = np.hypot(x - self.beam[0], y - self.beam[1]) * self.pixel
        sine = np.sin(np.arctan2(radius, self.distance) / 2)
        return np.asarray(self.wavelength / (2 * np.maximum(sine, 1e-6)), np.float64)


@dataclass(frozen=True, slots=True)
class Frame:
    name: str
    picture: NDArray[Any]
    geometry: Geometry


def frames_in(file: Path) -> Iterator[Frame]:
    """The pictures in a file; a HDF5 file has many, which are named by their numbers.

    Raises:
        ValueError: it cannot be read. ImportError: the library for its kind is not installed; it is said which.
    """
    match file.suffix.lower():
        case ".cbf":
            picture, words = cbf.read(file.read_bytes())
            yield Frame(file.name, picture, _geometry(words))
        case ".h5" | ".hdf5" | ".nxs":
            yield from _of_hdf5(file)
        case ".tif" | ".tiff":
            yield Frame(file.name, _of_tiff(file), Geometry())
        case kind:
            raise ValueError(f"files of the kind {kind or 'without an ending'} are not read")


def _geometry(words: str) -> Geometry:
    def said(pattern: str) -> tuple[float, ...]:
        found = re.search(pattern, words)
        return tuple(float(one) for one in found.groups()) if found else (0.0, 0.0)

    return Geometry(
        wavelength=said(rf"Wavelength\s+{NUMBER}")[0],
        distance=said(rf"Detector_distance\s+{NUMBER}")[0],
        pixel=said(rf"Pixel_size\s+{NUMBER}")[0],
        beam=said(rf"Beam_xy\s+\(\s*{NUMBER},\s*{NUMBER}\s*\)")[:2],  # type: ignore[arg-type]  # two groups
    )


def _of_hdf5(file: Path) -> Iterator[Frame]:
    try:
        import h5py
    except ImportError as error:
        raise ImportError("HDF5 is read with h5py. Install it: pip install 'vitrine[hdf5]'") from error
    with h5py.File(file, "r") as opened:
        data = next(
            (opened[path] for path in ("entry/data/data", "entry/instrument/detector/data", "data") if path in opened),
            None,
        )
        if not isinstance(data, h5py.Dataset) or data.ndim not in (2, 3):
            raise ValueError("no pictures are where NeXus has them (entry/data/data)")
        pictures = data if data.ndim == 3 else data[()][None]
        for number in range(min(len(pictures), MOST_FRAMES)):
            yield Frame(f"{file.name}#{number}", np.asarray(pictures[number]).astype(np.int64), Geometry())


def _of_tiff(file: Path) -> NDArray[Any]:
    try:
        from PIL import Image
    except ImportError as error:
        raise ImportError("TIFF is read with Pillow. Install it: pip install 'vitrine[describe]'") from error
    with Image.open(file) as image:
        return np.asarray(image).astype(np.int64)
