"""The two sides of the portal: embedded (SQLite and tantivy) and grown up (PostgreSQL and OpenSearch)."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from opensearchpy import OpenSearch

from apps.search.backends.base import Backend
from apps.search.backends.opensearch import OpenSearchBackend
from apps.search.backends.opensearch.questions import Question
from apps.search.backends.tantivy import TantivyBackend
from apps.search.types import Audience, Query, Store
from tests.bench.bare import RawBulk, RawTantivy, TypedBulk, TypedTantivy, Writer
from tests.bench.portal import Portal
from tests.bench.services import Services

PREFIX = "bench-portal"
Found = tuple[int, list[str]]
"""How many match, and the subjects of the first page."""


class Bare(Protocol):
    """An engine asked without the portal."""

    def find(self, store: Store, query: Query, audience: Audience) -> Found: ...


@dataclass
class Side:
    """A portal on its engine, and what it is compared with."""

    name: str
    portal: Portal
    backend: Backend
    bare: Bare
    writers: tuple[Writer, Writer]
    forget: Callable[[], object]
    """Lets the engine forget the answers that it kept, so that each question is answered anew on both sides."""
    size: Callable[[Store], tuple[int, int]]


class BareTantivy:
    """The engine's calls that the backend makes for a query, in this process: no Django, no HTTP."""

    def __init__(self, backend: Backend) -> None:
        self._backend = backend

    def find(self, store: Store, query: Query, audience: Audience) -> Found:
        found = self._backend.search(store, query, audience)
        return found.total, [hit.subject for hit in found.hits]


class BareOpenSearch:
    """The very bodies that the backend sends, by a bare client with a connection that is kept."""

    def __init__(self, url: str) -> None:
        self.client = OpenSearch([url], timeout=60)

    def prepared(self, store: Store, query: Query, audience: Audience) -> tuple[str, list[dict[str, Any]]]:
        return f"{PREFIX}-{store.name}", Question(query, audience, depth=store.depth, timeout_s=30).bodies

    def find(self, store: Store, query: Query, audience: Audience) -> Found:
        return self.send(*self.prepared(store, query, audience))

    def send(self, index: str, bodies: list[dict[str, Any]]) -> Found:
        if len(bodies) == 1:
            answer = self.client.search(index=index, body=bodies[0])
        else:
            lines = "".join(f"{{}}\n{json.dumps(body)}\n" for body in bodies)
            answer = self.client.msearch(index=index, body=lines)["responses"][0]
        return answer["hits"]["total"]["value"], [hit["sort"][-1] for hit in answer["hits"]["hits"]]


def embedded(folder: Path) -> Side:
    """SQLite and the engine in the process, all in one folder."""
    home = folder / "embedded"
    backend = TantivyBackend(folder=home / "search")
    bare = folder / "bare-tantivy"
    return Side(
        name="embedded",
        portal=Portal(home, {"VITRINE_SEARCH_BACKEND": "tantivy"}),
        backend=backend,
        bare=BareTantivy(backend),
        writers=(TypedTantivy(bare), RawTantivy(bare)),
        forget=lambda: None,
        size=lambda store: _size(backend, store),
    )


def grown_up(folder: Path, services: Services) -> Side:
    """PostgreSQL and a single node of OpenSearch."""
    url = services.opensearch_url
    environ = {
        "VITRINE_SEARCH_BACKEND": "opensearch",
        "VITRINE_OPENSEARCH_URL": url,
        "VITRINE_OPENSEARCH_PREFIX": PREFIX,
        "VITRINE_DATABASE_URL": services.database_url,
    }
    backend, bare = OpenSearchBackend(url=url, prefix=PREFIX), BareOpenSearch(url)

    def size(store: Store) -> tuple[int, int]:
        bare.client.indices.flush(index=f"{PREFIX}-{store.name}")
        return _size(backend, store)

    return Side(
        name="OpenSearch",
        portal=Portal(folder / "grown-up", environ),
        backend=backend,
        bare=bare,
        writers=(TypedBulk(url), RawBulk(url)),
        forget=lambda: bare.client.indices.clear_cache(index=f"{PREFIX}-*", request=True),
        size=size,
    )


def _size(backend: Backend, store: Store) -> tuple[int, int]:
    found = backend.size(store)
    return found.documents, found.bytes
