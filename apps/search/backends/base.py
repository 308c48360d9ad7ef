"""What an engine must do. A backend knows values, never models, requests or settings.

Every method that answers a question about records takes an ``Audience``: none can be called without saying who asks.
The promise of each clause, facet and sort stands in ``apps.search.types``; ``tests/search/contract.py`` holds it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Protocol

from apps.search.types import Audience, Query, Results, Store, SubjectViews


@dataclass(frozen=True, slots=True)
class StoreSize:
    """What a store takes: view documents (all views of all subjects) and bytes on disk."""

    documents: int
    bytes: int


class Writer(Protocol):
    """Writes to one store. What was added is findable, and on disk, when the ``with`` block has ended without error."""

    def add(self, subjects: Sequence[SubjectViews], *, version: int) -> None:
        """Replace what the engine holds of these subjects. Doing it twice does no harm.

        Where two writers meet (OpenSearch), the higher ``version`` of a subject wins, whichever comes last.
        """


class Backend(Protocol):
    """A search engine. Built once a process, used by many threads; opened lazily, so that a fork does no harm.

    Raises ``EngineUnavailable`` when the engine cannot be reached, ``QueryTooExpensive`` when a question costs more
    than the limits, and nothing else on account of what was asked.
    """

    def create(self, store: Store) -> None:
        """Make an empty store; one that exists is left alone."""

    def drop(self, store: Store) -> None:
        """Remove a store; a missing one is no error."""

    def exists(self, store: Store) -> bool: ...

    def stores(self, index_id: str) -> Iterable[int]:
        """The generations that the engine holds of an index."""

    def writer(self, store: Store) -> AbstractContextManager[Writer]:
        """Open the store for writing. An embedded engine has one writer a store at a time: the next one waits,
        for at most 30 s, then ``EngineUnavailable``. So what is read from the database inside the block and written
        cannot overwrite anything newer.
        """

    def search(self, store: Store, query: Query, audience: Audience) -> Results:
        """Answer; never with anything outside of the audience's views. A store that does not exist is NoSuchStore."""

    def size(self, store: Store) -> StoreSize: ...


class NoSuchStore(Exception):
    """The engine has no such generation: it was dropped while the question was on its way. Read the index again."""
