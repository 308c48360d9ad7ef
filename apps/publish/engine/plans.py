"""A plan: what will happen when a submission is published."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from apps.flows.models import Flow
from apps.publish.models import Version
from apps.publish.types import Chosen, Fault, Identifiers, Part
from apps.search.models import Index
from apps.storage.models import Collection
from apps.storage.types import FilePath


@dataclass(frozen=True, slots=True)
class Copy:
    """A file or folder on its way to where it will stay. ``is_cut``: there is more than was counted."""

    source: Collection
    chosen: Chosen
    target: FilePath
    is_folder: bool
    files: int
    size: int
    is_cut: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """``faults`` keep it from being done; then the rest is as far as it could be worked out.

    ``readers`` may read the files from now on, ``later`` after the embargo, which lifts at ``opens_at``.
    ``identifier`` is the name that it will have; "" for none.
    """

    number: int
    name: str
    url: str
    subject: str
    index: Index | None
    collection: Collection | None
    folder: FilePath | None
    copies: tuple[Copy, ...]
    keeps_files_of: Version | None
    parts: tuple[Part, ...]
    readers: tuple[str, ...]
    later: tuple[str, ...]
    opens_at: datetime | None
    service: Identifiers
    identifier: str
    supersedes: Version | None
    flow: Flow | None
    faults: tuple[Fault, ...]

    @property
    def size(self) -> int:
        """In bytes."""
        return sum(copy.size for copy in self.copies)

    @property
    def file_count(self) -> int:
        return sum(copy.files for copy in self.copies)
