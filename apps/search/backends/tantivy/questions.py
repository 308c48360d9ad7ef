"""One question to one state of a store: what is asked of the engine, and in how few looks."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

from tantivy import Query as Engine

from apps.search.backends.tantivy.asking import Looking, answered
from apps.search.backends.tantivy.audiences import seen_by
from apps.search.backends.tantivy.clauses import Compiled, Compiler, all_of, unscored
from apps.search.backends.tantivy.facets import asking
from apps.search.backends.tantivy.layout import sortable
from apps.search.backends.tantivy.pages import page_of
from apps.search.backends.tantivy.stores import Reader
from apps.search.types import Audience, Clause, FacetResult, Hit, Query, Results, Store

_HITS = "hits"
"""The group of facets that look at just the hits."""


class Question:
    """A query and who asks it, compiled."""

    def __init__(self, reader: Reader, store: Store, query: Query, audience: Audience) -> None:
        self._reader, self._asked = reader, query
        self._compiler = Compiler(reader, store)
        self._text = self._compiler.query(query.text)
        self._common = [seen_by(reader, store, audience), *self._compiler.filters(query.filters)]
        self._hits = self._over(query.post_filters)

    def answer(self) -> Results:
        asked = self._asked
        page = page_of(self._reader, self._compiler, self._hits, asked) if asked.limit > 0 else None
        near = page.near() if page else None
        total, hits, found = self._counted(near)
        if page and near is None:
            hits = page.far()
            total = max(total, page.total)
        if asked.counts_total and total < 0:
            total = self._reader.searcher.search(self._hits, 1, count=True).count  # type: ignore[attr-defined]  # its stub forgets it
        if page and asked.explains:
            hits = [self._explained(hit, page.query) for hit in hits]
        return Results(total if asked.counts_total else -1, tuple(hits), found)

    def _counted(self, near: Looking[list[Hit]] | None) -> tuple[int, list[Hit], tuple[FacetResult, ...]]:
        """The facets; along with those that look at just the hits, the total (else -1) and the page that is near."""
        total = -1
        hits: list[Hit] = []
        results: dict[int, FacetResult] = {}
        for narrowed, numbers in self._groups(has_page=near is not None).items():
            facets = [self._asked.facets[number] for number in numbers]
            query = self._hits if narrowed == _HITS else self._over(facets[0].filters)
            looking: list[Looking[Any]] = [asking(self._reader, query, facet) for facet in facets]
            if narrowed == _HITS and near is not None:
                total, (hits, *found) = answered(self._reader, query, [near, *looking])
            else:
                counted, found = answered(self._reader, query, looking)
                total = counted if narrowed == _HITS else total
            results.update(zip(numbers, found, strict=True))
        return total, hits, tuple(results[number] for number in range(len(results)))

    def _groups(self, *, has_page: bool) -> dict[str, list[int]]:
        """The facets by what narrows them, as text: True equals 1."""
        groups: dict[str, list[int]] = {_HITS: []} if has_page else {}
        for number, facet in enumerate(self._asked.facets):
            are_hits = not facet.filters and not self._asked.post_filters
            groups.setdefault(_HITS if are_hits else repr(facet.filters), []).append(number)
        return groups

    def _over(self, filters: tuple[Clause, ...]) -> Compiled:
        return all_of([*self._common, self._text, *self._compiler.filters(filters)])

    def _explained(self, hit: Hit, query: Compiled) -> Hit:
        searcher = self._reader.searcher
        itself = Engine.term_query(self._reader.schema, "s", sortable(hit.subject), "basic")
        ((_, address),) = searcher.search(all_of([query, unscored(itself)]), 1).hits
        return replace(hit, explanation=json.loads(query.explain(searcher, address).to_json()))
