"""What was found in the images of a chip until now, by whichever batches they were looked at."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

NUMBER = re.compile(r"(\d+)(?:\.\w+)?(?:#(\d+))?$")
MOST_PLACES = 1 << 24
BINS = 24


@dataclass(frozen=True, slots=True)
class Found:
    """Each image once, in the order of their names; ``troubles`` are of those that no batch could read."""

    images: list[dict[str, Any]]
    troubles: list[dict[str, Any]]

    @property
    def hits(self) -> list[dict[str, Any]]:
        return [one for one in self.images if one["is_hit"]]

    @property
    def hit_rate(self) -> float:
        """In percent."""
        return round(100 * len(self.hits) / len(self.images), 2) if self.images else 0

    @property
    def seen(self) -> int:
        return len(self.images) + len(self.troubles)

    @property
    def resolution(self) -> float | None:
        """The median of the hits, in Å."""
        known = [one["resolution"] for one in self.hits if one["resolution"]]
        return round(float(np.median(known)), 2) if known else None

    @property
    def placed(self) -> list[tuple[int, dict[str, Any]]]:
        """By their numbers on the chip, where names tell them."""
        numbered = ((number_of(one["image"]), one) for one in self.images)
        return [(at, one) for at, one in numbered if at is not None and at < MOST_PLACES]


def found_in(results: Path) -> Found:
    """Of all files of results; an image that is in several counts as the last tells of it."""
    images: dict[str, dict[str, Any]] = {}
    troubles: dict[str, dict[str, Any]] = {}
    for file in sorted(results.glob("*.json")):
        told = json.loads(file.read_text())
        images |= {one["image"]: one for one in told["images"]}
        troubles |= {one["image"]: one for one in told["troubles"]}
    unread = [one for name, one in sorted(troubles.items()) if name not in images]
    return Found([images[name] for name in sorted(images)], unread)


def number_of(image: str) -> int | None:
    """The image's number on its chip: the last in its name, or that of a picture in a file of many."""
    found = NUMBER.search(image)
    return int(found[2] or found[1]) if found else None


def histogram(values: Sequence[int]) -> dict[str, Any]:
    top = max(BINS, *values) if values else BINS
    counts, edges = np.histogram(values, bins=BINS, range=(0, top))
    return {"counts": [int(one) for one in counts], "edges": [round(float(one), 2) for one in edges]}
