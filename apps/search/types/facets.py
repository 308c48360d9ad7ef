"""What is counted beside the hits."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from apps.search.types.audience import Kind, Scalar
from apps.search.types.clauses import Clause

MAX_BUCKETS = 10_000
"""Of one facet, so that both engines refuse alike."""


class Interval(StrEnum):
    YEAR = "year"
    QUARTER = "quarter"
    MONTH = "month"
    WEEK = "week"
    DAY = "day"
    HOUR = "hour"
    MINUTE = "minute"
    SECOND = "second"


@dataclass(frozen=True, slots=True, kw_only=True)
class Facet:
    """Common to all facets. A facet counts subjects, each once a bucket, over text, ``Query.filters`` and ``filters``.

    ``kinds`` are those that the catalogue has seen at the path; services fill them in before a backend is asked, where
    values of all kinds are counted. Without ``counts_missing`` nobody will look at ``FacetResult.missing``, which is
    then -1: it costs.
    """

    name: str
    path: str
    filters: tuple[Clause, ...] = ()
    kinds: frozenset[Kind] = frozenset()
    counts_missing: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms(Facet):
    """One bucket a value: strings, numbers and booleans of the path together, by count descending, then by value
    (numbers, then strings by code point, then booleans); or by value alone with ``by_value``.

    ``contains`` keeps string values that hold it, ignoring case; ``exclude`` leaves values out;
    ``offset`` and ``size`` page through the buckets.
    """

    size: int = 10
    offset: int = 0
    by_value: bool = False
    contains: str = ""
    exclude: tuple[Scalar, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Words(Facet):
    """One bucket a word (folded) of the all-text field that begins with ``prefix``; ``path`` is not used."""

    prefix: str
    size: int = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Ranges(Facet):
    """One bucket a range of numbers or instants, from included, to excluded, ``None`` open; ranges may overlap."""

    ranges: tuple[tuple[float | None, float | None], ...]
    kind: Kind = Kind.NUMBER


@dataclass(frozen=True, slots=True, kw_only=True)
class DateHistogram(Facet):
    """One bucket a calendar interval (UTC; weeks begin on Monday) that holds at least one subject, in order of time.

    ``low`` and ``high`` (included) bound what is counted. More than ``MAX_BUCKETS`` of them, however far apart, is
    ``QueryTooExpensive``.
    """

    interval: Interval
    low: int | None = None
    high: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Statistics(Facet):
    """Count, min, max, sum and mean of the path's values of ``kind`` (each value counts), and percentiles if asked."""

    kind: Kind = Kind.NUMBER
    percents: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Distinct(Facet):
    """About how many different values (strings, numbers and booleans) the path has."""


AnyFacet = Terms | Words | Ranges | DateHistogram | Statistics | Distinct
