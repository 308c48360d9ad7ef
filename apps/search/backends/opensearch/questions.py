"""From a query and an audience to a search request, and back from its answer to hits."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from apps.search.backends.opensearch import facets
from apps.search.backends.opensearch.clauses import query_of
from apps.search.backends.opensearch.connection import Json
from apps.search.backends.opensearch.schema import field, text_field, unmapped_type
from apps.search.errors import InvalidQuery
from apps.search.types import Audience, Cursor, Everything, Hit, Kind, Query, Results

ANSWER = "timed_out,hits.total.value,hits.hits.sort,hits.hits._score,hits.hits._explanation,aggregations"
"""What is read of an answer; the engine need not write the rest."""
_SUBJECT = {"s": "asc"}
_KIND_ORDER = (Kind.NUMBER, Kind.DATE, Kind.STRING, Kind.BOOLEAN)


def request(query: Query, audience: Audience, *, depth: int, timeout_s: float) -> Json:
    """The body of the search request.

    Raises:
        InvalidQuery: the cursor belongs to another order.
    """
    order = _order(query)
    body: Json = {
        "query": _query(query, audience, depth),
        "sort": order,
        "size": query.limit,
        "track_total_hits": query.counts_total,
        "timeout": f"{int(timeout_s * 1000)}ms",
        "_source": False,
        "stored_fields": "_none_",
    }
    if query.after is not None:
        if len(query.after) != len(order):
            raise InvalidQuery(
                "The cursor belongs to a query with another order. Begin at the first page.", place="after"
            )
        body["search_after"] = list(query.after)
    elif query.offset:
        body["from"] = query.offset
    if query.post_filters:
        body["post_filter"] = {"bool": {"filter": [query_of(clause) for clause in query.post_filters]}}
    if query.facets:
        body["aggs"] = facets.asked(query.facets)
    if query.explains:
        body["explain"] = body["track_scores"] = True
    return body


def results(query: Query, answer: Json) -> Results:
    """What the engine's answer says."""
    found = answer.get("hits", {})
    return Results(
        total=found["total"]["value"] if query.counts_total else -1,
        hits=tuple(map(_hit, found.get("hits", ()))),
        facets=facets.read(query.facets, answer.get("aggregations", {})),
    )


def stride(query: Query, size: int, after: Cursor | None) -> Query:
    """The question whose last hit is ``size`` hits behind a cursor, or behind the beginning."""
    bare = replace(query, facets=(), counts_total=False, explains=False)
    if after is None:
        return replace(bare, offset=size - 1, limit=1)
    return replace(bare, after=after, offset=0, limit=size)


def end_of_stride(step: Query, answer: Json) -> Cursor | None:
    """Where the stride ends; None if there are not as many hits."""
    hits = answer.get("hits", {}).get("hits", ())
    return tuple(hits[-1]["sort"]) if len(hits) == step.limit else None


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


def _query(query: Query, audience: Audience, depth: int) -> Json:
    """Text is scored only where the score is looked at: filters are cheaper, and the engine caches them."""
    narrowed = [audience_query(audience, depth), *(query_of(clause) for clause in query.filters)]
    if not _is_scored(query):
        if not isinstance(query.text, Everything):
            narrowed.append(query_of(query.text))
        return {"bool": {"filter": narrowed}}
    words = " ".join(query.words)
    wanted = [
        {"match": {text_field(boost.path): {"query": words, "boost": boost.factor}}}
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
        keys = [
            {
                field(kind, sort.path): {
                    "order": "desc" if sort.is_descending else "asc",
                    "mode": "max" if sort.is_descending else "min",
                    "missing": "_last",
                    "unmapped_type": unmapped_type(kind),
                }
            }
            for sort in query.sort
            for kind in _KIND_ORDER
            if kind in sort.kinds
        ]
        return [*keys, _SUBJECT]
    if query.by_subject or not _is_scored(query):
        return [_SUBJECT]
    return [{"_score": "desc"}, _SUBJECT]


def _hit(found: dict[str, Any]) -> Hit:  # Any: the engine's JSON
    place = found["sort"]
    return Hit(
        subject=place[-1],
        score=found.get("_score") or 0.0,
        cursor=tuple(place),
        explanation=found.get("_explanation"),
    )
