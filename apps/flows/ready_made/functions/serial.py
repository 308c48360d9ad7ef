"""Serial crystallography: is there diffraction in each image, how much in all, and what does the chip look like?"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import numpy as np

from apps.flows.ready_made.functions import drawing
from apps.flows.ready_made.functions.frames import Frame, frames_in
from apps.flows.ready_made.functions.peaks import peaks_in

HIT = 12
"""Peaks from which on an image is a hit."""
PLACE = re.compile(
    r"(?P<run_name>[^/]+)/(?P<protein>[^/]+)/(?P<letter>[^/]+)/(?P<chip>[^/]+?)_(?P<experiment>\d+)(?:_[^/]*)?/?$"
)
NUMBER = re.compile(r"(\d+)(?:\.\w+)?(?:#(\d+))?$")
BINS = 24
MOST_TROUBLES = 20


def quality(*, images: str, results: str, least_peaks: int = HIT) -> dict[str, Any]:
    """Look for peaks in each image; what was found goes to a file of these images' own, which a second call replaces.

    An image that cannot be read is told, and no reason to stop.
    """
    looked_at, troubles = [], []
    for file in sorted(Path(images).iterdir()):
        try:
            looked_at += [_looked_at(frame, least_peaks) for frame in frames_in(file)]
        except (ImportError, MemoryError):
            raise
        except Exception as error:  # Libraries meet what is broken in ways of their own.
            troubles.append({"image": file.name, "trouble": f"{error or type(error).__name__}"[:300]})
    told = {"images": looked_at, "troubles": troubles}
    names = sorted(file.name for file in Path(images).iterdir())
    if names:
        (Path(results) / f"{Path(names[0]).stem}.json").write_text(json.dumps(told))
    hits = sum(one["is_hit"] for one in looked_at)
    return {"images": len(looked_at), "hits": hits, "troubles": troubles[:MOST_TROUBLES]}


def _looked_at(frame: Frame, least_peaks: int) -> dict[str, Any]:
    x, y, _ = peaks_in(frame.picture)
    resolutions = frame.geometry.resolution(x, y)
    is_hit = len(x) >= least_peaks
    best = round(float(np.quantile(resolutions, 0.05)), 2) if is_hit and len(resolutions) else None
    return {"image": frame.name, "peaks": len(x), "is_hit": is_hit, "resolution": best}


def statistics(
    *,
    results: str,
    about: str,
    path: str = "",
    beamline_input: dict[str, Any] | None = None,
    user_input: dict[str, Any] | None = None,
) -> dict[str, Any]:
    """Add up all that was found so far, each image once; ``path`` tells of run, protein and chip.

    ``project_metadata`` is what the record of a dataset has under this name.
    """
    images, troubles = _found(Path(results))
    hits = [one for one in images if one["is_hit"]]
    numbers = [number for one in images if (number := _number(one["image"])) is not None]
    resolutions = [one["resolution"] for one in hits if one["resolution"]]
    batch = {
        "cbf_files": len(images),
        "cbf_file_range": {"from": min(numbers, default=0), "to": max(numbers, default=0)},
        "total_number_of_hits": len(hits),
        "hit_rate": round(100 * len(hits) / len(images), 2) if images else 0,
        "unreadable": len(troubles),
    }
    place = _place(path)
    more = {"beamline_input": beamline_input or {}, "user_input": user_input or {}}
    told = {
        "title": place.pop("title"),
        "project_metadata": {"project-slug": "ssx", **place, "batch_info": batch, **more},
        "peaks_histogram": _histogram([one["peaks"] for one in images]),
        "resolution": round(float(np.median(resolutions)), 2) if resolutions else None,
    }
    folder = Path(about)
    (folder / "statistics.json").write_text(json.dumps(told, indent=1))
    (folder / "hits.txt").write_text("".join(f"{one['image']}\n" for one in hits))
    return told


def pictures(*, results: str, about: str, steps: str = "") -> dict[str, Any]:
    """A map of the chip (``composite.png``), and how many peaks the images have (``histogram.png``)."""
    images, _ = _found(Path(results))
    numbers = [_number(one["image"]) for one in images]
    placed = [(at, one) for at, one in zip(numbers, images, strict=True) if at is not None and at < 1 << 24]
    size = max((at for at, _ in placed), default=0) + 1
    peaks, is_hit = np.full(size, -1), np.zeros(size, bool)
    for at, one in placed:
        peaks[at], is_hit[at] = one["peaks"], one["is_hit"]
    columns, rows = _steps(steps, size)
    folder = Path(about)
    (folder / "composite.png").write_bytes(drawing.hit_map(peaks, is_hit, (columns, rows)))
    (folder / "histogram.png").write_bytes(drawing.histogram(_histogram([one["peaks"] for one in images])["counts"]))
    return {"columns": columns, "rows": rows}


def _found(results: Path) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Of all files of results; an image that is in several counts as the last tells of it."""
    images: dict[str, dict[str, Any]] = {}
    troubles: dict[str, dict[str, Any]] = {}
    for file in sorted(results.glob("*.json")):
        told = json.loads(file.read_text())
        images |= {one["image"]: one for one in told["images"]}
        troubles |= {one["image"]: one for one in told["troubles"]}
    return [images[name] for name in sorted(images)], list(troubles.values())


def _number(image: str) -> int | None:
    """The image's number on its chip: the last in its name, or that of a picture in a file of many."""
    found = NUMBER.search(image)
    return int(found[2] or found[1]) if found else None


def _place(path: str) -> dict[str, Any]:
    """What the folder's path tells: ``…/S12/PDL1/B/Bounce_7_images/``."""
    found = PLACE.search(path)
    if found is None:
        return {"title": path.rstrip("/").rpartition("/")[2]}
    told: dict[str, Any] = found.groupdict()
    number = int(told.pop("experiment"))
    return told | {"experiment_number": number, "title": f"{told['chip']}_{number}_images"}


def _steps(told: str, size: int) -> tuple[int, int]:
    """``1000x100`` is columns and rows; without it the chip is as square as may be."""
    found = re.fullmatch(r"(\d{1,4})x(\d{1,4})", told)
    if found and int(found[1]) * int(found[2]) >= size:
        return int(found[1]), int(found[2])
    columns = int(np.ceil(np.sqrt(size)))
    return columns, -(-size // columns)


def _histogram(values: list[int]) -> dict[str, Any]:
    top = max(BINS, *values) if values else BINS
    counts, edges = np.histogram(values, bins=BINS, range=(0, top))
    return {"counts": [int(one) for one in counts], "edges": [round(float(one), 2) for one in edges]}
