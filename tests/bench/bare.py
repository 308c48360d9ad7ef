"""The engines without the portal: what someone would write who has but the engine's own client.

``Typed…`` gets the portal's own typed documents ready-made and writes them into the same layout, so that it does just
the engine's part of the work. ``Raw…`` gets the entries as they came, and leaves their types to the engine.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from opensearchpy import OpenSearch, helpers
from tantivy import Document, Index, SchemaBuilder

from apps.search.backends.opensearch import documents, schema
from apps.search.backends.tantivy import layout
from apps.search.backends.tantivy.documents import document
from apps.search.types import EntryDraft, Store, ViewDocument
from tests.bench import corpus

BULK = 1000
HEAP_BYTES = 64_000_000


class Writer:
    """One way of writing slices to an engine. ``ready`` is not measured, ``write`` is; then all can be found."""

    name: str
    refused = 0

    def ready(self, entries: list[EntryDraft]) -> Any:  # Any: what this engine's ``write`` takes
        raise NotImplementedError

    def write(self, ready: Any) -> None:
        raise NotImplementedError

    def size(self) -> tuple[int, int]:
        """Documents, and bytes on disk."""
        raise NotImplementedError


def _views(entries: list[EntryDraft]) -> list[ViewDocument]:
    return [view for one in corpus.views(entries) for view in one.views]


class _Bulk(Writer):
    def __init__(self, url: str) -> None:
        self.client = OpenSearch([url], timeout=300)

    def write(self, ready: list[dict[str, Any]]) -> None:
        """``helpers.bulk`` of a thousand documents a request, and a refresh."""
        _, errors = helpers.bulk(self.client, ready, chunk_size=BULK, raise_on_error=False)
        self.refused += len(errors)
        self.client.indices.refresh(index=self.name)

    def size(self) -> tuple[int, int]:
        self.client.indices.flush(index=self.name)
        found = self.client.indices.stats(index=self.name, metric="docs,store")["_all"]["primaries"]
        return found["docs"]["count"], found["store"]["size_in_bytes"]

    def _create(self, body: dict[str, Any]) -> None:
        if not self.client.indices.exists(index=self.name):
            self.client.indices.create(index=self.name, body=body)


class TypedBulk(_Bulk):
    name = "bench-typed"

    def __init__(self, url: str) -> None:
        super().__init__(url)
        alias = f"{self.name}.write"
        self._create(schema.index_of(Store("", 1), shards=1, replicas=0, field_limit=6000, writing_alias=alias))

    def ready(self, entries: list[EntryDraft]) -> list[dict[str, Any]]:
        views = _views(entries)
        self.client.indices.put_mapping(index=self.name, body=schema.mapping_of(documents.field_names(views)))
        return [
            {
                "_index": self.name,
                "_id": documents.identifier(view.subject, view.number),
                "_source": documents.body(view),
            }
            for view in views
        ]


class RawBulk(_Bulk):
    """Dynamic mapping of the entries as they are, by the engine's defaults, but for visibility, which must be exact."""

    name = "bench-raw"

    def __init__(self, url: str) -> None:
        super().__init__(url)
        keyword = {"type": "keyword"}
        self._create(
            {
                "settings": {"index": {"number_of_shards": 1, "number_of_replicas": 0, "refresh_interval": -1}},
                "mappings": {"properties": {"subject": keyword, "visible_to": keyword}},
            }
        )

    def ready(self, entries: list[EntryDraft]) -> list[dict[str, Any]]:
        return [{"_index": self.name, "_id": id, "_source": body} for id, body in corpus.raw(entries).items()]


class _Tantivy(Writer):
    def __init__(self, folder: Path) -> None:
        self.folder = folder / self.name
        if not self.folder.exists():
            self.folder.mkdir(parents=True)
            self._new()

    def _new(self) -> None:
        raise NotImplementedError

    def _open(self) -> Index:
        return layout.open_index(str(self.folder))

    def _commit(self, made: Iterable[Document]) -> None:
        """A writer of one thread and the portal's heap, all documents, one commit."""
        writer = self._open().writer(HEAP_BYTES, 1)
        for one in made:
            writer.add_document(one)
        writer.commit()
        writer.wait_merging_threads()

    def size(self) -> tuple[int, int]:
        count = int(self._open().searcher().num_docs)
        return count, sum(file.stat().st_size for file in self.folder.iterdir())


class TypedTantivy(_Tantivy):
    name = "typed"

    def _new(self) -> None:
        layout.make_index(str(self.folder), stemmed=True)

    def ready(self, entries: list[EntryDraft]) -> list[ViewDocument]:
        return _views(entries)

    def write(self, ready: list[ViewDocument]) -> None:
        self._commit(map(document, ready))


class RawTantivy(_Tantivy):
    """The entries as they are in one JSON field, whose types the engine finds."""

    name = "raw"

    def _new(self) -> None:
        builder = SchemaBuilder()
        builder.add_text_field("subject", tokenizer_name="raw", stored=True)
        builder.add_text_field("visible_to", tokenizer_name="raw")
        builder.add_json_field("content", fast=True, tokenizer_name="default")
        Index(builder.build(), str(self.folder))

    def ready(self, entries: list[EntryDraft]) -> list[EntryDraft]:
        return list({(entry.subject, entry.entry_id): entry for entry in entries}.values())

    def write(self, ready: list[EntryDraft]) -> None:
        self._commit(map(_raw_document, ready))


def _raw_document(entry: EntryDraft) -> Document:
    made = Document()
    made.add_text("subject", entry.subject)
    for principal in entry.visible_to:
        made.add_text("visible_to", principal)
    made.add_json("content", entry.content)
    return made
