"""Cryo-EM: movies as MRC, of which the header is read here (1024 bytes, MRC2014), and how the sample moved in them."""

from __future__ import annotations

import json
import struct
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from apps.flows.ready_made.functions import drawing

HEADER = 1024
KINDS = {0: np.int8, 1: np.int16, 2: np.float32, 6: np.uint16, 12: np.float16}
"""Of pixels, by the mode that the header says. What stands for pairs of numbers is no movie."""
MOST_FRAMES = 200
SIDE = 1024
"""Pixels of the middle of a frame by which movement is measured."""


@dataclass(frozen=True, slots=True)
class Movie:
    """``pixel`` is the size of a pixel in Å, 0 if it is not known."""

    frames: NDArray[Any]
    pixel: float


def read(file: Path) -> Movie:
    """The frames stay on disk until they are looked at.

    Raises:
        ValueError: it is no movie, or is shorter than its header says.
    """
    with file.open("rb") as opened:
        header = opened.read(HEADER)
    if len(header) < HEADER or header[208:211] != b"MAP":
        raise ValueError("this is no MRC file")
    order = ">" if header[212:214] == b"\x11\x11" else "<"
    columns, rows, count, mode = struct.unpack(f"{order}4i", header[:16])
    (across,) = struct.unpack(f"{order}i", header[28:32])
    (width,) = struct.unpack(f"{order}f", header[40:44])
    (extra,) = struct.unpack(f"{order}i", header[92:96])
    if mode not in KINDS or min(columns, rows, count) < 1 or extra < 0:
        raise ValueError(f"frames of {columns} x {rows} in the mode {mode} are not read")
    kind = np.dtype(KINDS[mode]).newbyteorder("S" if (order == ">") == (sys.byteorder == "little") else "=")
    if HEADER + extra + columns * rows * count * kind.itemsize > file.stat().st_size:
        raise ValueError("the file is shorter than its header says")
    frames = np.memmap(file, kind, "r", HEADER + extra, (count, rows, columns))
    return Movie(frames, width / across if across > 0 and width > 0 else 0.0)


def written(frames: NDArray[np.int16], pixel: float) -> bytes:
    """A whole file, as a microscope writes it."""
    count, rows, columns = frames.shape
    header = bytearray(HEADER)
    struct.pack_into("<4i", header, 0, columns, rows, count, 1)
    struct.pack_into("<3i3f3f3i", header, 28, columns, rows, count, *(n * pixel for n in (columns, rows, count)),
                     90, 90, 90, 1, 2, 3)  # fmt: skip
    struct.pack_into("<3f", header, 76, float(frames.min()), float(frames.max()), float(frames.mean()))
    header[208:214] = b"MAP DD"
    struct.pack_into("<i", header, 108, 20140)
    struct.pack_into("<f", header, 216, float(frames.std()))
    return bytes(header) + frames.astype("<i2").tobytes()


def motion(*, movies: str, results: str) -> dict[str, Any]:
    """Measure each movie; what was found goes to a file for each. One that cannot be read is told."""
    good = 0
    troubles = []
    for file in sorted(Path(movies).iterdir()):
        try:
            told = _measured(read(file))
        except (ValueError, OSError) as error:
            troubles.append({"movie": file.name, "trouble": str(error)})
            continue
        (Path(results) / f"{file.name}.json").write_text(json.dumps({"movie": file.name, **told}))
        good += 1
    return {"movies": good, "troubles": troubles}


def _measured(movie: Movie) -> dict[str, Any]:
    """``steps`` is how far it moved from each frame to the next, in Å, or in pixels if nobody knows their size."""
    frames = movie.frames[:MOST_FRAMES]
    top, left = ((size - min(size, SIDE)) // 2 for size in frames.shape[1:])
    last, steps = None, []
    for frame in frames:
        seen = np.fft.rfft2(_evened(np.asarray(frame[top : top + SIDE, left : left + SIDE], np.float32)))
        if last is not None:
            steps.append(_shift(last, seen, (min(frame.shape[0], SIDE), min(frame.shape[1], SIDE))))
        last = seen
    scale = movie.pixel or 1.0
    lengths = [round(float(np.hypot(*step)) * scale, 3) for step in steps]
    return {
        "frames": len(frames),
        "pixel": round(movie.pixel, 4),
        "unit": "Å" if movie.pixel else "px",
        "steps": lengths,
        "total": round(sum(lengths), 3),
        "mean_counts": round(float(np.mean(frames[0])), 3),
    }


def _evened(frame: NDArray[np.float32]) -> NDArray[np.float32]:
    return np.asarray(frame - frame.mean(), np.float32)


def _shift(first: NDArray[Any], second: NDArray[Any], shape: tuple[int, int]) -> tuple[float, float]:
    """By how many pixels the second is moved: where both agree best, to a fraction of a pixel by a parabola."""
    cross = first.conj() * second
    agreement = np.fft.irfft2(cross / np.maximum(np.abs(cross), 1e-9), shape)
    row, column = np.unravel_index(int(agreement.argmax()), shape)
    return (
        _finer(agreement[:, column], int(row)),
        _finer(agreement[row], int(column)),
    )


def _finer(line: NDArray[Any], at: int) -> float:
    size = len(line)
    before, here, after = (float(line[(at + step) % size]) for step in (-1, 0, 1))
    bend = before - 2 * here + after
    fraction = (before - after) / (2 * bend) if bend else 0.0
    found = at + min(max(fraction, -0.5), 0.5)
    return found - size if found > size / 2 else found


def report(*, results: str, about: str, most_angstrom: float = 5.0) -> dict[str, Any]:
    """How many movies hardly moved; ``motion.png`` shows the mean movement from frame to frame."""
    told = [json.loads(file.read_text()) for file in sorted(Path(results).glob("*.json"))]
    totals = [one["total"] for one in told]
    lengths = max((len(one["steps"]) for one in told), default=0)
    steps = [float(np.mean([one["steps"][at] for one in told if at < len(one["steps"])])) for at in range(lengths)]
    summary = {
        "movies": len(told),
        "good": sum(total <= most_angstrom for total in totals),
        "mean_motion": round(float(np.mean(totals)), 2) if totals else 0,
        "worst_motion": max(totals, default=0),
        "unit": told[0]["unit"] if told else "Å",
        "steps": [round(step, 3) for step in steps],
    }
    folder = Path(about)
    (folder / "motion.json").write_text(json.dumps(summary | {"totals": {one["movie"]: one["total"] for one in told}}))
    (folder / "motion.png").write_bytes(drawing.curve(steps))
    return summary
