"""The embedded engine holds the contract, over many segments too, and breaks down over nothing that it is asked."""

from __future__ import annotations

import random
from dataclasses import replace
from itertools import pairwise

import pytest

from apps.search.backends.tantivy import TantivyBackend, ranking
from apps.search.backends.tantivy.bounds import is_open, literals
from apps.search.errors import InvalidQuery, QueryTooExpensive
from apps.search.types import Everything, Kind, Like, Match, Not, Or, Phrase, Query, Range, Sort, Store, Terms, Wildcard
from tests.search.contract import SearchBackendContract
from tests.search.evaluator import answer
from tests.search.makers import NOBODY, record
from tests.search.shelf import Shelf, through_json


@pytest.fixture
def backend(tmp_path):
    return TantivyBackend(folder=tmp_path, writer_heap_bytes=15_000_000)


@pytest.fixture
def shelf(backend):
    store = Store("index", 1)
    backend.create(store)
    return Shelf(backend, store)


class TestTantivyBackend(SearchBackendContract):
    @pytest.fixture
    def backend(self, tmp_path):
        return TantivyBackend(folder=tmp_path, writer_heap_bytes=15_000_000)


# --- many segments: what is asked of each is put together again ------------------------------------------------------


@pytest.fixture
def library(shelf):
    """400 records of five commits, several kinds and several values at a path, many of them equal."""
    chance = random.Random(7)
    values = [None, "red", "blue", "2020-01-01", "2020-01-01T00:00:00Z", True, False, 0.1 + 0.2, *range(30)]
    contents = [{"x": chance.choices(values, k=chance.choice((1, 1, 1, 3))), "n": chance.random()} for _ in range(400)]
    records = [record(f"s{i}", content | {"t": f"word{i % 3}"}) for i, content in enumerate(contents)]
    for first, last in pairwise((0, 100, 180, 300, 390, 400)):
        shelf.put(*records[first:last])
    shelf.views = [view for one in records for view in one.views]
    return shelf


def agrees(shelf, query):
    expected = answer(shelf.views, query, NOBODY, shelf.store)
    found = shelf.backend.search(shelf.store, query, NOBODY)
    assert [hit.subject for hit in found.hits] == [hit.subject for hit in expected.hits]
    assert (found.total, found.facets) == (expected.total, expected.facets)


@pytest.mark.parametrize("offset", [0, 50, 101, 250, 399, 500])
@pytest.mark.parametrize("is_descending", [True, False])
def test_a_deep_page_is_the_same_as_if_all_were_sorted(library, offset, is_descending):
    for sort in ((Sort("x", is_descending),), (Sort("n", is_descending),), (Sort("t", is_descending), Sort("x", True))):
        agrees(library, Query(sort=sort, offset=offset, limit=7))


@pytest.mark.parametrize("size", [1, 3, 10, 100])
def test_facets_of_many_segments_are_exact(library, size):
    for facet in (Terms(name="f", path="x", size=size), Terms(name="f", path="n", size=size, offset=2)):
        agrees(library, Query(facets=(facet, replace(facet, name="g", by_value=True)), by_subject=True, limit=1))


def test_of_more_values_than_are_looked_at_first_the_counts_are_exact(shelf):
    many = [record(f"{i}", {"x": [f"v{i + k:04}" for k in (0, 1, 500)]}) for i in range(1500)]
    shelf.put(*many[:1200])
    shelf.put(*many[1200:])
    shelf.views = [view for one in many for view in one.views]

    for offset in (0, 600):
        agrees(shelf, Query(facets=(Terms(name="f", path="x", size=5, offset=offset),), by_subject=True))


def test_filters_that_python_takes_for_equal_are_two(shelf):
    shelf.put(record("a", {"x": 1}), record("b", {"x": True}), record("c", {"x": True}))
    facets = tuple(Terms(name="f", path="x", filters=(Match("x", (value,)),)) for value in (1, True))

    counts = [[bucket.count for bucket in facet.buckets] for facet in shelf.ask(Query(facets=facets)).facets]

    assert counts == [[1], [2]]


# --- order by relevance ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("largest", [5, 40, 5000])
def test_equal_scores_go_by_subject_however_many_there_are(library, monkeypatch, largest):
    monkeypatch.setattr(ranking, "MAX_GROUP", largest)
    query = Query(text=Or((Phrase("word1"), Phrase("word2"))), limit=30)

    hits = library.backend.search(library.store, replace(query, limit=1000), NOBODY).hits

    assert list(hits) == sorted(hits, key=lambda hit: (-hit.score, hit.subject))
    assert [subject for page in library.pages(query) for subject in page] == [hit.subject for hit in hits]
    assert library.backend.search(library.store, replace(query, offset=77), NOBODY).hits == hits[77:107]


def test_a_relevance_cursor_survives_what_is_written_meanwhile(shelf):
    shelf.put(*(record(f"{i:03}", {"t": "word"}) for i in range(0, 100, 2)))
    query = Query(text=Phrase("word"), limit=10)
    cursor = through_json(shelf.ask(query).hits[-1].cursor)
    shelf.put(*(record(f"{i:03}", {"t": "word " * (1 + i % 4)}) for i in range(1, 100, 2)))

    rest = [hit.subject for hit in shelf.ask(replace(query, after=cursor, limit=1000)).hits]

    assert set(rest) >= {f"{i:03}" for i in range(20, 100, 2)}
    assert len(rest) == len(set(rest))


@pytest.mark.parametrize("cursor", [(), ("x",), (1, 2, 3, 4), ("n", "word", "s"), (1.0, "s", -5), (None,)])
def test_a_cursor_of_another_question_is_refused(shelf, cursor):
    shelf.put(record("a", {"t": "word"}))

    for query in (Query(text=Phrase("word")), Query(sort=(Sort("t"),)), Query(by_subject=True)):
        if (cursor, query.by_subject) != (("x",), True):
            with pytest.raises(InvalidQuery):
                shelf.ask(replace(query, after=cursor))


# --- what the engine would break down over ---------------------------------------------------------------------------


def test_no_literal_of_a_range_mixes_types(shelf):
    edges = [sign * 2.0**power for sign in (1, -1) for power in (0, 1, 51, 52, 53, 62, 63, 64, 80)] + [
        0.0,
        0.5,
        2.5,
        1e300,
    ]
    shelf.put(*(record(f"{i}", {"x": edge}) for i, edge in enumerate(edges)))

    for lower in edges:
        for upper in edges:
            clause = Range("x", Kind.NUMBER, lower, upper, includes_upper=False)
            assert shelf.found(clause) == sorted(f"{i}" for i, edge in enumerate(edges) if lower <= edge < upper)


def test_a_range_without_bounds_has_no_literal():
    assert is_open(Range("x", Kind.NUMBER))
    assert literals(Range("x", Kind.NUMBER, 3, 2)) == []


@pytest.mark.parametrize(
    "clause",
    [
        Or(tuple(Match("x", (i,)) for i in range(6000))),
        Or(tuple(Like("x", f"*{i}*") for i in range(60))),
        Like("x", "*a" + "?" * 200 + "b*"),
        Wildcard("a" * 3000 + "*"),
    ],
)
def test_what_costs_too_much_is_refused(shelf, clause):
    shelf.put(record("a", {"x": "a"}))

    with pytest.raises(QueryTooExpensive):
        shelf.found(clause)


def test_clauses_within_clauses_without_end_are_refused(shelf):
    clause = Everything()
    for _ in range(3000):
        clause = Not(clause)

    with pytest.raises(QueryTooExpensive):
        shelf.found(clause)


def test_strings_that_the_engine_would_take_for_dates_stay_as_they_are(shelf):
    odd = ["2020-01-01T00:00:00Z", "2020-01-01T00:00:00+00:00", "2020-01-01t00:00:00z", "2016-12-31T23:59:60Z"]
    shelf.put(*(record(f"{i}", {"x": value}) for i, value in enumerate(odd)))

    assert [shelf.found(Match("x", (value,))) for value in odd] == [["0"], ["1"], ["2"], ["3"]]
    assert shelf.found(Phrase("01 01T00", path="x")) == ["0", "1", "2"]
    assert {value for value, _ in shelf.counts(Terms(name="f", path="x"))} == set(odd)


def test_half_a_surrogate_pair_does_not_stop_a_batch(shelf):
    shelf.put(record("a\ud800", {"x": "half \udfff word", "y": ["\ud800"]}), record("b", {"x": "word"}))

    assert shelf.found(Phrase("word")) == ["a\ud800", "b"]
    assert shelf.found(Phrase("word", path="x")) == ["a\ud800", "b"]


# --- the beginning of an order ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("is_descending", [True, False])
@pytest.mark.parametrize("scale", [0.1, 1, -7, 1e300])
@pytest.mark.parametrize("every", [1, 60])
def test_an_order_begins_with_the_first_values_of_those_who_see_them(shelf, is_descending, scale, every):
    """One who sees all finds them where the values of the store begin; one who sees few must look again."""
    made = [record(f"{i}", {"n": (i * i % 97) * scale}, ["public"] if i % every == 0 else ["else"]) for i in range(240)]
    shelf.put(*made[:100], without := record("none", {}))
    shelf.put(*made[100:])
    shelf.views = [view for one in (*made, without) for view in one.views]

    order = Sort("n", is_descending=is_descending, kinds=frozenset({Kind.NUMBER}))

    for offset in (0, 3, 50):
        agrees(shelf, Query(sort=(order,), limit=7, offset=offset))


def test_an_order_by_instants_begins_with_the_first_of_them(shelf):
    shelf.put(*(record(f"{i:03}", {"at": f"2020-01-{1 + i % 28:02}T00:00:00.{i:03}Z"}) for i in range(300)))

    newest = shelf.ask(Query(sort=(Sort("at"),), limit=3)).hits

    assert [hit.subject for hit in newest] == ["279", "251", "223"]
