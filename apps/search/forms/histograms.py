"""Facets whose buckets are ranges: calendar intervals, equal parts of a line, and ranges that the caller names."""

from __future__ import annotations

import math
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from apps.search import dates
from apps.search.forms.reading import Fields, Value
from apps.search.types import (
    MAX_BUCKETS,
    AnyFacet,
    Clause,
    DateHistogram,
    FacetShape,
    FacetType,
    Interval,
    Kind,
    Ranges,
)

Read = tuple[AnyFacet, FacetShape]
Edge = str | float | None

MAX_EDGE = 1e300
"""Of a numeric histogram; sums of larger numbers are no numbers any more."""


@dataclass(frozen=True, slots=True)
class Common:
    """What all facets have."""

    name: str
    path: str
    filters: tuple[Clause, ...]


def date_histogram(asked: Fields, common: Common, kind: FacetType) -> Read:
    interval = asked["date_interval"].required().choice([each.value for each in Interval], Interval.DAY)
    low, high = _date_bounds(asked["histogram_range"])
    facet = DateHistogram(
        name=common.name, path=common.path, filters=common.filters, interval=Interval(interval), low=low, high=high
    )
    return facet, FacetShape(kind)


def _date_bounds(value: Value) -> tuple[int | None, int | None]:
    if not value.is_given:
        return None, None
    asked = value.fields()
    low, high = _span(asked["low"]), _span(asked["high"])
    asked.refuse_others()
    if low and high and low[0] > high[1]:
        value.wrong("high must not lie before low")
    return low[0] if low else None, high[1] if high else None


def _span(value: Value) -> tuple[int, int] | None:
    text = value.text("*")
    span = dates.span(text)
    if span is None and text != "*":
        value.wrong('must be a date such as 2021-04-30, or "*"')
    return span


def numeric_histogram(asked: Fields, common: Common, kind: FacetType) -> Read:
    """Equal buckets over [low, high]; a bucket's upper edge belongs to the next one, that of the last to itself."""
    size = asked["size"].required().whole(1, MAX_BUCKETS, 1)
    span = asked["histogram_range"].required().fields()
    low, high = (span[end].required().number(-MAX_EDGE, MAX_EDGE) for end in ("low", "high"))
    span.refuse_others()
    edges = _edges(low, high, size) if low is not None and high is not None else []
    if low is not None and high is not None and any(not a < b for a, b in pairwise([*edges, math.inf])):
        asked["histogram_range"].wrong("high must be above low, by enough for so many buckets")
    shown = tuple(pairwise(edges))
    asked_of_engine = (*shown[:-1], (shown[-1][0], math.nextafter(shown[-1][1], math.inf))) if shown else ()
    facet = Ranges(name=common.name, path=common.path, filters=common.filters, ranges=asked_of_engine)
    return facet, FacetShape(kind, edges=shown)


def _edges(low: float, high: float, size: int) -> list[float]:
    """In decimals, so that a third of 0.3 is 0.1, as people write it, and no 0.09999999999999999."""
    first, last = Decimal(str(low)), Decimal(str(high))
    return [float((first * (size - i) + last * i) / size) for i in range(size + 1)]


def ranges(asked: Fields, common: Common, kind: FacetType) -> Read:
    """Of numbers or of dates; ``to`` is not in its range, so that ranges that meet share nothing."""
    pairs = [_range(each) for each in asked["ranges"].required().items(MAX_BUCKETS, least=1)]
    edges = [edge for pair in pairs for edge in pair if edge is not None]
    is_dates = any(isinstance(edge, str) for edge in edges)
    if is_dates and any(not isinstance(edge, str) for edge in edges):
        asked["ranges"].wrong("must all be of numbers or all be of dates")
        is_dates, pairs = False, []
    facet = Ranges(
        name=common.name,
        path=common.path,
        filters=common.filters,
        ranges=tuple((_instant(low), _instant(high)) for low, high in pairs),
        kind=Kind.DATE if is_dates else Kind.NUMBER,
    )
    return facet, FacetShape(kind, edges=tuple(pairs))


def _range(value: Value) -> tuple[Edge, Edge]:
    asked = value.required().fields()
    low, high = _edge(asked["from"]), _edge(asked["to"])
    asked.refuse_others()
    start, end = _instant(low), _instant(high)
    if isinstance(low, str) is isinstance(high, str) and start is not None and end is not None and start >= end:
        value.wrong('"to" must lie after "from"')
    return low, high


def _edge(value: Value) -> Edge:
    if not value.is_given or value.raw == "*":
        return None
    edge = value.scalar()
    if isinstance(edge, bool) or (isinstance(edge, str) and not dates.span(edge)):
        value.wrong('must be a number, a date such as 2021-04-30, or "*"')
        return None
    return edge


def _instant(edge: Edge) -> float | None:
    span = dates.span(edge) if isinstance(edge, str) else None
    return span[0] if span else edge if not isinstance(edge, str) else None
