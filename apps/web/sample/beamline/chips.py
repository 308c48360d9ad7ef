"""The chips of a session, named as the field names them: ``S20/PDL1/B/Bounce_7_00511.cbf`` is an image of one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from math import exp
from pathlib import Path
from random import Random

from apps.web.sample import ssx

SESSION = "S20"
LETTERS = "ABCD"
BEST, WIDTH, LEAST = 0.5, 0.24, 0.03
"""The hit rate where a chip has most crystals, how far these spread along it, and what is hit anywhere."""


@dataclass(frozen=True, slots=True)
class Chip:
    """``places`` are measured row by row, an image each; most crystals lie about ``middle``, which is from 0 to 1."""

    protein: str
    letter: str
    name: str
    experiment: int
    places: int
    middle: float

    @property
    def folder(self) -> str:
        return f"{SESSION}/{self.protein}/{self.letter}"

    @property
    def stem(self) -> str:
        return f"{self.name}_{self.experiment}"

    def image_name(self, number: int) -> str:
        return f"{self.stem}_{number:05}"

    def hit_rate(self, number: int) -> float:
        """Of the places about this one, from 0 to 1: crystals are pipetted onto a chip, and never evenly."""
        far = (number / self.places - self.middle) / WIDTH
        return LEAST + BEST * exp(-(far**2))


def mounted(root: Path, count: int, *, places: int, seed: int) -> Iterator[Chip]:
    """So many chips, the same for a seed; each is a new experiment, whatever was measured below ``root`` before."""
    random = Random(seed)  # noqa: S311 - not a secret
    for _ in range(count):
        protein = random.choices(ssx.PROTEINS, ssx.SHARES)[0].name.replace("/", "-")
        letter, name, middle = random.choice(LETTERS), random.choice(ssx.CHIPS), random.uniform(0.3, 0.7)
        experiment = _next_experiment(root / SESSION / protein / letter, name)
        yield Chip(protein, letter, name, experiment, places, middle)


def _next_experiment(folder: Path, name: str) -> int:
    found = (re.fullmatch(rf"{name}_(\d+)_\d+\.cbf", file.name) for file in folder.glob(f"{name}_*.cbf"))
    return 1 + max((int(one[1]) for one in found if one), default=0)
