"""OpenSearch keeps the contract, and what is particular to it: versions, mappings, writers, a server that is away.

``VITRINE_TEST_OPENSEARCH_URL`` says where one runs. Without it the tests are skipped, or fail if
``VITRINE_TEST_REQUIRE_SERVICES=1``.
"""

import os
import socket
from concurrent.futures import ThreadPoolExecutor
from uuid import uuid4

import pytest

from apps.search.backends.base import NoSuchStore
from apps.search.backends.opensearch import OpenSearchBackend, connection, schema
from apps.search.backends.opensearch.connection import meaning
from apps.search.errors import EngineUnavailable, InvalidDocument, InvalidQuery, QueryTooExpensive
from apps.search.types import (
    Bucket,
    DateHistogram,
    Everything,
    Exists,
    Fuzzy,
    Interval,
    Like,
    Match,
    Not,
    Or,
    Phrase,
    Query,
    Sort,
    Store,
    SubjectIn,
    Terms,
    Wildcard,
    Words,
)
from tests.search.contract import SearchBackendContract
from tests.search.makers import ALICE, BOB, NOBODY, audience, gone, record, shared
from tests.search.shelf import Shelf

pytestmark = pytest.mark.opensearch
PREFIX = "vitrinetest"


@pytest.fixture(scope="module")
def url():
    url = os.environ.get("VITRINE_TEST_OPENSEARCH_URL", "")
    if not url and os.environ.get("VITRINE_TEST_REQUIRE_SERVICES") == "1":
        pytest.fail("OpenSearch is required here: set VITRINE_TEST_OPENSEARCH_URL")
    if not url:
        pytest.skip("no OpenSearch: set VITRINE_TEST_OPENSEARCH_URL to where one runs")
    return url


@pytest.fixture(scope="module")
def engine(url):
    return OpenSearchBackend(url=url, prefix=PREFIX)


class TestOpenSearchBackend(SearchBackendContract):
    writes_are_atomic = False

    @pytest.fixture
    def backend(self, engine):
        return engine

    def test_an_older_write_loses_whichever_comes_last(self, engine, store, shelf):
        write(engine, store, [record("a", {"x": "new"}), gone("b")], version=5)

        write(engine, store, [record("a", {"x": "old"}), record("b", {"x": "old"})], version=4)

        assert shelf.found() == ["a"]
        assert shelf.found(Match("x", ("new",))) == ["a"]

    def test_an_older_write_leaves_no_view_beside_a_newer_one(self, engine, store, shelf):
        write(engine, store, [record("a", {"x": "new"})], version=5)

        write(engine, store, [shared("a", ([ALICE], {"x": "old"}), ([BOB], {"x": "older"}))], version=4)

        assert engine.size(store).documents == 1
        assert shelf.deep(2).found(audience=audience(BOB)) == ["a"]

    def test_writers_that_bring_new_paths_at_once_agree(self, url, engine, store, shelf):
        engines = [engine, OpenSearchBackend(url=url, prefix=PREFIX)]
        parts = [[record(f"{n}", {f"p{(n + i) % 9}": n for i in range(5)})] for n in range(9)]

        with ThreadPoolExecutor(6) as threads:
            list(threads.map(lambda n: write(engines[n % 2], store, parts[n], version=1), range(9)))

        assert [shelf.found(Match(f"p{n}", (n,))) for n in range(9)] == [[f"{n}"] for n in range(9)]

    def test_a_refused_subject_is_named_and_the_others_are_written(self, engine, store, shelf):
        huge = "x" * 40_000

        with pytest.raises(InvalidDocument, match="immense term") as caught:
            write(engine, store, [record("a", {"x": 1}), record(huge, {"x": 1}), record("c", {"x": 1})], version=1)

        assert list(caught.value.details["subjects"]) == [huge]
        write(engine, store, [], version=1)
        assert shelf.found() == ["a", "c"]

    def test_a_dropped_store_cannot_be_written(self, engine, store):
        with engine.writer(store) as writer:
            engine.drop(store)

            with pytest.raises(NoSuchStore):
                writer.add([record("a", {})], version=1)

            assert not engine.exists(store)
            engine.create(store)

    def test_a_store_made_again_learns_its_paths_again(self, url, engine, store, shelf):
        write(engine, store, [record("a", {"x": 1})], version=1)
        other = OpenSearchBackend(url=url, prefix=PREFIX)
        other.drop(store)
        other.create(store)

        write(engine, store, [record("b", {"x": 1})], version=1)

        assert shelf.found(Match("x", (1,))) == ["b"]

    def test_past_the_field_limit_values_are_free_text(self, url, shelf):
        small = OpenSearchBackend(url=url, prefix=PREFIX, field_limit=40)
        store = Store(index_id=f"small{uuid4().hex[:12]}", generation=1)
        small.create(store)
        write(small, store, [record("few", {"x": "word"}), record("x", {"x": "y"})], version=1)

        write(small, store, [record("many", {f"p{n}": "word" for n in range(50)})], version=2)

        crowded = Shelf(small, store)
        assert crowded.found(Phrase("word")) == ["few", "many"]
        assert crowded.found(Match("x", ("word",))) == ["few"]
        assert crowded.found(Exists("p7")) == ["many"]
        assert crowded.found(Match("p7", ("word",))) == []
        small.drop(store)

    def test_offsets_behind_the_window_are_walked_to(self, monkeypatch, shelf):
        monkeypatch.setattr(schema, "MAX_WINDOW", 10)
        monkeypatch.setattr(schema, "MAX_STRIDE", 4)
        shelf.put(*(record(f"{n:02}", {"n": n % 7}) for n in range(40)))
        facet = Terms(name="f", path="n", size=1)

        def page(offset, limit):
            found = shelf.ask(Query(sort=(Sort("n"),), offset=offset, limit=limit, facets=(facet,)))
            assert (found.total, found.facets[0].buckets) == (40, (Bucket(0, 6),))
            return [hit.subject for hit in found.hits]

        whole = [hit.subject for n in range(0, 40, 10) for hit in shelf.ask(Query(sort=(Sort("n"),), offset=n)).hits]
        assert whole == sorted(whole, key=lambda subject: (-(int(subject) % 7), subject))
        assert [page(*span) for span in ((8, 5), (25, 7), (39, 9))] == [whole[8:13], whole[25:32], whole[39:]]
        assert page(40, 5) == page(1000, 5) == []

    def test_what_costs_too_much_is_refused(self, shelf):
        shelf.put(record("a", {"x": "word"}))
        deep = Everything()
        for _ in range(150):
            deep = Not(deep)

        for clause in (
            Or(tuple(Phrase(f"w{n}") for n in range(3000))),
            Like("x", "*a" * 300),
            SubjectIn(tuple(map(str, range(70_000)))),
            deep,
        ):
            with pytest.raises(QueryTooExpensive):
                shelf.found(clause)

    def test_long_patterns_never_reach_the_engine(self, shelf):
        shelf.put(record("a", {"x": "word"}))

        with pytest.raises(QueryTooExpensive, match="contains"):
            shelf.facet(Terms(name="f", path="x", contains="c" * 5000))
        assert shelf.counts(Words(name="f", path="", prefix="w" * 60_000)) == []
        patterns = (Like("x", "?" * 20_000), Wildcard("?" * 5000), Fuzzy("w" * 10_000, 2))
        assert [shelf.found(pattern) for pattern in patterns] == [[], [], []]

    def test_more_intervals_than_the_engine_counts_name_the_facet(self, shelf):
        days = [f"{1000 + n // 28 // 12}-{n // 28 % 12 + 1:02}-{n % 28 + 1:02}" for n in range(70_000)]
        shelf.put(*(record(f"{n}", {"x": days[n : n + 3500]}) for n in range(0, 70_000, 3500)))

        with pytest.raises(QueryTooExpensive, match="'days'"):
            shelf.facet(DateHistogram(name="days", path="x", interval=Interval.DAY))

    def test_a_cursor_of_another_order_is_not_valid(self, shelf):
        shelf.put(record("a", {"x": 1}), record("b", {"x": 2}))

        for after in ((), ("a", "b", "c"), ("no number", "a")):
            with pytest.raises(InvalidQuery):
                shelf.ask(Query(sort=(Sort("x"),), after=after))

    def test_half_a_surrogate_pair_harms_nothing(self, shelf):
        shelf.put(record("a", {"x": "half \ud83d pair"}), record("b", {"x": "whole"}))

        assert shelf.found(Phrase("half")) == ["a"]
        assert shelf.found(Or((Match("x", ("\ud83d",)), Like("x", "\ud83d*"), Wildcard("\ud83d*", "x")))) == []

    def test_a_fork_opens_connections_of_its_own(self, engine, store):
        assert engine.exists(store)

        child = os.fork()
        if not child:
            os._exit(0 if all(engine.exists(store) for _ in range(20)) else 1)

        assert all(engine.exists(store) for _ in range(20))
        assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0


class TestServerThatIsAway:
    STORE = Store(index_id="away", generation=1)

    @pytest.fixture
    def silent(self):
        """A server that takes connections and says nothing."""
        with socket.create_server(("127.0.0.1", 0)) as server:
            yield OpenSearchBackend(url=f"http://127.0.0.1:{server.getsockname()[1]}", timeout_s=0.2)

    @pytest.fixture
    def dead(self):
        with socket.create_server(("127.0.0.1", 0)) as server:
            port = server.getsockname()[1]
        return OpenSearchBackend(url=f"http://127.0.0.1:{port}")

    def test_a_dead_server_is_unavailable(self, dead):
        for act in (dead.create, dead.drop, dead.exists, dead.size, lambda store: dead.writer(store).__enter__()):
            with pytest.raises(EngineUnavailable):
                act(self.STORE)
        with pytest.raises(EngineUnavailable):
            dead.search(self.STORE, Query(), NOBODY)

    def test_a_server_that_does_not_answer_is_unavailable(self, silent):
        with pytest.raises(EngineUnavailable):
            silent.exists(self.STORE)

    def test_a_search_without_an_answer_costs_too_much(self, silent, monkeypatch):
        monkeypatch.setattr(connection, "GRACE_S", 0)

        with pytest.raises(QueryTooExpensive):
            silent.search(self.STORE, Query(), NOBODY)


def write(backend, store, subjects, *, version):
    with backend.writer(store) as writer:
        writer.add(subjects, version=version)


def test_why_the_engine_is_too_busy_stands_in_the_log(caplog):
    error = meaning(429, "circuit_breaking_exception: [parent] Data too large")

    assert isinstance(error, EngineUnavailable)
    assert "(429): circuit_breaking_exception: [parent]" in caplog.text
    assert "parent" not in str(error)
