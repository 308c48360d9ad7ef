"""Polygons: exact, the same on both engines, and nothing of hidden places."""

from __future__ import annotations

import json

import pytest
from django.utils import timezone

from apps.search import ingest
from apps.search import places as placing
from apps.search import services as search
from apps.search.errors import QueryTooExpensive
from apps.search.types import Not, Query, Within
from tests.search.conftest import entry

pytestmark = pytest.mark.django_db

TRIANGLE = {"type": "Polygon", "coordinates": [[[0, 0], [10, 0], [0, 10], [0, 0]]]}
SQUARE_INSIDE = {"type": "Polygon", "coordinates": [[[1, 1], [2, 1], [2, 2], [1, 2], [1, 1]]]}
SQUARE_ACROSS = {"type": "Polygon", "coordinates": [[[4, 4], [9, 4], [9, 9], [4, 9], [4, 4]]]}
SQUARE_OUTSIDE = {"type": "Polygon", "coordinates": [[[8, 8], [9, 8], [9, 9], [8, 9], [8, 8]]]}


def within(path, *, is_inside=False, shape=TRIANGLE):
    return Query(filters=(Within(path, json.dumps(shape), is_inside),), by_subject=True)


@pytest.fixture
def area(index, alice):
    search.map_fields(index=index, actor=alice, mapping={"area": "geo_shape", "at": "geo_point"})


def test_shapes_that_meet_the_polygon_are_found_and_not_those_beside_it(area, put, find):
    put(entry("in", area=SQUARE_INSIDE), entry("across", area=SQUARE_ACROSS), entry("out", area=SQUARE_OUTSIDE))

    assert find(query=within("area")) == ["across", "in"]
    assert find(query=within("area", is_inside=True)) == ["in"]


def test_points_in_all_their_forms_are_found(area, put, find):
    put(entry("a", at={"lat": 1, "lon": 2}), entry("b", at="1,2"), entry("c", at=[2, 1]), entry("d", at="9,9"))

    assert find(query=within("at")) == ["a", "b", "c"]


def test_one_of_several_places_is_enough(area, put, find):
    put(entry("a", at=[{"lat": 50, "lon": 50}, {"lat": 1, "lon": 1}]), entry("b", at=[{"lat": 50, "lon": 1}, "1,50"]))

    assert find(query=within("at")) == ["a"]


def test_the_place_of_a_hidden_entry_finds_nothing(area, put, find, urn_of, alice, charlie):
    put(entry("a", title="open"), entry("a", urn_of(alice), id="place", area=SQUARE_INSIDE))

    assert [find(actor, within("area")) for actor in (None, charlie, alice)] == [[], [], ["a"]]


def test_not_within_is_all_the_rest(area, put, find):
    put(entry("in", area=SQUARE_INSIDE), entry("out", area=SQUARE_OUTSIDE), entry("nowhere"))

    [inside] = within("area").filters
    assert find(query=Query(filters=(Not(inside),), by_subject=True)) == ["nowhere", "out"]


def test_what_is_no_place_is_kept_as_it_is(area, put, find):
    task = put(entry("a", area="Hall 3"), entry("b", at={"lat": 91, "lon": 0}))

    assert (task.failed, find()) == (0, ["a", "b"])


def test_too_many_places_around_a_polygon_are_too_expensive(area, put, find, monkeypatch):
    monkeypatch.setattr(placing, "MOST_CANDIDATES", 1)
    put(entry("a", at="1,1"), entry("b", at="1,2"))

    with pytest.raises(QueryTooExpensive):
        find(query=within("at"))


def test_a_delete_by_query_hears_polygons(area, put, index, alice, find):
    put(entry("in", area=SQUARE_INSIDE), entry("out", area=SQUARE_OUTSIDE))

    search.remove_by_query(index=index, actor=alice, query=within("area"))
    ingest.drain(index.pk, clock=timezone.now)

    assert find() == ["out"]
