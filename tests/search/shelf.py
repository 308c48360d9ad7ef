"""A store with a backend to ask: what the tests of both backends speak to."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

from apps.search.backends.base import Backend
from apps.search.types import (
    AnyFacet,
    Audience,
    Clause,
    Cursor,
    Everything,
    FacetResult,
    Kind,
    Query,
    Results,
    Scalar,
    Sort,
    Store,
    SubjectViews,
)
from tests.search.makers import NOBODY

_FIELDS = {
    Kind.NUMBER: "numbers",
    Kind.DATE: "dates",
    Kind.STRING: "strings",
    Kind.BOOLEAN: "booleans",
    Kind.POINT: "points",
}

_ALL = Everything()


class Shelf:
    """Puts records into one store and asks for them. It knows the kinds of each path, as the catalogue does."""

    def __init__(self, backend: Backend, store: Store) -> None:
        self.backend, self.store = backend, store
        self._kinds: dict[str, set[Kind]] = {}
        self._version = 0

    def deep(self, depth: int) -> Shelf:
        """The same store, asked and written as one whose views need so many sets at once."""
        self.store = replace(self.store, depth=depth)
        return self

    def put(self, *subjects: SubjectViews) -> None:
        self._version += 1
        for document in (document for subject in subjects for document in subject.views):
            for kind, field in _FIELDS.items():
                for path in getattr(document, field):
                    self._kinds.setdefault(path, set()).add(kind)
        with self.backend.writer(self.store) as writer:
            writer.add(subjects, version=self._version)

    def ask(self, query: Query, audience: Audience = NOBODY) -> Results:
        informed = replace(
            query,
            facets=tuple(self._informed(facet) for facet in query.facets),
            sort=tuple(self._informed(sort) for sort in query.sort),
        )
        return self.backend.search(self.store, informed, audience)

    def _informed(self, part: Any) -> Any:
        return replace(part, kinds=frozenset(self._kinds.get(part.path, ())))

    def found(self, clause: Clause = _ALL, audience: Audience = NOBODY) -> list[str]:
        """The subjects that match a filter, in order of subject, and as many as the total says."""
        results = self.ask(Query(filters=(clause,), by_subject=True, limit=1000), audience)
        subjects = [hit.subject for hit in results.hits]
        assert results.total == len(subjects)
        return subjects

    def facet(self, facet: AnyFacet, audience: Audience = NOBODY, **query: Any) -> FacetResult:
        (result,) = self.ask(Query(facets=(facet,), limit=0, **query), audience).facets
        assert result.name == facet.name
        return result

    def counts(self, facet: AnyFacet, audience: Audience = NOBODY, **query: Any) -> list[tuple[Any, int]]:
        """The buckets of a facet. Booleans are told from numbers, which Python takes for equal."""
        return [(told(bucket.value), bucket.count) for bucket in self.facet(facet, audience, **query).buckets]

    def sorted_by(self, *sort: Sort) -> list[str]:
        return [hit.subject for hit in self.ask(Query(sort=sort, limit=1000)).hits]

    def pages(self, query: Query, audience: Audience = NOBODY) -> list[list[str]]:
        """Every page of the answer, by cursors that went through JSON."""
        pages, after = [], None
        while hits := self.ask(replace(query, after=after), audience).hits:
            pages.append([hit.subject for hit in hits])
            after = through_json(hits[-1].cursor)
        return pages


def told(value: Scalar | tuple[Any, Any]) -> Any:
    return str(value) + "!" if isinstance(value, bool) else value


def through_json(cursor: Cursor) -> Cursor:
    return tuple(json.loads(json.dumps(cursor)))
