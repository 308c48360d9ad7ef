"""From facets to aggregations, and from their answers to results. All facets travel in the one search request.

A facet needs several aggregations (one a kind, and counts beside them): its parts. Those of facet 3 are named ``3k``,
``3n`` and so on; a facet with filters of its own has them beneath one filter aggregation named ``3``.
"""

from __future__ import annotations

from collections.abc import Sequence

from apps.search.backends.opensearch import measures, spans, values
from apps.search.backends.opensearch.answers import MISSING, Answers
from apps.search.backends.opensearch.clauses import query_of
from apps.search.backends.opensearch.connection import Json
from apps.search.types import AnyFacet, DateHistogram, Distinct, FacetResult, Ranges, Statistics, Terms, Words


def asked(facets: Sequence[AnyFacet]) -> Json:
    """The aggregations of the facets."""
    aggregations: Json = {}
    for number, facet in enumerate(facets):
        parts = _parts(facet)
        if not isinstance(facet, Words):
            parts[MISSING] = {"filter": {"bool": {"must_not": [{"term": {"p": facet.path}}]}}}
        if facet.filters:
            narrowed = {"bool": {"filter": [query_of(clause) for clause in facet.filters]}}
            aggregations[f"{number}"] = {"filter": narrowed, "aggs": parts}
        else:
            aggregations.update({f"{number}{part}": aggregation for part, aggregation in parts.items()})
    return aggregations


def read(facets: Sequence[AnyFacet], aggregations: Json) -> tuple[FacetResult, ...]:
    """The facets' results, in order.

    Raises:
        QueryTooExpensive: a histogram has more than ``MAX_BUCKETS``.
    """
    return tuple(
        _read(facet, Answers(aggregations[f"{number}"], "") if facet.filters else Answers(aggregations, f"{number}"))
        for number, facet in enumerate(facets)
    )


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
