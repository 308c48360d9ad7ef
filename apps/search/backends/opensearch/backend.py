"""The backend itself: stores, writing, searching."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

from opensearchpy.exceptions import RequestError

from apps.search.backends.base import NoSuchStore, StoreSize
from apps.search.backends.opensearch import questions, schema
from apps.search.backends.opensearch.connection import Connection, Json
from apps.search.backends.opensearch.fields import Fields
from apps.search.backends.opensearch.spans import too_many_intervals
from apps.search.backends.opensearch.writer import BulkWriter
from apps.search.errors import InvalidQuery, QueryTooExpensive
from apps.search.types import Audience, Cursor, DateHistogram, Query, Results, Store

GRACE_S = 5
"""The engine gives up at the time limit by itself; only when it cannot even say so, the connection is given up."""


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
        except RequestError as error:
            if "resource_already_exists" not in str(error.error):
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
        body = questions.request(query, audience, depth=store.depth, timeout_s=self._timeout_s)
        return questions.results(query, self._answer(store, query, body))

    def _far(self, store: Store, query: Query, audience: Audience) -> Results:
        """A page by offset behind the engine's window: count off what comes before, a bounded part at a time."""
        if query.limit > schema.MAX_WINDOW:
            raise QueryTooExpensive(f"More than {schema.MAX_WINDOW} hits at once. Take smaller pages.", place="limit")
        cursor: Cursor | None = None
        left = query.offset
        while left:
            size = min(left, schema.MAX_WINDOW if cursor is None else schema.MAX_STRIDE)
            step = questions.stride(query, size, cursor)
            answer = self._answer(
                store, step, questions.request(step, audience, depth=store.depth, timeout_s=self._timeout_s)
            )
            cursor = questions.end_of_stride(step, answer)
            if cursor is None:
                return self.search(store, replace(query, offset=0, limit=0), audience)
            left -= size
        return self.search(store, replace(query, offset=0, after=cursor), audience)

    def _answer(self, store: Store, query: Query, body: Json) -> Json:
        params = {"filter_path": questions.ANSWER, "allow_partial_search_results": "false"}
        if query.facets:
            params["request_cache"] = "true"
        if self._replicas:  # Copies of a shard score a little differently: a query stays with one, page after page.
            params["preference"] = f"{hash((query.text, query.filters)):x}"
        try:
            answer: Json = self._connection.ask(
                "POST",
                f"/{self._index(store)}/_search",
                body,
                params=params,
                timeout_s=self._timeout_s + GRACE_S,
                when_late=QueryTooExpensive,
            )
        except RequestError as error:
            if query.after is not None and "search_after" in str(error.info):
                raise InvalidQuery("The cursor is damaged. Begin at the first page.", place="after") from error
            raise
        except QueryTooExpensive as error:
            histograms = [facet for facet in query.facets if isinstance(facet, DateHistogram)]
            if histograms and "too_many_buckets" in str(error.__cause__):
                raise too_many_intervals(histograms) from error
            raise
        if answer["timed_out"]:
            raise QueryTooExpensive
        return answer


def _alias(index: str) -> str:
    """The name under which an index is written: it goes with the index, so nothing is written where none is."""
    return f"{index}.write"
