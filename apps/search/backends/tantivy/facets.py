"""What each kind of facet asks."""

from __future__ import annotations

from apps.search.backends.tantivy import histograms, terms
from apps.search.backends.tantivy.asking import Asking
from apps.search.backends.tantivy.clauses import Compiled
from apps.search.backends.tantivy.stores import Reader
from apps.search.types import AnyFacet, DateHistogram, Distinct, Ranges, Statistics, Terms, Words


def asking(reader: Reader, query: Compiled, facet: AnyFacet) -> Asking:
    match facet:
        case Terms():
            return terms.terms(facet)
        case Words():
            return terms.words(facet, reader, query)
        case Ranges():
            return histograms.ranges(facet)
        case DateHistogram():
            return histograms.date_histogram(facet, reader)
        case Statistics():
            return histograms.statistics(facet)
        case Distinct():
            return histograms.distinct(facet)
