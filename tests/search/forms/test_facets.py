"""Facets of a query document."""

import math

import pytest

from apps.search.errors import InvalidQuery
from apps.search.forms import document
from apps.search.types import (
    DateHistogram,
    Distinct,
    Exists,
    FacetShape,
    FacetType,
    Interval,
    Kind,
    Ranges,
    Statistics,
    Terms,
    Words,
)

NEW = "query#1.0.0"
JANUARY_2020, JANUARY_2021 = 1577836800000, 1609459200000


def facet(**asked):
    request = document.search({"@version": NEW, "q": "*", "facets": [{"field_name": "x", **asked}]})
    return request.query.facets[0], request.shapes[0]


def complaint(*facets):
    with pytest.raises(InvalidQuery) as caught:
        document.search({"q": "*", "facets": list(facets)})
    return str(caught.value)


def test_terms_are_the_usual_facet():
    assert facet() == (Terms(name="x", path="x", size=10), FacetShape(FacetType.TERMS))


def test_terms_take_all_that_pages_and_searches_in_them():
    read, shape = facet(
        type="terms", name="n", size=5, offset=10, order="value", contains="lyso", exclude=["a", 1], missing=True
    )

    assert read == Terms(name="n", path="x", size=5, offset=10, by_value=True, contains="lyso", exclude=("a", 1))
    assert shape.shows_missing


@pytest.mark.parametrize(
    ("asked", "read"),
    [
        ({"type": "distinct_count"}, Distinct(name="x", path="x")),
        ({"type": "words", "prefix": "ly"}, Words(name="x", path="x", prefix="ly")),
        ({"type": "min", "kind": "date"}, Statistics(name="x", path="x", kind=Kind.DATE)),
        ({"type": "stats", "size": 10}, Statistics(name="x", path="x")),
        ({"type": "percentiles", "percents": [50, 99.9]}, Statistics(name="x", path="x", percents=(50, 99.9))),
        (
            {"type": "date_histogram", "date_interval": "month", "histogram_range": {"low": "2020", "high": "2020"}},
            DateHistogram(name="x", path="x", interval=Interval.MONTH, low=JANUARY_2020, high=JANUARY_2021 - 1),
        ),
    ],
)
def test_other_types(asked, read):
    assert facet(**asked)[0] == read


def test_the_answer_to_a_sum_knows_the_value_that_was_assumed():
    assert facet(type="sum", missing=2.5) == (Statistics(name="x", path="x"), FacetShape(FacetType.SUM, assumed=2.5))


def test_a_numeric_histogram_has_equal_buckets_and_the_last_holds_its_end():
    read, shape = facet(type="numeric_histogram", size=3, histogram_range={"low": 0, "high": 0.3})

    assert shape.edges == ((0.0, 0.1), (0.1, 0.2), (0.2, 0.3))
    assert read.ranges == ((0.0, 0.1), (0.1, 0.2), (0.2, math.nextafter(0.3, 1)))


def test_ranges_of_dates_meet_without_sharing_anything():
    edges = [{"to": "2020"}, {"from": "2020", "to": "2021"}, {"from": "2021"}]

    read, shape = facet(type="ranges", ranges=edges)

    assert read == Ranges(
        name="x",
        path="x",
        kind=Kind.DATE,
        ranges=((None, JANUARY_2020), (JANUARY_2020, JANUARY_2021), (JANUARY_2021, None)),
    )
    assert shape.edges == ((None, "2020"), ("2020", "2021"), ("2021", None))


def test_a_facet_of_version_1_may_have_filters_of_its_own():
    assert facet(additional_filters=[{"type": "exists", "field_name": "y"}])[0].filters == (Exists("y"),)


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ({"size": 0}, "facets.0.size: must be a whole number from 1 to 10000"),
        ({"size": 2_000_000_000}, "facets.0.size: must be a whole number from 1 to 10000"),
        ({"size": True}, "facets.0.size: must be a whole number from 1 to 10000"),
        ({"size": 5000, "offset": 6000}, "offset + size must be at most 10000"),
        ({"type": "term"}, 'Did you mean "terms"?'),
        ({"type": "date_histogram"}, "date_interval: Missing data for required field."),
        ({"type": "numeric_histogram"}, "size: Missing data for required field."),
        (
            {"type": "numeric_histogram", "size": 2, "histogram_range": {"low": 1, "high": 1}},
            "histogram_range: high must be above low",
        ),
        ({"type": "ranges", "ranges": [{"from": 1}, {"to": "2020"}]}, "all be of numbers or all be of dates"),
        ({"type": "ranges", "ranges": [{"from": 2, "to": 2}]}, '"to" must lie after "from"'),
        ({"additional_filters": []}, 'belongs to "@version": "query#1.0.0"'),
    ],
)
def test_a_bad_facet_is_told_with_its_place(asked, told):
    assert told in complaint({"field_name": "x", **asked})


def test_two_facets_of_a_path_need_names():
    assert "facets.1.name: Two facets have this name" in complaint({"field_name": "x"}, {"field_name": "x"})
