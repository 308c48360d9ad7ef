"""Values of triggers: what one waits for, and when enough of it has come."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, ClassVar
from uuid import UUID

from apps.storage.types import FilePath

SETTLE_S, EVERY_S = 5, 30
FOLDER = "folder"
"""A name by which files may be grouped, whatever their pattern: the folder that they are in."""


@dataclass(frozen=True, slots=True)
class Batch:
    """How many files start one run.

    Files are grouped by what their paths say of ``group_by``: names that the pattern catches, or ``FOLDER``. A group
    starts a run whenever ``count`` of its files have settled. Where that is None, when its marker is there. What is
    left starts one too when nothing new came to the group for ``quiet_s`` seconds, if there is such a time.
    """

    count: int | None = 1
    group_by: tuple[str, ...] = ()
    quiet_s: int | None = None


@dataclass(frozen=True, slots=True)
class Files:
    """New files below a folder.

    ``pattern`` is a glob of paths below the folder (``chip_{chip}/*.cbf``), or with ``is_regex`` a regular expression.
    A file has settled when it is as it was ``settle_s`` seconds before and nobody has it open for writing, as far as
    its storage can tell. ``marker`` is the glob of a file that says that others are whole: with ``{name}`` in it, the
    one of this name; without, all of its group. Those that are smaller or larger than told are ignored; those that
    were changed less than ``least_age_s`` seconds ago wait. ``every_s``: so often it is listed where the storage does
    not tell what changes.

    ``is_taken_again``: a file that is changed after it was taken counts as a new one. ``takes_old``: those that were
    there before the trigger was begun count, too.
    """

    collection_id: UUID
    path: FilePath = field(default_factory=FilePath)
    pattern: str = "*"
    is_regex: bool = False
    is_recursive: bool = True
    least_bytes: int = 0
    most_bytes: int | None = None
    least_age_s: int = 0
    settle_s: int = SETTLE_S
    every_s: int = EVERY_S
    marker: str = ""
    batch: Batch = field(default_factory=Batch)
    is_taken_again: bool = False
    takes_old: bool = False
    is_described: bool = False

    @property
    def marks_single_files(self) -> bool:
        return "{name}" in self.marker


@dataclass(frozen=True, slots=True)
class Webhook:
    """A request to the trigger's own address, signed with the secret that it shares with whoever sends it."""


@dataclass(frozen=True, slots=True)
class Message:
    """A message of its owner's, by API."""


@dataclass(frozen=True, slots=True)
class RunEnd:
    """The end of a run that the owner may see: of one flow, or of any; with these outcomes."""

    flow_id: UUID | None = None
    statuses: tuple[str, ...] = ("SUCCEEDED",)


@dataclass(frozen=True, slots=True)
class Records:
    """A standing search: records that are new in what it finds for the owner, or were changed there.

    ``query`` is what stands after the ``?`` of a search page. At most ``most_together`` of them start one run.
    """

    MOST: ClassVar[int] = 100

    index: str
    query: str = ""
    most_together: int = MOST


Watched = Files | Webhook | Message | RunEnd | Records


@dataclass(frozen=True, slots=True)
class Happening:
    """What happened, as templates see it. ``key`` is the same if it is told twice."""

    key: str
    facts: dict[str, Any]
