"""Serial crystallography: is there diffraction in each image, how much in all, and what does the chip look like?"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from apps.flows.ready_made.functions import drawing, powder
from apps.flows.ready_made.functions.board import board
from apps.flows.ready_made.functions.found import Found, found_in, histogram, number_of
from apps.flows.ready_made.functions.frames import Frame, frames_in
from apps.flows.ready_made.functions.peaks import peaks_in

HIT = 12
"""Peaks from which on an image is a hit."""
PLACE = re.compile(
    r"(?P<run_name>[^/]+)/(?P<protein>[^/]+)/(?P<letter>[^/]+)/(?P<chip>[^/]+?)_(?P<experiment>\d+)(?:_[^/]*)?/?$"
)
STEPS = re.compile(r"(\d{1,4})x(\d{1,4})")
MOST_TROUBLES = 20


def quality(*, images: str, results: str, least_peaks: int = HIT) -> dict[str, Any]:
    """Look for peaks in each image; what was found goes to files of these images' own, which a second call replaces.

    An image that cannot be read is told, and no reason to stop.
    """
    files = sorted(Path(images).iterdir())
    looked_at: list[dict[str, Any]] = []
    troubles: list[dict[str, Any]] = []
    pattern: powder.Levels | None = None
    for file in files:
        try:
            for frame in frames_in(file):
                looked_at.append(_looked_at(frame, least_peaks))
                if looked_at[-1]["is_hit"]:
                    layer = powder.levels_of(frame.picture)
                    pattern = layer if pattern is None else powder.laid_over((pattern, layer))
        except (ImportError, MemoryError):
            raise
        except Exception as error:  # Libraries meet what is broken in ways of their own.
            troubles.append({"image": file.name, "trouble": f"{error or type(error).__name__}"[:300]})
    if files:
        name = _name_of([file.name for file in files])
        (Path(results) / f"{name}.json").write_text(json.dumps({"images": looked_at, "troubles": troubles}))
        if pattern is not None:
            powder.write(Path(results) / f"{name}.npz", pattern)
    hits = sum(one["is_hit"] for one in looked_at)
    return {"images": len(looked_at), "hits": hits, "troubles": troubles[:MOST_TROUBLES]}


def _name_of(names: Sequence[str]) -> str:
    """The same for the same images, and another for any others, were they only fewer."""
    told = hashlib.sha256("\n".join(names).encode()).hexdigest()[:12]
    return f"{Path(names[0]).stem}-{told}"


def _looked_at(frame: Frame, least_peaks: int) -> dict[str, Any]:
    x, y, _ = peaks_in(frame.picture)
    resolutions = frame.geometry.resolution(x, y)
    is_hit = len(x) >= least_peaks
    best = round(float(np.quantile(resolutions, 0.05)), 2) if is_hit and len(resolutions) else None
    return {"image": frame.name, "peaks": len(x), "is_hit": is_hit, "resolution": best}


def statistics(
    *,
    results: str,
    about: str = "",
    path: str = "",
    steps: str = "",
    enough_hits: int = 0,
    beamline_input: dict[str, Any] | None = None,
    user_input: dict[str, Any] | None = None,
) -> dict[str, Any]:
    """Add up all that was found so far, each image once; ``path`` tells of run, protein and chip.

    ``project_metadata`` and ``board`` are what the record of a dataset has under these names. Without ``about`` nothing
    is written.
    """
    found = found_in(Path(results))
    place = _place(path)
    more = {"beamline_input": beamline_input or {}, "user_input": user_input or {}}
    told = {
        "title": place.pop("title"),
        "project_metadata": {"project-slug": "ssx", **place, "batch_info": _batch(found, enough_hits), **more},
        "board": board(found, places=_places(steps), enough_hits=enough_hits),
        "peaks_histogram": histogram([one["peaks"] for one in found.images]),
        "resolution": found.resolution,
    }
    if about:
        (Path(about) / "statistics.json").write_text(json.dumps(told, indent=1))
        (Path(about) / "hits.txt").write_text("".join(f"{one['image']}\n" for one in found.hits))
    return told


def _batch(found: Found, enough_hits: int) -> dict[str, Any]:
    numbers = [number for one in found.images if (number := number_of(one["image"])) is not None]
    hits = len(found.hits)
    enough = {"enough_hits": enough_hits, "has_enough": hits >= enough_hits} if enough_hits else {}
    return {
        "cbf_files": len(found.images),
        "cbf_file_range": {"from": min(numbers, default=0), "to": max(numbers, default=0)},
        "total_number_of_hits": hits,
        "hit_rate": found.hit_rate,
        "unreadable": len(found.troubles),
        **enough,
    }


def pictures(*, results: str, about: str, steps: str = "") -> dict[str, Any]:
    """A map of the chip (``composite.png``), what all hits show together (``powder.png``), and how many peaks the
    images have (``histogram.png``)."""
    found = found_in(Path(results))
    size = max((at for at, _ in found.placed), default=0) + 1
    peaks, is_hit = np.full(size, -1), np.zeros(size, bool)
    for at, one in found.placed:
        peaks[at], is_hit[at] = one["peaks"], one["is_hit"]
    columns, rows = _steps(steps, size)
    folder = Path(about)
    (folder / "composite.png").write_bytes(drawing.hit_map(peaks, is_hit, (columns, rows)))
    layers = (powder.read(file) for file in sorted(Path(results).glob("*.npz")))
    (folder / "powder.png").write_bytes(powder.drawn(powder.laid_over(layers)))
    counts = histogram([one["peaks"] for one in found.images])["counts"]
    (folder / "histogram.png").write_bytes(drawing.histogram(counts))
    return {"columns": columns, "rows": rows}


def _place(path: str) -> dict[str, Any]:
    """What the folder's path tells: ``…/S12/PDL1/B/Bounce_7_images/``."""
    found = PLACE.search(path)
    if found is None:
        return {"title": path.rstrip("/").rpartition("/")[2]}
    told: dict[str, Any] = found.groupdict()
    number = int(told.pop("experiment"))
    return told | {"experiment_number": number, "title": f"{told['chip']}_{number}_images"}


def _places(steps: str) -> int:
    """How many a chip has; 0 if nobody said."""
    found = STEPS.fullmatch(steps)
    return int(found[1]) * int(found[2]) if found else 0


def _steps(told: str, size: int) -> tuple[int, int]:
    """``1000x100`` is columns and rows; without it the chip is as square as may be."""
    found = STEPS.fullmatch(told)
    if found and int(found[1]) * int(found[2]) >= size:
        return int(found[1]), int(found[2])
    columns = int(np.ceil(np.sqrt(size)))
    return columns, -(-size // columns)
