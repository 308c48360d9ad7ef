"""What a record tells while its chip is measured, in the shape that its page draws (``deploy/README.md``, Boards)."""

from __future__ import annotations

from typing import Any

import numpy as np

from apps.flows.ready_made.functions.found import BINS, Found

MOST_BARS = 40
PICTURES = [{"label": "Hit map", "file": "composite.png"}, {"label": "Powder pattern", "file": "powder.png"}]


def board(found: Found, *, places: int, enough_hits: int) -> dict[str, Any]:
    """``places`` of a chip and ``enough_hits`` are 0 where nobody said."""
    hits = len(found.hits)
    told: dict[str, Any] = {
        "is_over": 0 < places <= found.seen,
        "counts": [
            {"label": "Images", "value": len(found.images)} | ({"of": places} if places else {}),
            {"label": "With diffraction", "value": hits},
            {"label": "Hit rate", "value": found.hit_rate, "unit": "%"},
        ],
        "charts": [_along(found, places), _peaks(found)],
        "pictures": PICTURES,
    }
    if found.resolution:
        told["counts"].append({"label": "Median resolution", "value": found.resolution, "unit": "Å"})
    if found.troubles:
        told["counts"].append({"label": "Unreadable", "value": len(found.troubles)})
    if enough_hits:
        told["goal"] = {"label": "images with diffraction", "value": hits, "enough": enough_hits}
    return told


def _along(found: Found, places: int) -> dict[str, Any]:
    """The hit rate of each stretch of the chip; of one that nobody looked at yet there is none."""
    placed = found.placed
    size = max(places, 1 + max((number for number, _ in placed), default=0))
    stretch = _round_up(size / MOST_BARS)
    seen, hit = np.zeros((2, -(-size // stretch)), int)
    for number, one in placed:
        seen[number // stretch] += 1
        hit[number // stretch] += one["is_hit"]
    bars = [
        {
            "label": _span(at * stretch, min((at + 1) * stretch, size) - 1),
            "tick": str(at * stretch),
            "value": round(100 * int(hit[at]) / int(seen[at]), 1) if seen[at] else None,
        }
        for at in range(len(seen))
    ]
    return {"label": "Hit rate along the chip", "axis": "Images", "unit": "%", "bars": bars}


def _peaks(found: Found) -> dict[str, Any]:
    """How many images have so many peaks."""
    peaks = [one["peaks"] for one in found.images]
    width = _round_up((1 + max(peaks, default=0)) / BINS)
    counts = np.bincount([number // width for number in peaks], minlength=1)
    bars = [
        {"label": _span(at * width, (at + 1) * width - 1), "tick": str(at * width), "value": int(count)}
        for at, count in enumerate(counts)
    ]
    return {"label": "Peaks of the images", "axis": "Peaks", "bars": bars}


def _span(first: int, last: int) -> str:
    return str(first) if first == last else f"{first} to {last}"


def _round_up(number: float) -> int:
    """To 1, 2 or 5 times a power of ten."""
    power = 1
    while True:
        for digit in (1, 2, 5):
            if digit * power >= number:
                return digit * power
        power *= 10
