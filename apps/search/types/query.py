"""One question to an engine, and its answer."""

from __future__ import annotations

from dataclasses import dataclass, field

from apps.search.types.audience import Kind, Scalar
from apps.search.types.clauses import Clause, Everything
from apps.search.types.facets import AnyFacet

_ALL = Everything()


@dataclass(frozen=True, slots=True)
class Sort:
    """By the path's values: numbers, then dates, strings and booleans, then subjects without any; ties by subject.

    Of several kinds the first counts alone; of its values the least when ascending, the greatest when descending.
    Kinds keep their order both ways.
    """

    path: str
    is_descending: bool = True
    kinds: frozenset[Kind] = frozenset()


@dataclass(frozen=True, slots=True)
class Boost:
    """Where the text's words stand in this path, the score grows by ``factor``."""

    path: str
    factor: float


@dataclass(frozen=True, slots=True)
class Query:
    """One question.

    ``text`` is scored, ``filters`` are not; both narrow hits and facets. ``post_filters`` narrow hits and total alone.
    Without ``sort`` the best match comes first (``by_subject``: subjects in code-point order); ties go by subject.
    ``words`` are the plain words of the text, for boosts, highlights and did-you-mean.
    ``after`` is a hit's ``cursor``: the page begins behind it, and ``offset`` is not used. No wall.
    """

    text: Clause = _ALL
    words: tuple[str, ...] = ()
    filters: tuple[Clause, ...] = ()
    post_filters: tuple[Clause, ...] = ()
    facets: tuple[AnyFacet, ...] = ()
    boosts: tuple[Boost, ...] = ()
    sort: tuple[Sort, ...] = ()
    by_subject: bool = False
    offset: int = 0
    limit: int = 10
    after: Cursor | None = None
    counts_total: bool = True
    explains: bool = False


Cursor = tuple[str | float | int | bool | None, ...]
"""Where a page ended, to a backend that made it: plain values that survive JSON. To all others it is opaque."""


@dataclass(frozen=True, slots=True)
class Hit:
    subject: str
    score: float
    cursor: Cursor
    explanation: dict[str, object] | None = None


@dataclass(frozen=True, slots=True)
class Bucket:
    """``value`` of a terms bucket; ``(from, to)`` of a range; the instant at which an interval begins."""

    value: Scalar | tuple[float | None, float | None]
    count: int


@dataclass(frozen=True, slots=True)
class FacetResult:
    """Buckets in order. ``missing`` counts the subjects in which ``Exists(path)`` does not hold (``-1``: not asked, for
    facets without a path). ``has_more`` says that terms buckets lie beyond the page.

    ``statistics`` has ``count min max sum mean`` (None where there is no value), percentiles under ``p<percent>``
    (``p50``, ``p99.9``), and ``distinct`` for ``Distinct``; ``documents`` in it is how many subjects have a value.
    """

    name: str
    buckets: tuple[Bucket, ...] = ()
    missing: int = -1
    has_more: bool = False
    statistics: dict[str, float | None] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Results:
    """``total`` subjects match (``-1`` when it was not asked for); ``facets`` are in the order of the query."""

    total: int
    hits: tuple[Hit, ...]
    facets: tuple[FacetResult, ...] = ()
