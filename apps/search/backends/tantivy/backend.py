"""The engine in this process, as a backend."""

from __future__ import annotations

import os
from collections.abc import Iterable
from contextlib import AbstractContextManager
from pathlib import Path

from apps.search.backends.base import StoreSize, Writer
from apps.search.backends.tantivy.limits import Pool
from apps.search.backends.tantivy.questions import Question
from apps.search.backends.tantivy.stores import Stores
from apps.search.types import Audience, Query, Results, Store


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
        return self._pool.run(lambda: Question(self._stores.reader(store), store, query, audience).answer())
