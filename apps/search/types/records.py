"""What leaves the app: records and pages of them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from apps.common import quick_json
from apps.search.types.query import FacetResult


@dataclass(frozen=True)
class VisibleEntry:
    """One entry of a subject that the caller sees. ``entry_id`` is "" for the null entry.

    ``content_text`` is JSON, read when somebody asks for ``content``: most answers pass it on as it is.
    ``visible_to`` is empty unless the caller may know it (a role on the index).
    """

    entry_id: str
    content_text: str
    matched_sets: tuple[str, ...] = ()
    visible_to: tuple[str, ...] = ()
    updated_at: str = ""

    @cached_property
    def content(self) -> dict[str, Any]:
        return quick_json.loads(self.content_text)  # type: ignore[no-any-return]  # ingest stored an object


@dataclass(frozen=True, slots=True)
class Highlight:
    """A piece of a string of the record, and where in it the words of the query stand: (begin, end) in characters."""

    path: str
    text: str
    marks: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Record:
    """A subject as one caller sees it: the null entry first, then by id."""

    subject: str
    entries: tuple[VisibleEntry, ...]
    score: float = 0.0
    highlights: tuple[Highlight, ...] = ()
    explanation: dict[str, object] | None = None


@dataclass(frozen=True, slots=True)
class Page:
    """``next_cursor`` is what asks for the page behind this one; None on the last."""

    total: int
    records: tuple[Record, ...]
    facets: tuple[FacetResult, ...] = ()
    has_next: bool = False
    next_cursor: str | None = None
    did_you_mean: str = ""
