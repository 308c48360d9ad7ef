"""Facets of numbers and instants: ranges, calendar intervals, statistics."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from tantivy import Query as Engine

from apps.search import dates
from apps.search.backends.tantivy.asking import Asking, Rule, columns, exists, has_values, missing
from apps.search.backends.tantivy.bounds import double
from apps.search.backends.tantivy.stores import Reader
from apps.search.errors import QueryTooExpensive
from apps.search.paths import field
from apps.search.types import (
    MAX_BUCKETS,
    Bucket,
    DateHistogram,
    Distinct,
    FacetResult,
    Interval,
    Kind,
    Ranges,
    Statistics,
)

Span = tuple[float | None, float | None]

_DAY_MS = 86_400_000
_FIXED_MS = {
    Interval.WEEK: 7 * _DAY_MS,
    Interval.DAY: _DAY_MS,
    Interval.HOUR: 3_600_000,
    Interval.MINUTE: 60_000,
    Interval.SECOND: 1_000,
}
_STATISTICS = {"count": "count", "min": "min", "max": "max", "sum": "sum", "mean": "avg"}
_MONDAY_MS = 4 * _DAY_MS  # 1970-01-05
_CELL_MS = 28 * _DAY_MS  # It touches two months at most.
_FEW_CELLS = 600  # 46 years


def ranges(facet: Ranges) -> Asking:
    """The engine takes no overlapping ranges: those that overlap are asked for apart."""
    column = _column(facet.path, facet.kind)
    spans = {number: span for number, asked in enumerate(facet.ranges) if (span := _span(asked, facet.kind))}
    layers = list(_layers(spans))
    request = {f"layer {number}": _range_rule(column, layer) for number, layer in enumerate(layers)}
    answers = yield request | exists(facet)
    counts = {int(key): count for name in request for key, count in _counts(answers.counted[name]).items()}
    buckets = tuple(Bucket(asked, counts.get(number, 0)) for number, asked in enumerate(facet.ranges))
    return FacetResult(facet.name, buckets, missing=missing(answers))


def date_histogram(facet: DateHistogram, reader: Reader) -> Asking:
    if facet.interval in _FIXED_MS:
        return (yield from _fixed(facet))
    return (yield from _calendar(facet, reader))


def statistics(facet: Statistics) -> Asking:
    column = _column(facet.path, facet.kind)
    request: dict[str, Rule] = {"stats": {"stats": {"field": column}}, "documents": has_values({"": column})}
    if facet.percents:
        request["percents"] = {"percentiles": {"field": column, "percents": list(facet.percents), "keyed": False}}
    answers = yield request | exists(facet)
    stats = answers.counted["stats"]
    found: dict[str, float | None] = {name: stats[name] for name in ("count", "min", "max", "sum")} | {
        "mean": stats["avg"]
    }
    if not stats["count"]:
        found["sum"] = None
    found["documents"] = answers.counted["documents"]["doc_count"]
    for percent, one in zip(facet.percents, answers.counted.get("percents", {"values": ()})["values"], strict=True):
        found[f"p{percent:g}"] = None if one["value"] is None or math.isnan(one["value"]) else one["value"]
    return FacetResult(facet.name, missing=missing(answers), statistics=found)


def distinct(facet: Distinct) -> Asking:
    names = columns(facet, frozenset({Kind.STRING, Kind.NUMBER, Kind.BOOLEAN}))
    request: dict[str, Rule] = {letter: {"cardinality": {"field": name}} for letter, name in names.items()}
    if names:
        request["documents"] = has_values(names)
    answers = yield request | exists(facet)
    found: dict[str, float | None] = {"distinct": sum(answers.counted[letter]["value"] for letter in names)}
    found["documents"] = answers.counted["documents"]["doc_count"] if names else 0
    return FacetResult(facet.name, missing=missing(answers), statistics=found)


def _fixed(facet: DateHistogram) -> Asking:
    offset_ms = _MONDAY_MS if facet.interval is Interval.WEEK else 0
    rule = _cells(_column(facet.path, Kind.DATE), _FIXED_MS[facet.interval], *_window(facet), offset_ms)
    answers = yield {"intervals": rule} | exists(facet)
    found = answers.counted["intervals"]["buckets"]
    _refuse_too_many(facet, len(found))
    buckets = tuple(Bucket(int(bucket["key"]), bucket["doc_count"]) for bucket in found if bucket["doc_count"])
    return FacetResult(facet.name, buckets, missing=missing(answers))


def _calendar(facet: DateHistogram, reader: Reader) -> Asking:
    """Months and what is made of them differ in length, so each is asked for as a range, where there may be any."""
    column, (low, high) = _column(facet.path, Kind.DATE), _window(facet)
    key = ("spans", column, facet.interval, low, high)
    spans = reader.kept.get(key, lambda: _spans_of_all(reader, column, facet.interval, low, high))
    if spans is None:
        cells = yield {"cells": _cells(column, _CELL_MS, low, high)}
        spans = _spans(cells.counted["cells"], facet.interval, low, high)
    answers = yield ({"intervals": _range_rule(column, spans)} if spans else {}) | exists(facet)
    counts = _counts(answers.counted["intervals"]) if spans else {}
    buckets = tuple(Bucket(start, count) for start in spans if (count := counts.get(str(start), 0)))
    _refuse_too_many(facet, len(buckets))
    return FacetResult(facet.name, buckets, missing=missing(answers))


def _spans_of_all(reader: Reader, column: str, interval: Interval, low: int, high: int) -> dict[int, Span] | None:
    """The intervals in which any subject of the store has a value; None where its values lie far apart."""
    extent = reader.searcher.aggregate(Engine.all_query(), {"stats": {"stats": {"field": column}}})["stats"]
    if not extent["count"] or low > extent["max"] or high < extent["min"]:
        return {}
    first, last = max(low, int(extent["min"])), min(high, int(extent["max"]))
    if last - first > _FEW_CELLS * _CELL_MS:
        return None
    found = reader.searcher.aggregate(Engine.all_query(), {"cells": _cells(column, _CELL_MS, first, last)})
    return _spans(found["cells"], interval, low, high)


def _spans(cells: dict[str, Any], interval: Interval, low: int, high: int) -> dict[int, Span]:
    """The intervals that cells of the engine touch, in order, by where each begins; those at the ends are cut."""
    edges = (edge for cell in cells["buckets"] for edge in (int(cell["key"]), int(cell["key"]) + _CELL_MS - 1))
    starts = sorted({dates.floor(dates.moment(min(max(edge, low), high)), interval) for edge in edges})
    begun = ((dates.milliseconds(start), _following(start, interval)) for start in starts)
    return {start: (max(start, low), min(stop, high + 1)) for start, stop in begun}


def _following(start: datetime, interval: Interval) -> int:
    try:
        return dates.milliseconds(dates.following(start, interval))
    except (ValueError, OverflowError):  # The calendar ends with the year 9999.
        return dates.LAST_MS + 1


def _cells(column: str, interval_ms: int, low: int, high: int, offset_ms: int = 0) -> Rule:
    """Cells of one length, in order, those alone that hold something: it matters not how far apart they are."""
    bounds = {"min": low, "max": high}
    rule = {"field": column, "interval": interval_ms, "offset": offset_ms, "min_doc_count": 1, "hard_bounds": bounds}
    return {"histogram": rule}


def _refuse_too_many(facet: DateHistogram, buckets: int) -> None:
    if buckets > MAX_BUCKETS:
        raise QueryTooExpensive(
            f"Facet {facet.name!r} would have more than {MAX_BUCKETS} intervals of a {facet.interval}."
            " Choose a longer interval, or narrower bounds.",
            place=f"facets.{facet.name}",
        )


def _window(facet: DateHistogram) -> tuple[int, int]:
    low = dates.FIRST_MS if facet.low is None else max(facet.low, dates.FIRST_MS)
    return low, dates.LAST_MS if facet.high is None else min(facet.high, dates.LAST_MS)


def _column(path: str, kind: Kind) -> str:
    return f"{'d' if kind is Kind.DATE else 'n'}.{field(path)}"


def _span(asked: Span, kind: Kind) -> Span | None:
    """The range as the engine takes it; None if nothing can be in it."""
    low = -math.inf if asked[0] is None else double(asked[0])
    high = math.inf if asked[1] is None else double(asked[1])
    if not low < high or low == math.inf:
        return None
    if kind is Kind.DATE:  # Instants are whole, and the engine would cut the fraction of a bound off.
        low, high = (float(math.ceil(bound)) if math.isfinite(bound) else bound for bound in (low, high))
        if low >= high:
            return None
    return (None if low == -math.inf else low, None if high == math.inf else high)


def _layers(spans: dict[int, Span]) -> Iterator[dict[int, Span]]:
    """The ranges in as few sets as a simple look needs, so that none in a set overlap."""
    left = sorted(spans.items(), key=lambda item: -math.inf if item[1][0] is None else item[1][0])
    while left:
        layer: dict[int, Span] = {}
        rest: list[tuple[int, Span]] = []
        end = -math.inf
        for number, (low, high) in left:
            if (low is None and not layer) or (low is not None and low >= end):
                layer[number] = (low, high)
                end = math.inf if high is None else high
            else:
                rest.append((number, (low, high)))
        yield layer
        left = rest


def _range_rule(column: str, spans: dict[int, Span]) -> Rule:
    asked: Sequence[dict[str, Any]] = [
        {"key": str(key)} | {name: bound for name, bound in (("from", low), ("to", high)) if bound is not None}
        for key, (low, high) in spans.items()
    ]
    return {"range": {"field": column, "ranges": asked}}


def _counts(answer: dict[str, Any]) -> dict[str, int]:
    """By key; the engine adds ranges for what lies between, whose names are no numbers."""
    return {bucket["key"]: bucket["doc_count"] for bucket in answer["buckets"] if bucket["key"].lstrip("-").isdecimal()}
