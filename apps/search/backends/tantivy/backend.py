"""The engine in this process, as a backend."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

from tantivy import Occur
from tantivy import Query as Engine

from apps.search.backends.base import StoreSize, Writer
from apps.search.backends.tantivy import sorting
from apps.search.backends.tantivy.asking import Looking, answered
from apps.search.backends.tantivy.audiences import seen_by
from apps.search.backends.tantivy.clauses import Compiled, Compiler, all_of, unscored
from apps.search.backends.tantivy.facets import asking
from apps.search.backends.tantivy.layout import sortable
from apps.search.backends.tantivy.limits import Pool
from apps.search.backends.tantivy.places import Place, place_of
from apps.search.backends.tantivy.ranking import Ranking
from apps.search.backends.tantivy.stores import Reader, Stores
from apps.search.types import Audience, Clause, Cursor, Everything, FacetResult, Hit, Query, Results, Store

_HITS = "hits"
"""The group of facets that look at just the hits."""


class TantivyBackend:
    """Holds each store in a directory of ``folder``.

    A question that takes longer than ``timeout_s`` is given up. ``writer_heap_bytes`` is what a writer holds before it
    writes a segment; it may not be less than 15 MB.
    """

    def __init__(self, *, folder: str | Path, timeout_s: float = 30.0, writer_heap_bytes: int = 64_000_000) -> None:
        self._stores = Stores(Path(folder), writer_heap_bytes=writer_heap_bytes)
        self._pool = Pool(workers=4 + 2 * (os.cpu_count() or 1), timeout_s=timeout_s)

    def create(self, store: Store) -> None:
        self._stores.create(store)

    def drop(self, store: Store) -> None:
        self._stores.drop(store)

    def exists(self, store: Store) -> bool:
        return self._stores.exists(store)

    def stores(self, index_id: str) -> Iterable[int]:
        return self._stores.generations(index_id)

    def writer(self, store: Store) -> AbstractContextManager[Writer]:
        return self._stores.writer(store)

    def size(self, store: Store) -> StoreSize:
        return self._stores.size(store)

    def search(self, store: Store, query: Query, audience: Audience) -> Results:
        return self._pool.run(lambda: _Question(self._stores.reader(store), store, query, audience).answer())


class _Question:
    """One question to one state of a store: its parts, compiled."""

    def __init__(self, reader: Reader, store: Store, query: Query, audience: Audience) -> None:
        self._reader, self._asked = reader, query
        self._compiler = Compiler(reader, store)
        self._text = self._compiler.query(query.text)
        self._common = [seen_by(reader, store, audience), *self._compiler.filters(query.filters)]
        self._hits = all_of([*self._common, self._text, *self._compiler.filters(query.post_filters)])

    def answer(self) -> Results:
        asked = self._asked
        near = self._near() if asked.limit > 0 else None
        total, places, found = self._counted(near)
        needs_total = asked.counts_total and total < 0
        hits: tuple[Hit, ...] = ()
        if near is not None:
            hits = self._placed(places)
        elif asked.limit > 0 and self._is_ordered:
            hits = self._placed(self._far())
        elif asked.limit > 0:
            scored = self._scored()
            ranking = Ranking(self._reader, scored, counts=needs_total)
            ranked = ranking.page(after=asked.after, offset=asked.offset, limit=asked.limit)
            hits = tuple(self._hit(one.subject, one.score, one.cursor(), scored) for one in ranked)
            total = max(total, ranking.total)
        if asked.counts_total and total < 0:
            total = self._reader.searcher.search(self._hits, 1, count=True).count  # type: ignore[attr-defined]  # its stub forgets it
        return Results(total if asked.counts_total else -1, hits, found)

    @property
    def _is_ordered(self) -> bool:
        """Whether hits are in an order that is no score."""
        return bool(self._asked.sort) or self._asked.by_subject or self._asked.text == Everything()

    def _near(self) -> Looking[list[Place]] | None:
        """The page, where it can be read along with what is counted."""
        asked = self._asked
        if asked.after is not None or not self._is_ordered:
            return None
        return sorting.near(self._reader, asked.sort, offset=asked.offset, limit=asked.limit)

    def _far(self) -> list[Place]:
        asked = self._asked
        after = None if asked.after is None else place_of(asked.after, asked.sort)
        offset = 0 if after else asked.offset
        return sorting.page(self._reader, self._hits, asked.sort, after=after, offset=offset, limit=asked.limit)

    def _counted(self, near: Looking[list[Place]] | None) -> tuple[int, list[Place], tuple[FacetResult, ...]]:
        """The facets; along with those that look at just the hits, the total (else -1) and the page that is near."""
        total = -1
        places: list[Place] = []
        results: dict[int, FacetResult] = {}
        for narrowed, numbers in self._groups(has_page=near is not None).items():
            facets = [self._asked.facets[number] for number in numbers]
            query = self._hits if narrowed == _HITS else self._over(facets[0].filters)
            looking: list[Looking[Any]] = [asking(self._reader, query, facet) for facet in facets]
            if narrowed == _HITS and near is not None:
                looking.append(near)
            counted, found = answered(self._reader, query, looking)
            if narrowed == _HITS:
                total = counted
                places = found[len(numbers)] if near is not None else places
            results.update(zip(numbers, found, strict=False))
        return total, places, tuple(results[number] for number in range(len(results)))

    def _groups(self, *, has_page: bool) -> dict[str, list[int]]:
        """The facets by what narrows them, as text: True equals 1."""
        groups: dict[str, list[int]] = {_HITS: []} if has_page else {}
        for number, facet in enumerate(self._asked.facets):
            are_hits = not facet.filters and not self._asked.post_filters
            groups.setdefault(_HITS if are_hits else repr(facet.filters), []).append(number)
        return groups

    def _over(self, filters: tuple[Clause, ...]) -> Compiled:
        return all_of([*self._common, self._text, *self._compiler.filters(filters)])

    def _placed(self, places: list[Place]) -> tuple[Hit, ...]:
        return tuple(self._hit(place.subject, 0.0, place.cursor(), self._hits) for place in places)

    def _scored(self) -> Compiled:
        boosts: Sequence[Compiled] = self._compiler.boosts(self._asked.words, self._asked.boosts)
        if not boosts:
            return self._hits
        return Engine.boolean_query([(Occur.Must, self._hits), *((Occur.Should, boost) for boost in boosts)])

    def _hit(self, subject: str, score: float, cursor: Cursor, query: Compiled) -> Hit:
        if not self._asked.explains:
            return Hit(subject, score, cursor)
        searcher = self._reader.searcher
        itself = Engine.term_query(self._reader.schema, "s", sortable(subject), "basic")
        ((_, address),) = searcher.search(all_of([query, unscored(itself)]), 1).hits
        return Hit(subject, score, cursor, json.loads(query.explain(searcher, address).to_json()))
