"""What each facet counts, worked out one view at a time: the other half of the evaluator."""

from __future__ import annotations

import math
from collections import Counter
from functools import partial

from apps.search import dates
from apps.search.errors import QueryTooExpensive
from apps.search.types import (
    MAX_BUCKETS,
    AnyFacet,
    Bucket,
    DateHistogram,
    Distinct,
    FacetResult,
    Kind,
    Ranges,
    Scalar,
    Statistics,
    Terms,
    ViewDocument,
    Words,
)
from tests.search.matching import values

Views = list[ViewDocument]
COUNTED = (Kind.NUMBER, Kind.STRING, Kind.BOOLEAN)


def count(facet: AnyFacet, views: Views) -> FacetResult:
    missing = sum(facet.path not in view.paths for view in views) if facet.counts_missing else -1
    result = partial(FacetResult, name=facet.name, missing=missing)
    match facet:
        case Terms():
            buckets = _terms(facet, views)
            end = facet.offset + facet.size
            return result(buckets=tuple(buckets[facet.offset : end]), has_more=len(buckets) > end)
        case Words():
            counts = Counter(word for view in views for word in set(view.words) if word.startswith(facet.prefix))
            words = sorted(counts, key=lambda word: (-counts[word], word))
            return result(buckets=tuple(Bucket(word, counts[word]) for word in words[: facet.size]), missing=-1)
        case Ranges():
            return result(buckets=tuple(_range(facet, bounds, views) for bounds in facet.ranges))
        case DateHistogram():
            return result(buckets=_histogram(facet, views))
        case Statistics():
            return result(statistics=_statistics(facet, views))
        case Distinct():
            return result(
                statistics={"distinct": len({value for view in views for value in _marked(view, facet.path)})}
            )


Marked = tuple[int, Scalar]
"""A value behind the place of its kind, so that ``True`` and ``1`` are two, and kinds keep their order."""


def _marked(view: ViewDocument, path: str) -> set[Marked]:
    return {(place, value) for place, kind in enumerate(COUNTED) for value in values(view, path, kind)}


def _mark(value: Scalar) -> Marked:
    return (2, value) if isinstance(value, bool) else (1, value) if isinstance(value, str) else (0, float(value))


def _terms(facet: Terms, views: Views) -> list[Bucket]:
    counts = Counter(marked for view in views for marked in _marked(view, facet.path))
    excluded = {_mark(value) for value in facet.exclude}
    kept = [marked for marked in counts if marked not in excluded and _contains(marked[1], facet.contains)]

    def by_count(marked: Marked) -> tuple[int, Marked]:
        return -counts[marked], marked

    return [Bucket(marked[1], counts[marked]) for marked in sorted(kept, key=None if facet.by_value else by_count)]


def _contains(value: Scalar, part: str) -> bool:
    return part == "" or (isinstance(value, str) and part.lower() in value.lower())


def _range(facet: Ranges, bounds: tuple[float | None, float | None], views: Views) -> Bucket:
    start = -math.inf if bounds[0] is None else bounds[0]
    end = math.inf if bounds[1] is None else bounds[1]
    return Bucket(
        bounds, sum(any(start <= value < end for value in values(view, facet.path, facet.kind)) for view in views)
    )


def _histogram(facet: DateHistogram, views: Views) -> tuple[Bucket, ...]:
    low = -math.inf if facet.low is None else facet.low
    high = math.inf if facet.high is None else facet.high
    counts: Counter[int] = Counter()
    for view in views:
        instants = [instant for instant in values(view, facet.path, Kind.DATE) if low <= instant <= high]
        counts.update({dates.milliseconds(dates.floor(dates.moment(at), facet.interval)) for at in instants})
    if len(counts) > MAX_BUCKETS:
        raise QueryTooExpensive
    return tuple(Bucket(start, counts[start]) for start in sorted(counts))


def _statistics(facet: Statistics, views: Views) -> dict[str, float | None]:
    held = sorted(value for view in views for value in values(view, facet.path, facet.kind))
    return {
        "count": len(held),
        "documents": sum(bool(values(view, facet.path, facet.kind)) for view in views),
        "min": held[0] if held else None,
        "max": held[-1] if held else None,
        "sum": math.fsum(held) if held else None,
        "mean": math.fsum(held) / len(held) if held else None,
        **{f"p{percent:g}": _percentile(held, percent) for percent in facet.percents},
    }


def _percentile(held: list[float], percent: float) -> float | None:
    return held[round(percent / 100 * (len(held) - 1))] if held else None
