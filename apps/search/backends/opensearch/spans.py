"""Facets whose buckets are spans: ranges and calendar intervals."""

from __future__ import annotations

import math
from collections.abc import Sequence

from apps.search.backends.opensearch import histograms
from apps.search.backends.opensearch.answers import Answers
from apps.search.backends.opensearch.clauses import double
from apps.search.backends.opensearch.connection import Json
from apps.search.backends.opensearch.schema import field
from apps.search.errors import QueryTooExpensive
from apps.search.types import MAX_BUCKETS, Bucket, DateHistogram, FacetResult, Kind, Ranges


def ranges(facet: Ranges) -> Json:
    """One aggregation for all ranges that can hold anything; the engine refuses to be asked for none."""
    asked = []
    for number, (low, high) in enumerate(facet.ranges):
        start = -math.inf if low is None else double(low)
        end = math.inf if high is None else double(high)
        if start < end:
            bounds = {"from": start, "to": end}
            finite = {side: bound for side, bound in bounds.items() if math.isfinite(bound)}
            asked.append({"key": str(number), **finite})
    return {"r": _ranges(field(facet.kind, facet.path), asked)} if asked else {}


def read_ranges(facet: Ranges, answers: Answers) -> FacetResult:
    counts = answers["r"]["buckets"] if "r" in answers else {}
    buckets = [
        Bucket(span, counts[str(number)]["doc_count"] if str(number) in counts else 0)
        for number, span in enumerate(facet.ranges)
    ]
    return FacetResult(facet.name, tuple(buckets), answers.missing)


def intervals(facet: DateHistogram) -> Json:
    plan, name = histograms.plan(facet), field(Kind.DATE, facet.path)
    parts: Json = {}
    if plan.low < plan.high:
        bounds = {"min": plan.low}
        if plan.high < histograms.END:  # Which is no week's beginning, and the engine rounds bounds down.
            bounds["max"] = plan.high
        asked: Json = {"field": name, "calendar_interval": facet.interval.value, "hard_bounds": bounds}
        parts["whole"] = {"date_histogram": {**asked, "min_doc_count": 1}}
    if plan.cuts:
        cuts = [{"key": str(cut.start), "from": cut.low, "to": cut.high} for cut in plan.cuts]
        parts["cut"] = _ranges(name, cuts)
    return parts


def read_intervals(facet: DateHistogram, answers: Answers) -> FacetResult:
    """Intervals in order of time.

    Raises:
        QueryTooExpensive: there are more than ``MAX_BUCKETS``.
    """
    whole = answers["whole"]["buckets"] if "whole" in answers else []
    cut = answers["cut"]["buckets"] if "cut" in answers else {}
    counts = {found["key"]: found["doc_count"] for found in whole}
    counts.update({int(start): found["doc_count"] for start, found in cut.items() if found["doc_count"]})
    if len(counts) > MAX_BUCKETS:
        raise too_many_intervals([facet])
    buckets = tuple(Bucket(start, counts[start]) for start in sorted(counts))
    return FacetResult(facet.name, buckets, answers.missing)


def too_many_intervals(facets: Sequence[DateHistogram]) -> QueryTooExpensive:
    names = ", ".join(repr(facet.name) for facet in facets)
    return QueryTooExpensive(
        f"More than {MAX_BUCKETS} intervals in the facet {names}. Take longer intervals, or narrower bounds.",
        place="facets",
    )


def _ranges(name: str, asked: list[Json]) -> Json:
    return {"range": {"field": name, "keyed": True, "ranges": asked}}
