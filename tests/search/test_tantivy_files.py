"""The embedded engine's files, locks and threads."""

from __future__ import annotations

import shutil
from concurrent.futures import ThreadPoolExecutor
from threading import Event, Thread

import pytest
from tantivy import Document, Index, SchemaBuilder

from apps.search.backends.base import NoSuchStore
from apps.search.backends.tantivy import TantivyBackend, layout, stores
from apps.search.backends.tantivy.limits import Pool
from apps.search.errors import EngineUnavailable, QueryTooExpensive
from apps.search.types import Match, Phrase, Query, Store, Terms
from tests.search.makers import NOBODY, record
from tests.search.shelf import Shelf


@pytest.fixture
def backend(tmp_path):
    return TantivyBackend(folder=tmp_path, writer_heap_bytes=15_000_000)


@pytest.fixture
def shelf(backend):
    store = Store("index", 1)
    backend.create(store)
    return Shelf(backend, store)


def test_a_store_whose_directory_is_gone_is_no_store(shelf, tmp_path):
    shelf.put(record("a", {}))
    assert shelf.found() == ["a"]

    shutil.rmtree(tmp_path / f"index-1.v{layout.VERSION}")

    with pytest.raises(NoSuchStore):
        shelf.found()


def test_a_store_made_anew_by_another_process_is_seen(shelf, tmp_path):
    shelf.put(record("a", {}))
    assert shelf.found() == ["a"]
    other = TantivyBackend(folder=tmp_path, writer_heap_bytes=15_000_000)

    other.drop(shelf.store)
    other.create(shelf.store)
    Shelf(other, shelf.store).put(record("b", {}))

    assert shelf.found() == ["b"]


def test_what_another_process_writes_is_found_at_once(shelf, tmp_path):
    other = Shelf(TantivyBackend(folder=tmp_path, writer_heap_bytes=15_000_000), shelf.store)

    for i in range(4):
        (shelf, other)[i % 2].put(record(f"{i}", {}))
        assert shelf.found() == other.found() == [f"{n}" for n in range(i + 1)]


def test_writers_in_turn_leave_no_files_behind(shelf, tmp_path):
    for i in range(12):
        shelf.put(record(f"{i % 3}", {"x": i}))

    assert len(list((tmp_path / f"index-1.v{layout.VERSION}").iterdir())) < 60
    assert shelf.backend.size(shelf.store).documents == 3


def test_a_second_writer_waits_for_the_first(backend, shelf):
    entered, leave = Event(), Event()

    def first():
        with backend.writer(shelf.store) as writer:
            entered.set()
            leave.wait(20)
            writer.add([record("a", {"x": "first"})], version=1)

    thread = Thread(target=first)
    thread.start()
    entered.wait(20)
    with ThreadPoolExecutor(1) as pool:
        second = pool.submit(shelf.put, record("a", {"x": "second"}))
        leave.set()
        second.result(20)
    thread.join()

    assert shelf.found(Match("x", ("second",))) == ["a"]


def test_a_writer_that_waits_too_long_says_so(backend, shelf, monkeypatch):
    monkeypatch.setattr(stores, "LOCK_WAIT_S", 0.05)

    with backend.writer(shelf.store), pytest.raises(EngineUnavailable), backend.writer(shelf.store):
        pass


def test_a_writer_that_fails_leaves_all_as_it_was_and_the_lock_free(backend, shelf):
    shelf.put(record("a", {}))

    with pytest.raises(AttributeError), backend.writer(shelf.store) as writer:
        writer.add([record("a", {"x": 1}), record("b", {}), None], version=1)

    shelf.put(record("c", {}))
    assert shelf.found() == ["a", "c"]


def test_many_threads_ask_while_one_writes(shelf):
    shelf.put(*(record(f"{i:03}", {"t": "word", "n": i}) for i in range(50)))
    query = Query(text=Phrase("word"), facets=(Terms(name="f", path="n"),), limit=100)

    with ThreadPoolExecutor(8) as pool:
        answers = [pool.submit(shelf.backend.search, shelf.store, query, NOBODY) for _ in range(60)]
        for i in range(50, 55):
            shelf.put(record(f"{i:03}", {"t": "word", "n": i}))

    assert all(len(one.result().hits) == one.result().total >= 50 for one in answers)


def test_a_question_that_takes_too_long_is_given_up():
    pool, release = Pool(workers=1, timeout_s=0.05), Event()

    with pytest.raises(QueryTooExpensive):
        pool.run(release.wait)
    with pytest.raises(EngineUnavailable):
        pool.run(lambda: 1)
    release.set()

    assert soon(lambda: pool.run(lambda: 1)) == 1


def test_a_question_that_waits_too_long_for_a_thread_is_turned_away():
    pool, release = Pool(workers=1, timeout_s=0.5), Event()
    with ThreadPoolExecutor(2) as callers:
        answers = [callers.submit(pool.run, lambda: release.wait(20)) for _ in range(2)]
        errors = {type(answer.exception(20)) for answer in answers}
        release.set()

    assert errors == {QueryTooExpensive, EngineUnavailable}


def test_a_panic_of_the_engine_is_an_error_of_the_question():
    index = Index(SchemaBuilder().add_json_field("n", fast=True).build())
    writer, document = index.writer(15_000_000, 1), Document()
    document.add_json("n", {"x": [2.0, 2.5]})
    writer.add_document(document)
    writer.commit()
    index.reload()
    mixed = index.parse_query("n.x:[2 TO 2.5]", ["n"])

    with pytest.raises(QueryTooExpensive):
        Pool(workers=1, timeout_s=5).run(lambda: index.searcher().search(mixed, 1))


def soon(ask):
    """What is answered, once it is: a thread that was given up needs a moment to come back."""
    for _ in range(1000):
        try:
            return ask()
        except EngineUnavailable:
            Event().wait(0.01)
    raise AssertionError("it did not come back")
