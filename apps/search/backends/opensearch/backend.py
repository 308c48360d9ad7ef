"""The backend itself: stores, writing, searching."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from zlib import crc32

from apps.search.backends.base import NoSuchStore, StoreSize
from apps.search.backends.opensearch import schema
from apps.search.backends.opensearch.connection import Connection, Json, Refused, TooManyBuckets
from apps.search.backends.opensearch.fields import Fields
from apps.search.backends.opensearch.questions import Question, stride
from apps.search.backends.opensearch.spans import too_many_intervals
from apps.search.backends.opensearch.writer import BulkWriter
from apps.search.errors import InvalidQuery, QueryTooExpensive
from apps.search.types import Audience, Cursor, DateHistogram, Query, Results, Store


class OpenSearchBackend:
    """Keeps each store in the physical index ``<prefix>-<store's name>``."""

    def __init__(
        self,
        *,
        url: str,
        username: str = "",
        password: str = "",
        prefix: str = "vitrine",
        timeout_s: float = 30.0,
        shards: int = 1,
        replicas: int = 0,
        field_limit: int = 6000,
        verify_certs: bool = True,
    ) -> None:
        """``url`` may name several nodes, parted by commas. Past ``field_limit`` fields, values are free text alone."""
        self._connection = Connection(
            url=url, username=username, password=password, timeout_s=timeout_s, verify_certs=verify_certs
        )
        self._prefix, self._timeout_s = prefix, timeout_s
        self._shards, self._replicas, self._field_limit = shards, replicas, field_limit
        self._fields: dict[str, Fields] = {}

    # --- stores ------------------------------------------------------------------------------------------------------

    def create(self, store: Store) -> None:
        index = self._index(store)
        body = schema.index_of(
            store,
            shards=self._shards,
            replicas=self._replicas,
            field_limit=self._field_limit,
            writing_alias=_alias(index),
        )
        try:
            self._connection.ask("PUT", f"/{index}", body)
        except Refused as error:
            if "resource_already_exists" not in str(error):
                raise

    def drop(self, store: Store) -> None:
        try:
            self._connection.ask("DELETE", f"/{self._index(store)}")
        except NoSuchStore:
            pass

    def exists(self, store: Store) -> bool:
        return bool(self._connection.ask("HEAD", f"/{self._index(store)}"))

    def stores(self, index_id: str) -> Iterator[int]:
        start = f"{self._prefix}-{index_id}-"
        found = self._connection.ask("GET", f"/{start}*/_settings/index.uuid")
        return iter(sorted(int(tail) for name in found if (tail := name.removeprefix(start)).isdecimal()))

    def size(self, store: Store) -> StoreSize:
        index = self._index(store)
        paths = "_all.primaries.docs.count,_all.primaries.store.size_in_bytes"
        found = self._connection.ask("GET", f"/{index}/_stats/docs,store", params={"filter_path": paths})
        primaries = found["_all"]["primaries"]
        return StoreSize(documents=primaries["docs"]["count"], bytes=primaries["store"]["size_in_bytes"])

    def _index(self, store: Store) -> str:
        return f"{self._prefix}-{store.name}"

    # --- writing -----------------------------------------------------------------------------------------------------

    @contextmanager
    def writer(self, store: Store) -> Iterator[BulkWriter]:
        index = self._index(store)
        yield BulkWriter(self._connection, _alias(index), self._fields_of(index))
        self._connection.ask("POST", f"/{index}/_refresh")

    def _fields_of(self, index: str) -> Fields:
        """What is known of the index's fields; read anew when the index is another one under the old name."""
        found = self._connection.ask("GET", f"/{index}/_settings/index.uuid")
        uuid = found[index]["settings"]["index"]["uuid"]
        fields = self._fields.get(index)
        if fields is None or fields.uuid != uuid:
            fields = self._fields[index] = Fields(self._connection, index, uuid)
        return fields

    # --- searching ---------------------------------------------------------------------------------------------------

    def search(self, store: Store, query: Query, audience: Audience) -> Results:
        if query.after is None and query.offset + query.limit > schema.MAX_WINDOW:
            return self._far(store, query, audience)
        question = Question(query, audience, depth=store.depth, timeout_s=self._timeout_s)
        return question.results(self._answers(store, query, question.bodies))

    def _far(self, store: Store, query: Query, audience: Audience) -> Results:
        """A page by offset behind the engine's window: count off what comes before, a bounded part at a time."""
        if query.limit > schema.MAX_WINDOW:
            raise QueryTooExpensive(f"More than {schema.MAX_WINDOW} hits at once. Take smaller pages.", place="limit")
        cursor: Cursor | None = None
        left = query.offset
        while left:
            size = min(left, schema.MAX_WINDOW if cursor is None else schema.MAX_STRIDE)
            hits = self.search(store, stride(query, size, cursor), audience).hits
            if len(hits) < (1 if cursor is None else size):
                return self.search(store, replace(query, offset=0, limit=0), audience)
            cursor = hits[-1].cursor
            left -= size
        return self.search(store, replace(query, offset=0, after=cursor), audience)

    def _answers(self, store: Store, query: Query, bodies: list[Json]) -> list[Json]:
        options = {}
        if query.facets:
            options["request_cache"] = "true"
        if self._replicas:  # Copies of a shard score a little differently: a query stays with one, page after page.
            options["preference"] = str(crc32(repr((query.text, query.filters)).encode("utf-8", "surrogatepass")))
        try:
            return self._connection.search(self._index(store), bodies, options)
        except TooManyBuckets as error:
            if histograms := [facet for facet in query.facets if isinstance(facet, DateHistogram)]:
                raise too_many_intervals(histograms) from error
            raise
        except Refused as error:
            if query.after is not None and "search_after" in str(error):
                raise InvalidQuery("The cursor is damaged. Begin at the first page.", place="after") from error
            raise


def _alias(index: str) -> str:
    """The name under which an index is written: it goes with the index, so nothing is written where none is."""
    return f"{index}.write"
