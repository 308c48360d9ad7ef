"""From facets to aggregations and counts, and from their answers to results.

A facet needs several aggregations (one a kind, and more): its parts. Those of facet 3 are named ``3k``, ``3n`` and so
on; where it has filters of its own, they lie beneath a filter aggregation named ``3``. All are in the one search.
How many subjects lack the path, or have a value, is counted by searches beside it, which travel in the same request:
a count walks posting lists, at a fifth of the cost of a filter aggregation, which looks at every matching document.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from apps.search.backends.opensearch import measures, spans, values
from apps.search.backends.opensearch.answers import DOCUMENTS, MISSING, Answers
from apps.search.backends.opensearch.clauses import query_of
from apps.search.backends.opensearch.connection import Json
from apps.search.types import AnyFacet, DateHistogram, Distinct, FacetResult, Ranges, Statistics, Terms, Words


def aggregations(facets: Sequence[AnyFacet]) -> Json:
    """The aggregations of the facets."""
    asked: Json = {}
    for number, facet in enumerate(facets):
        parts = {f"{number}{part}": aggregation for part, aggregation in _parts(facet).items()}
        if facet.filters and parts:
            parts = {f"{number}": {"filter": {"bool": {"filter": _filters(facet)}}, "aggs": parts}}
        asked.update(parts)
    return asked


def counts(facets: Sequence[AnyFacet]) -> dict[str, Json]:
    """What is counted beside the aggregations, by name."""
    asked: dict[str, Json] = {}
    for number, facet in enumerate(facets):
        if facet.counts_missing and not isinstance(facet, Words):
            missing = {"must_not": [{"term": {"p": facet.path}}]}
            asked[f"{number}{MISSING}"] = {"bool": {"filter": _filters(facet), **missing}}
        if isinstance(facet, Statistics | Distinct):
            asked[f"{number}{DOCUMENTS}"] = {"bool": {"filter": [*_filters(facet), measures.has_value(facet)]}}
    return asked


def read(facets: Sequence[AnyFacet], aggregations: Json, counts: Mapping[str, int]) -> tuple[FacetResult, ...]:
    """The facets' results, in order.

    Raises:
        QueryTooExpensive: a histogram has more than ``MAX_BUCKETS``.
    """
    return tuple(
        _read(facet, Answers(number, aggregations.get(f"{number}", aggregations), counts))
        for number, facet in enumerate(facets)
    )


def _filters(facet: AnyFacet) -> list[Json]:
    return [query_of(clause) for clause in facet.filters]


def _parts(facet: AnyFacet) -> Json:
    match facet:
        case Terms():
            return values.terms(facet)
        case Words():
            return values.words(facet)
        case Ranges():
            return spans.ranges(facet)
        case DateHistogram():
            return spans.intervals(facet)
        case Statistics():
            return measures.statistics(facet)
        case Distinct():
            return measures.distinct(facet)


def _read(facet: AnyFacet, answers: Answers) -> FacetResult:
    match facet:
        case Terms():
            return values.read_terms(facet, answers)
        case Words():
            return values.read_words(facet, answers)
        case Ranges():
            return spans.read_ranges(facet, answers)
        case DateHistogram():
            return spans.read_intervals(facet, answers)
        case Statistics():
            return measures.read_statistics(facet, answers)
        case Distinct():
            return measures.read_distinct(facet, answers)
