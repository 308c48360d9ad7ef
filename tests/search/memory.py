"""A backend that keeps views in memory and asks the evaluator: so the evaluator is held to the contract too."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from apps.search.backends.base import NoSuchStore, StoreSize
from apps.search.types import Audience, Query, Results, Store, SubjectViews
from tests.search.evaluator import answer

Held = dict[str, SubjectViews]


class MemoryWriter:
    def __init__(self, held: Held) -> None:
        self._held = held

    def add(self, subjects: Sequence[SubjectViews], *, version: int) -> None:
        self._held.update({subject.subject: subject for subject in subjects})


class MemoryBackend:
    def __init__(self) -> None:
        self._stores: dict[str, dict[int, Held]] = {}

    def create(self, store: Store) -> None:
        self._stores.setdefault(store.index_id, {}).setdefault(store.generation, {})

    def drop(self, store: Store) -> None:
        self._stores.get(store.index_id, {}).pop(store.generation, None)

    def exists(self, store: Store) -> bool:
        return store.generation in self.stores(store.index_id)

    def stores(self, index_id: str) -> list[int]:
        return list(self._stores.get(index_id, ()))

    @contextmanager
    def writer(self, store: Store) -> Iterator[MemoryWriter]:
        written: Held = {}
        yield MemoryWriter(written)
        self._held(store).update(written)

    def search(self, store: Store, query: Query, audience: Audience) -> Results:
        views = [view for subject in self._held(store).values() for view in subject.views]
        return answer(views, query, audience, store)

    def size(self, store: Store) -> StoreSize:
        held = self._held(store)
        return StoreSize(sum(len(subject.views) for subject in held.values()), len(repr(held)))

    def _held(self, store: Store) -> Held:
        if not self.exists(store):
            raise NoSuchStore(store.name)
        return self._stores[store.index_id][store.generation]
