"""The engine in this process, as a backend."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Sequence
from contextlib import AbstractContextManager
from pathlib import Path

from tantivy import Occur
from tantivy import Query as Engine

from apps.search.backends.base import StoreSize, Writer
from apps.search.backends.tantivy import facets, sorting
from apps.search.backends.tantivy.audiences import seen_by
from apps.search.backends.tantivy.clauses import Compiled, Compiler, all_of, unscored
from apps.search.backends.tantivy.layout import sortable
from apps.search.backends.tantivy.limits import Pool
from apps.search.backends.tantivy.places import place_of
from apps.search.backends.tantivy.ranking import Ranking
from apps.search.backends.tantivy.stores import Reader, Stores
from apps.search.types import Audience, Cursor, Everything, FacetResult, Hit, Query, Results, Store


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
        total, results = self._facets()
        needs_total = self._asked.counts_total and total < 0
        hits, counted = self._page(counts=needs_total) if self._asked.limit > 0 else ((), -1)
        if needs_total:
            total = counted if counted >= 0 else self._count()
        return Results(total if self._asked.counts_total else -1, hits, results)

    def _count(self) -> int:
        return self._reader.searcher.search(self._hits, 1, count=True).count  # type: ignore[attr-defined, no-any-return]  # its stub forgets it

    def _facets(self) -> tuple[int, tuple[FacetResult, ...]]:
        """The facets, and the total if they were counted over just what the hits are."""
        groups: dict[str, list[int]] = {}
        for number, facet in enumerate(self._asked.facets):
            groups.setdefault(repr(facet.filters), []).append(number)  # Told apart as text: True equals 1.
        total = -1
        results: dict[int, FacetResult] = {}
        for numbers in groups.values():
            filters = self._asked.facets[numbers[0]].filters
            query = all_of([*self._common, self._text, *self._compiler.filters(filters)])
            counted, found = facets.count(self._reader, query, [self._asked.facets[number] for number in numbers])
            results.update(zip(numbers, found, strict=True))
            if not filters and not self._asked.post_filters:
                total = counted
        return total, tuple(results[number] for number in range(len(results)))

    def _page(self, *, counts: bool) -> tuple[tuple[Hit, ...], int]:
        """The hits, and how many match where that was seen on the way (else -1)."""
        asked = self._asked
        if asked.sort or asked.by_subject or asked.text == Everything():
            after = None if asked.after is None else place_of(asked.after, asked.sort)
            offset = 0 if after else asked.offset
            places = sorting.page(self._reader, self._hits, asked.sort, after=after, offset=offset, limit=asked.limit)
            return tuple(self._hit(place.subject, 0.0, place.cursor(), self._hits) for place in places), -1
        scored = self._scored()
        ranking = Ranking(self._reader, scored, counts=counts)
        ranked = ranking.page(after=asked.after, offset=asked.offset, limit=asked.limit)
        return tuple(self._hit(one.subject, one.score, one.cursor(), scored) for one in ranked), ranking.total

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
