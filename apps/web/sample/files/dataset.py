"""A made-up run as its files tell of it, read from its record."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from random import Random
from typing import Any

from apps.search.types import EntryDraft
from apps.web.sample import ssx


@dataclass(frozen=True, slots=True)
class Dataset:
    """``folder`` is where its files are in the collection, as keys of it are written: without ``/`` at the ends.

    ``hit_rate`` is in percent, ``cell`` in Å and degrees.
    """

    folder: str
    title: str
    project: dict[str, Any]
    images: int
    indexed: int
    hit_rate: float
    cell: tuple[float, ...]
    at: datetime

    @property
    def chip(self) -> str:
        return str(self.project["chip"])

    @property
    def number(self) -> int:
        return int(self.project["experiment_number"])

    def random(self, what: str) -> Random:
        """Chance that is the same each time, for each thing that is drawn from the dataset."""
        return Random(f"{what} {self.folder}")  # noqa: S311 - not a secret

    def image(self, number: int) -> str:
        """Where the detector wrote one of the images."""
        return str(self.project["trigger_name"]).replace(f"_{self.images}.cbf", f"_{number:05}.cbf")


def read(draft: EntryDraft) -> Dataset:
    content: dict[str, Any] = draft.content
    project = content["project_metadata"]
    batch = project["batch_info"]
    images, indexed = batch["cbf_files"], batch["total_number_of_int_files"]
    return Dataset(
        folder=draft.subject.removeprefix(f"globus://{ssx.COLLECTION}/").removesuffix("/"),
        title=content["dc"]["titles"][0]["title"],
        project=project,
        images=images,
        indexed=indexed,
        hit_rate=100 * indexed / images,
        cell=tuple(map(float, project["user_input"]["unit_cell"].split(","))),
        at=datetime.fromisoformat(content["dc"]["dates"][0]["date"]),
    )
