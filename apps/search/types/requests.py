"""A question as it comes in at a door, and how its answer shall be written."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from apps.search.types.query import Query


class FacetType(StrEnum):
    """What a caller asks a facet for; it says how the answer is written."""

    TERMS = "terms"
    WORDS = "words"
    RANGES = "ranges"
    NUMERIC_HISTOGRAM = "numeric_histogram"
    DATE_HISTOGRAM = "date_histogram"
    SUM = "sum"
    AVG = "avg"
    MIN = "min"
    MAX = "max"
    STATS = "stats"
    PERCENTILES = "percentiles"
    DISTINCT_COUNT = "distinct_count"


@dataclass(frozen=True, slots=True)
class FacetShape:
    """How the answer to a facet is written; ``Request.shapes`` has one for each of ``Query.facets``.

    ``assumed`` is the value that sum and avg take for a subject without one. ``edges`` are (from, to) of each bucket as
    they were asked for: the engine's own differ in the last digit, and of dates in the form.
    """

    type: FacetType
    shows_missing: bool = False
    assumed: float | None = None
    edges: tuple[tuple[str | float | None, str | float | None], ...] = ()

    @property
    def needs_missing(self) -> bool:
        """Whether the answer needs the number of subjects that lack the path."""
        return self.shows_missing or self.assumed is not None


@dataclass(frozen=True, slots=True)
class Request:
    """A question as it came in: the query, and what its answer shall hold.

    ``cursor`` is the opaque text with which an answer ended (a scroll's ``marker``); services turn it into
    ``Query.after``. ``principal_sets`` are names; services turn them into ``InSet`` clauses of the caller's principals.
    No ``fields``: contents come whole.
    """

    query: Query
    shapes: tuple[FacetShape, ...] = ()
    sees_all: bool = False
    principal_sets: tuple[str, ...] = ()
    fields: tuple[str, ...] = ()
    highlights: bool = False
    suggests: bool = False
    cursor: str = ""
    version: str = "2017-09-01"
