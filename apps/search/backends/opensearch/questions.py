"""From a query and an audience to a search request, and back from its answer to hits."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from apps.search.backends.opensearch import facets, order
from apps.search.backends.opensearch.clauses import boost_of, query_of
from apps.search.backends.opensearch.connection import Json
from apps.search.backends.opensearch.schema import text_field
from apps.search.errors import InvalidQuery
from apps.search.types import Audience, Cursor, Everything, Hit, Query, Results


class Question:
    """One query as the engine is asked it: ``bodies`` are the search itself, and the counts that its facets need."""

    def __init__(self, query: Query, audience: Audience, *, depth: int, timeout_s: float) -> None:
        """Raises InvalidQuery when the cursor belongs to another order."""
        self._query = query
        self._timeout = f"{int(timeout_s * 1000)}ms"
        narrowed = [audience_query(audience, depth), *(query_of(clause) for clause in query.filters)]
        self.bodies = [self._search(narrowed)]
        self._counts: dict[str, int] = {}
        if query.facets:
            text = query_of(query.text)
            for name, counted in facets.counts(query.facets).items():
                body = self._count([*narrowed, text, counted])
                if body not in self.bodies:  # Facets of one path have one count.
                    self.bodies.append(body)
                self._counts[name] = self.bodies.index(body)

    def results(self, answers: Sequence[Json]) -> Results:
        """What the engine's answers to the bodies say."""
        found = answers[0].get("hits", {})
        counts = {name: answers[body]["hits"]["total"]["value"] for name, body in self._counts.items()}
        return Results(
            total=found["total"]["value"] if self._query.counts_total else -1,
            hits=tuple(map(_hit, found.get("hits", ()))),
            facets=facets.read(self._query.facets, answers[0].get("aggregations", {}), counts),
        )

    def _search(self, narrowed: list[Json]) -> Json:
        query, keys = self._query, _order(self._query)
        body: Json = {
            "query": _query(query, narrowed),
            "sort": keys,
            "size": query.limit,
            "track_total_hits": query.counts_total,
            "timeout": self._timeout,
            "_source": False,
            "stored_fields": "_none_",
        }
        if query.after is not None:
            if len(query.after) != len(keys):
                raise InvalidQuery("The cursor belongs to another order. Begin at the first page.", place="after")
            body["search_after"] = list(query.after)
        elif query.offset:
            body["from"] = query.offset
        if query.post_filters:
            body["post_filter"] = {"bool": {"filter": [query_of(clause) for clause in query.post_filters]}}
        if query.facets:
            body["aggs"] = facets.aggregations(query.facets)
        if query.explains:
            body["explain"] = body["track_scores"] = True
        return body

    def _count(self, narrowed: list[Json]) -> Json:
        return {"query": {"bool": {"filter": narrowed}}, "size": 0, "track_total_hits": True, "timeout": self._timeout}


def stride(query: Query, size: int, after: Cursor | None) -> Query:
    """The question whose last hit is ``size`` hits behind a cursor, or behind the beginning."""
    bare = replace(query, facets=(), counts_total=False, explains=False)
    if after is None:
        return replace(bare, offset=size - 1, limit=1)
    return replace(bare, after=after, offset=0, limit=size)


def audience_query(audience: Audience, depth: int) -> Json:
    """The views that are the audience's, and no other: see ``ViewDocument``.

    A view that needs more sets than ``depth`` is matched by nobody, because not all of its sets are looked at.
    """
    if audience.principals is None:
        return {"term": {"whole": True}}
    principals = sorted(audience.principals)
    only_view = {"terms": {"acl": principals}}
    if not depth:
        return only_view
    needs: list[Json] = [{"range": {"levels": {"lte": depth}}}, {"terms": {"r1": principals}}]
    for level in range(2, depth + 1):
        met = [{"range": {"levels": {"lt": level}}}, {"terms": {f"r{level}": principals}}]
        needs.append({"bool": {"should": met}})
    its_view = {"bool": {"filter": needs, "must_not": [{"terms": {"denied": principals}}]}}
    return {"bool": {"should": [only_view, its_view]}}


def _query(query: Query, narrowed: list[Json]) -> Json:
    """Text is scored only where the score is looked at: filters are cheaper, and the engine caches them."""
    if not _is_scored(query):
        return {"bool": {"filter": [*narrowed, query_of(query.text)]}}
    words = " ".join(query.words)
    wanted = [
        {"match": {text_field(boost.path): {"query": words, "boost": boost_of(boost.factor)}}}
        for boost in query.boosts
        if words and boost.factor > 0
    ]
    return {"bool": {"filter": narrowed, "must": [query_of(query.text)], "should": wanted}}


def _is_scored(query: Query) -> bool:
    if query.explains:
        return True
    if query.sort or query.by_subject:
        return False
    return bool(query.boosts) or not isinstance(query.text, Everything)


def _order(query: Query) -> list[Json]:
    if query.sort:
        return order.keys(query.sort)
    if query.by_subject or not _is_scored(query):
        return [order.BY_SUBJECT]
    return [{"_score": "desc"}, order.BY_SUBJECT]


def _hit(found: dict[str, Any]) -> Hit:  # Any: the engine's JSON
    place = found["sort"]
    return Hit(
        subject=place[-1],
        score=found.get("_score") or 0.0,
        cursor=tuple(place),
        explanation=found.get("_explanation"),
    )
