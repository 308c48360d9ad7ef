"""Stores come and go, and are apart from each other."""

from dataclasses import replace

import pytest

from apps.search.backends.base import NoSuchStore
from apps.search.types import (
    DateHistogram,
    Distinct,
    Everything,
    Interval,
    Phrase,
    Query,
    Ranges,
    Sort,
    Statistics,
    Terms,
    Words,
)
from tests.search.makers import NOBODY, gone, record, shared
from tests.search.shelf import Shelf


class StorePromises:
    def test_a_store_exists_from_create_to_drop(self, backend, store):
        assert backend.exists(store)

        backend.drop(store)

        assert not backend.exists(store)

    def test_creating_a_store_that_exists_leaves_it_alone(self, backend, store, shelf):
        shelf.put(record("a", {"x": 1}))

        backend.create(store)

        assert shelf.found() == ["a"]

    def test_dropping_a_missing_store_is_no_error(self, backend, store):
        backend.drop(replace(store, generation=99))

        assert backend.exists(store)

    def test_a_dropped_store_cannot_be_asked(self, backend, store, shelf):
        shelf.put(record("a", {"x": 1}))
        backend.search(store, Query(), NOBODY)
        backend.drop(store)

        with pytest.raises(NoSuchStore):
            backend.search(store, Query(), NOBODY)

    def test_a_store_made_again_is_empty(self, backend, store, shelf):
        shelf.put(record("a", {"x": 1}))
        backend.drop(store)
        backend.create(store)

        assert shelf.found() == []

    def test_the_generations_of_an_index_are_listed(self, backend, store):
        second = replace(store, generation=12)
        alike = replace(store, index_id=store.index_id + "0")
        backend.create(second)
        backend.create(alike)

        held = sorted(backend.stores(store.index_id))
        backend.drop(second)
        backend.drop(alike)

        assert held == [1, 12]
        assert sorted(backend.stores(store.index_id)) == [1]

    def test_generations_are_apart(self, backend, store, shelf):
        second = Shelf(backend, replace(store, generation=2))
        backend.create(second.store)
        shelf.put(record("old", {"x": 1}))
        second.put(record("new", {"x": "one"}))

        found = shelf.found(), second.found()
        backend.drop(second.store)

        assert found == (["old"], ["new"])

    def test_the_size_counts_every_view(self, backend, store, shelf):
        shelf.deep(2).put(record("a", {"x": 1}), shared("b", (["p"], {"x": 1}), (["q"], {"x": 2})))

        size = backend.size(shelf.store)

        assert size.documents == 4
        assert size.bytes > 0

    def test_what_is_gone_does_not_count_for_the_size(self, backend, store, shelf):
        shelf.put(record("a", {"x": 1}), record("b", {"x": 2}))

        shelf.put(gone("a"))

        assert backend.size(store).documents == 1

    def test_an_empty_store_answers(self, shelf):
        answer = shelf.ask(
            Query(
                text=Phrase("word"),
                sort=(Sort("x"),),
                facets=(
                    Terms(name="t", path="x"),
                    Words(name="w", path="", prefix="a"),
                    Ranges(name="r", path="x", ranges=((0, 1),)),
                    DateHistogram(name="h", path="x", interval=Interval.YEAR),
                    Statistics(name="s", path="x", percents=(50,)),
                    Distinct(name="d", path="x"),
                ),
            )
        )

        assert (answer.total, answer.hits) == (0, ())
        assert [[bucket.count for bucket in facet.buckets] for facet in answer.facets] == [[], [], [0], [], [], []]
        assert [facet.missing for facet in answer.facets if facet.name != "w"] == [0] * 5
        assert shelf.found(Everything()) == []
