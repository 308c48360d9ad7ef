"""What a search URL asks of the engine."""

import pytest

from apps.search.errors import InvalidQuery
from apps.search.forms import url
from apps.search.forms.url_query import page_query, request
from apps.search.types import (
    And,
    DateHistogram,
    Exists,
    FacetShape,
    FacetType,
    Interval,
    Kind,
    Like,
    Match,
    Not,
    Or,
    Phrase,
    Range,
    Terms,
)

SECOND = 1_000
DAY = 24 * 3600 * SECOND
APRIL_2021 = 1617235200000


def filters(query_string):
    return request(url.parse(query_string)).query.filters


@pytest.mark.parametrize(
    ("query_string", "clause"),
    [
        ("filter.x=a&filter.x=b", Match("x", ("a", "b"))),
        ("filter.x=1E10", Match("x", ("1E10", 1e10))),
        ("filter.x=5", Match("x", ("5", 5))),
        ("filter.x=True", Match("x", ("True", True))),
        ("filter-match-all.x=a&filter-match-all.x=b", And((Match("x", ("a",)), Match("x", ("b",))))),
        ("filter-not.x=a&filter-not.x=b", Not(Match("x", ("a", "b")))),
        ("filter-exists.x=FALSE", Not(Exists("x"))),
        ("filter-like.x=ly*", Like("x", "ly*")),
        ("filter-range.x=-5---2", Range("x", Kind.NUMBER, -5, -2)),
        ("filter-range.x=*--1e3", Range("x", Kind.NUMBER, None, 1000)),
        ("filter-range.x=5--<10", Range("x", Kind.NUMBER, 5, 10, includes_upper=False)),
        ("filter-range.x=*--*", Exists("x")),
        ("filter-range.x=2021-04-01--2021-04-01", Range("x", Kind.DATE, APRIL_2021, APRIL_2021 + DAY - 1)),
        ("filter-month.x=2021-04-17 10:00:00", Range("x", Kind.DATE, APRIL_2021, APRIL_2021 + 30 * DAY - 1)),
        ("filter-day.x=2021-04-01 23:59:59", Range("x", Kind.DATE, APRIL_2021, APRIL_2021 + DAY - 1)),
        ("filter-day.x=2021-04", Range("x", Kind.DATE, APRIL_2021, APRIL_2021 + 30 * DAY - 1)),
        ("filter-second.x=2021-04-01", Range("x", Kind.DATE, APRIL_2021, APRIL_2021 + DAY - 1)),
    ],
)
def test_each_filter_has_its_clause(query_string, clause):
    assert filters(query_string) == (clause,)


def test_the_last_day_of_a_leap_year_belongs_to_it():
    (year,) = filters("filter-year.x=2020-06-01")

    assert year.upper - year.lower + 1 == 366 * DAY


def test_years_in_a_range_are_numbers_too():
    (clause,) = filters("filter-range.x=2015--2020")

    assert [(each.kind, each.lower) for each in clause.clauses] == [(Kind.NUMBER, 2015), (Kind.DATE, 1420070400000)]


def test_several_ranges_of_a_path_are_alternatives():
    assert filters("filter-range.x=1--2&filter-range.x=5--6") == (
        Or((Range("x", Kind.NUMBER, 1, 2), Range("x", Kind.NUMBER, 5, 6))),
    )


def test_facets_narrow_each_other_and_not_themselves():
    asked = request(url.parse("facet=x&facet=y:3&filter.x=a&filter.x=b&filter-range.y=1--2&filter.z=c")).query

    x, y, z = Match("x", ("a", "b")), Range("y", Kind.NUMBER, 1, 2), Match("z", ("c",))
    assert asked.filters == (z,)
    assert asked.post_filters == (x, y)
    assert asked.facets == (Terms(name="x", path="x", filters=(y,)), Terms(name="y", path="y", size=3, filters=(x,)))


def test_what_must_all_hold_narrows_its_own_facet_too():
    asked = request(url.parse("facet=x&filter-match-all.x=a")).query

    assert (asked.filters, asked.post_filters) == ((Match("x", ("a",)),), ())


def test_a_page_brings_facets_of_its_own():
    months = DateHistogram(name="When", path="d", interval=Interval.MONTH, filters=(Exists("e"),))

    asked = page_query(url.parse("filter-month.d=2021-04&filter.x=a"), [months, Terms(name="x", path="x")])

    assert asked.facets[0].filters == (Exists("e"), Match("x", ("a",)))
    assert [clause.path for clause in asked.facets[1].filters] == ["d"]


def test_the_request_holds_what_the_answer_shall_hold():
    asked = request(url.parse("q=a&facet=x&highlight=1&fields=t&cursor=c&bypass_visible_to=True"))

    assert asked.shapes == (FacetShape(FacetType.TERMS),)
    assert (asked.highlights, asked.fields, asked.cursor, asked.sees_all) == (True, ("t",), "c", True)


def test_advanced_text_is_lucene_syntax():
    assert request(url.parse("q=x:a&advanced=1")).query.text == Phrase("a", "x")
    with pytest.raises(InvalidQuery, match="ends too early"):
        request(url.parse("q=(a&advanced=true"))
