"""Facets of one set of filters, counted together.

Each facet is a generator that yields what it wants to be counted, is sent the counts, and returns its result. So all of
them are answered by one call of the engine, and those few that must look again by one more.
"""

from __future__ import annotations

from collections.abc import Sequence

from apps.search.backends.tantivy import histograms, terms
from apps.search.backends.tantivy.asking import Answers, Asking, Request
from apps.search.backends.tantivy.clauses import Compiled
from apps.search.backends.tantivy.stores import Reader
from apps.search.types import AnyFacet, DateHistogram, Distinct, FacetResult, Ranges, Statistics, Terms, Words


def count(reader: Reader, query: Compiled, facets: Sequence[AnyFacet]) -> tuple[int, list[FacetResult]]:
    """How many subjects match, and the facets over them."""
    asking = [_asking(reader, query, facet) for facet in facets]
    requests = {number: next(one) for number, one in enumerate(asking)}
    results: dict[int, FacetResult] = {}
    total = -1
    while requests:
        rules = {f"{number} {name}": rule for number, request in requests.items() for name, rule in request.items()}
        answers = reader.searcher.aggregate(query, rules | {"total": {"value_count": {"field": "s"}}})
        total = int(answers["total"]["value"])
        again: dict[int, Request] = {}
        for number, request in requests.items():
            mine = Answers(total, {name: answers[f"{number} {name}"] for name in request})
            try:
                again[number] = asking[number].send(mine)
            except StopIteration as end:
                results[number] = end.value
        requests = again
    return total, [results[number] for number in range(len(facets))]


def _asking(reader: Reader, query: Compiled, facet: AnyFacet) -> Asking:
    match facet:
        case Terms():
            return terms.terms(facet)
        case Words():
            return terms.words(facet, reader, query)
        case Ranges():
            return histograms.ranges(facet)
        case DateHistogram():
            return histograms.date_histogram(facet)
        case Statistics():
            return histograms.statistics(facet)
        case Distinct():
            return histograms.distinct(facet)
