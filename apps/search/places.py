"""Turns what a question says of polygons into subjects: those that the audience sees and for which it holds."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from apps.common import quick_json
from apps.search import geometry
from apps.search.errors import QueryTooExpensive
from apps.search.models import Entry, Index
from apps.search.types import And, Audience, Boosted, Clause, Not, Or, Query, SubjectIn, Within

MOST_CANDIDATES = 10_000
CHUNK = 500
Finder = Callable[[Clause], list[str]]
"""The subjects, at most ``MOST_CANDIDATES + 1``, that an engine finds for a clause and the audience of the question."""


def resolve(index: Index, query: Query, audience: Audience, find: Finder) -> Query:
    """The query with subjects in the place of polygons.

    Raises:
        QueryTooExpensive: more than 10,000 records lie around a polygon.
    """
    if not any(_has_place(clause) for clause in _clauses(query)):
        return query

    def told(clause: Clause) -> Clause:
        match clause:
            case Within():
                return SubjectIn(tuple(_subjects(index, clause, audience, find)))
            case And(clauses) | Or(clauses):
                return replace(clause, clauses=tuple(map(told, clauses)))
            case Not(inner) | Boosted(inner):
                return replace(clause, clause=told(inner))
        return clause

    return replace(
        query,
        text=told(query.text),
        filters=tuple(map(told, query.filters)),
        post_filters=tuple(map(told, query.post_filters)),
        facets=tuple(replace(facet, filters=tuple(map(told, facet.filters))) for facet in query.facets),
    )


def _clauses(query: Query) -> Iterator[Clause]:
    yield query.text
    yield from query.filters
    yield from query.post_filters
    for facet in query.facets:
        yield from facet.filters


def _has_place(clause: Clause) -> bool:
    match clause:
        case Within():
            return True
        case And(clauses) | Or(clauses):
            return any(map(_has_place, clauses))
        case Not(inner) | Boosted(inner):
            return _has_place(inner)
    return False


def _subjects(index: Index, clause: Within, audience: Audience, find: Finder) -> Iterator[str]:
    near = find(geometry.candidates(clause))
    if len(near) > MOST_CANDIDATES:
        raise QueryTooExpensive(
            f"More than {MOST_CANDIDATES:,} records lie around the polygon. Choose a smaller one, or geo_bounding_box."
        )
    for start in range(0, len(near), CHUNK):
        rows = Entry.objects.filter(index=index, subject__in=near[start : start + CHUNK])
        held = {
            subject
            for subject, text, visible_to in rows.values_list("subject", "content_text", "visible_to")
            if audience.sees(visible_to) and geometry.holds(clause, quick_json.loads(text))
        }
        yield from sorted(held)
