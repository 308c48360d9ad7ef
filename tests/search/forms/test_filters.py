"""Filters of a query document."""

import re

import pytest

from apps.search.errors import InvalidQuery
from apps.search.forms import document
from apps.search.types import And, Box, Exists, Kind, Like, Match, Not, Nothing, Or, Range

NEW = "query#1.0.0"
FIRST_OF_APRIL, LAST_OF_APRIL = 1617235200000, 1619827199999


def clause(**asked):
    return document.search({"@version": NEW, "filters": [asked]}).query.filters[0]


def ranges(*values):
    return clause(type="range", field_name="x", values=list(values))


def complaint(*filters, version=NEW):
    with pytest.raises(InvalidQuery) as caught:
        document.search({"@version": version, "filters": list(filters)})
    return str(caught.value)


@pytest.mark.parametrize(
    ("asked", "read"),
    [
        ({"type": "match_any", "field_name": "x", "values": [1, "1", True]}, Match("x", (1, "1", True))),
        ({"type": "match_all", "field_name": "x", "values": ["a", "b"]}, And((Match("x", ("a",)), Match("x", ("b",))))),
        ({"type": "exists", "field_name": r"a\.b.c"}, Exists(r"a\.b.c")),
        ({"type": "like", "field_name": "x", "value": "Lyso*-?"}, Like("x", "Lyso*-?")),
        ({"type": "not", "filter": {"type": "exists", "field_name": "x"}}, Not(Exists("x"))),
        ({"type": "and", "filters": [{"type": "exists", "field_name": "x"}]}, And((Exists("x"),))),
        ({"type": "or", "filters": [{"type": "exists", "field_name": "x"}]}, Or((Exists("x"),))),
        (
            {
                "type": "geo_bounding_box",
                "field_name": "p",
                "top_left": {"lat": 10, "lon": 170},
                "bottom_right": {"lat": -5.5, "lon": -170},
            },
            Box("p", 10, 170, -5.5, -170),
        ),
    ],
)
def test_each_type_has_its_clause(asked, read):
    assert clause(**asked) == read


@pytest.mark.parametrize(
    ("asked", "read"),
    [
        ({"from": 1, "to": 2.5}, Range("x", Kind.NUMBER, 1, 2.5)),
        ({"gt": 1, "lt": 2}, Range("x", Kind.NUMBER, 1, 2, False, False)),
        ({"low": 1, "high": "*"}, Range("x", Kind.NUMBER, 1)),
        ({"from": "*", "to": "*"}, Exists("x")),
        ({"from": "2021-04", "to": "2021-04"}, Range("x", Kind.DATE, FIRST_OF_APRIL, LAST_OF_APRIL)),
        ({"gt": "2021-04"}, Range("x", Kind.DATE, LAST_OF_APRIL, None, False)),
        ({"lt": "2021-04"}, Range("x", Kind.DATE, None, FIRST_OF_APRIL, True, False)),
        ({"gt": "2021-04", "lt": "2021-04"}, Nothing()),
    ],
)
def test_a_date_in_a_range_covers_all_that_it_names(asked, read):
    assert ranges(asked) == read


def test_several_ranges_are_alternatives():
    assert ranges({"to": 1}, {"from": 5}) == Or((Range("x", Kind.NUMBER, None, 1), Range("x", Kind.NUMBER, 5)))


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ({"type": "rang"}, 'filters.0.type: must be one of: .* Did you mean "range"?'),
        ({"type": "match_any", "field_name": "x", "values": []}, "values: must not be an empty list"),
        (
            {"type": "match_any", "field_name": "x", "values": [None]},
            "values.0: must be a text, a number",
        ),
        ({"type": "match_any", "field_name": "x", "values": ["a\0"]}, "values.0: must not hold the character NUL"),
        ({"type": "match_any", "field_name": "", "values": ["a"]}, "field_name: must not be empty"),
        ({"type": "like", "field_name": "x", "value": "a*" * 21}, "value: must hold at most 20 stars"),
        ({"type": "match_all", "field_name": "x", "values": [1] * 1024}, "at most 1024 filters and values"),
        ({"type": "exists"}, "field_name: Missing data for required field."),
        ({"type": "exists", "field_name": "x", "value": 1}, "filters.0.value: This key is not known."),
        ({"type": "range", "field_name": "x", "values": [{}]}, 'values.0: must hold "from" or "to"'),
        ({"type": "range", "field_name": "x", "values": [{"from": "5"}]}, "write a number without quotes"),
        (
            {"type": "range", "field_name": "x", "values": [{"from": 1, "to": "2021"}]},
            "both be numbers",
        ),
        ({"type": "range", "field_name": "x", "values": [{"from": 2, "to": 1}]}, "before it begins"),
        ({"type": "range", "field_name": "x", "values": [{"from": 1, "gt": 1}]}, "values.0.gt: Give one of from, gte"),
        ({"type": "geo_shape", "field_name": "x", "shape": {}}, "must be a GeoJSON Polygon"),
        ({"type": "exists", "field_name": "x", "post_filter": True}, "belongs to version 2017-09-01"),
    ],
)
def test_a_bad_filter_is_told_with_its_place(asked, told):
    assert re.search(told, complaint(asked))


def test_the_values_of_all_filters_together_have_a_bound():
    asked = {"type": "match_any", "field_name": "x", "values": ["a"] * 10_000}

    assert "at most 65536 values" in complaint(*[asked] * 7)


def test_filters_may_be_nested_twenty_deep_and_no_deeper():
    asked = {"type": "exists", "field_name": "x"}
    for _ in range(19):
        asked = {"type": "not", "filter": asked}

    assert isinstance(clause(**asked), Not)
    assert "nested at most 20 deep" in complaint({"type": "not", "filter": asked})


def test_version_2017_leaves_facets_alone_for_all_but_match_all():
    kinds = [{"type": "exists", "field_name": "a"}, {"type": "match_all", "field_name": "b", "values": [1]}]
    said = [{"type": "exists", "field_name": "c", "post_filter": False}]

    query = document.search({"filters": kinds + said}).query

    assert query.filters == (Match("b", (1,)), Exists("c"))
    assert query.post_filters == (Exists("a"),)


def test_version_1_has_a_list_for_the_filters_after_facets():
    asked = {"@version": NEW, "filters": [{"type": "exists", "field_name": "a"}]}
    asked["post_facet_filters"] = [{"type": "exists", "field_name": "b"}]

    query = document.search(asked).query

    assert (query.filters, query.post_filters) == ((Exists("a"),), (Exists("b"),))
