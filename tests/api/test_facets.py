"""Facets as documents ask for them and answers write them: each type, ours among them."""

import pytest

from tests.api.oracle import BUCKETS, differences

pytestmark = pytest.mark.usefixtures("shelf")


@pytest.fixture
def facet(ask):
    """The answer to one facet over all that nobody sees: sub/1, sub/2, sub/3 and sub/5."""

    def facet(user=None, q="*", **asked):
        [found] = ask({"q": q, "limit": 0, "facets": [asked]}, user)["facet_results"]
        assert found["name"] == asked.get("name", asked.get("field_name"))
        return found

    return facet


def counts(found):
    return [(one["value"], one["count"]) for one in found["buckets"]]


def test_terms_come_by_count_and_then_by_value(facet, alice):
    found = facet(field_name="kind", type="terms")

    assert differences(found, BUCKETS) == []
    assert counts(found) == [("map", 2), ("run", 2)]
    assert counts(facet(alice, field_name="kind")) == [("run", 3), ("map", 2), ("note", 1)]


def test_a_facet_tells_how_many_lack_the_field(facet):
    assert facet(field_name="rate", missing=True)["missing"] == 1
    assert facet(field_name="none", missing=True) | {"buckets": []} == facet(field_name="none", missing=True)
    assert "missing" not in facet(field_name="rate")


def test_values_are_searched_excluded_ordered_and_paged(facet):
    assert counts(facet(field_name="title", contains="LYSO")) == [("Lysozyme dry", 1), ("Lysozyme soaked", 1)]
    assert counts(facet(field_name="kind", exclude=["run"])) == [("map", 2)]
    assert counts(facet(field_name="tags", order="value")) == [("cold", 1), ("hot", 2)]
    first, second = facet(field_name="tags", size=1), facet(field_name="tags", size=1, offset=1)
    assert (counts(first), counts(second)) == ([("hot", 2)], [("cold", 1)])
    assert (first["has_more"], "has_more" in second) == (True, False)


def test_numbers_are_measured(facet):
    value = {kind: facet(field_name="rate", type=kind)["value"] for kind in ("sum", "avg", "min", "max", "stats")}

    assert (value["sum"], value["avg"], value["min"], value["max"]) == (13.5, 4.5, 1, 10)
    assert value["stats"] == {"count": 3, "min": 1, "max": 10, "sum": 13.5, "avg": 4.5}


def test_sum_and_average_may_assume_a_value_for_those_without(facet):
    assert facet(field_name="rate", type="sum", missing=1.5)["value"] == 15
    assert facet(field_name="rate", type="avg", missing=1.5)["value"] == 3.75


def test_measures_of_nothing_are_null(facet):
    assert facet(field_name="none", type="avg")["value"] is None
    assert facet(field_name="none", type="min")["value"] is None
    assert facet(field_name="none", type="sum")["value"] == 0
    assert facet(field_name="none", type="distinct_count")["approximate_value"] == 0


def test_percentiles_are_those_asked_for(facet):
    found = facet(field_name="rate", type="percentiles", percents=[0, 50, 99.9])["value"]

    assert list(found) == ["0", "50", "99.9"]
    assert found["0"] == pytest.approx(1, rel=0.02)
    assert found["50"] == pytest.approx(2.5, rel=0.02)


def test_different_values_are_counted(facet):
    assert facet(field_name="kind", type="distinct_count")["approximate_value"] == 2


def test_a_numeric_histogram_has_equal_parts_and_counts_the_last_edge(facet):
    found = facet(field_name="rate", type="numeric_histogram", size=3, histogram_range={"low": 1, "high": 10})

    assert differences(found, BUCKETS) == []
    assert counts(found) == [({"from": 1, "to": 4}, 2), ({"from": 4, "to": 7}, 0), ({"from": 7, "to": 10}, 1)]


def test_a_date_histogram_goes_by_the_calendar(facet):
    years = facet(field_name="made", type="date_histogram", date_interval="year")
    months = facet(
        field_name="made",
        type="date_histogram",
        date_interval="month",
        histogram_range={"low": "2021-04-01", "high": "2021-05"},
    )

    assert [(value[:4], count) for value, count in counts(years)] == [("2021", 2), ("2022", 1), ("2023", 1)]
    assert counts(months) == [("2021-04-01T00:00:00Z", 1), ("2021-05-01T00:00:00Z", 1)]


def test_ranges_are_those_named_and_what_meets_is_counted_once(facet):
    numbers = facet(field_name="rate", type="ranges", ranges=[{"to": 2.5}, {"from": 2.5, "to": 10}, {"from": 10}])
    dates = facet(field_name="made", type="ranges", ranges=[{"from": "2021", "to": "2022"}, {"from": "2022"}])

    assert [count for _, count in counts(numbers)] == [1, 1, 1]
    assert numbers["buckets"][1]["value"] == {"from": 2.5, "to": 10}
    assert counts(dates) == [({"from": "2021", "to": "2022"}, 2), ({"from": "2022", "to": None}, 2)]


def test_words_of_a_text_are_a_facet_too(ask):
    [found] = ask({"q": "*", "facets": [{"type": "words", "prefix": "lys", "name": "w"}]})["facet_results"]

    assert counts(found) == [("lysozyme", 2)]


def test_a_field_may_be_a_facet_twice_under_two_names_and_answers_keep_their_order(ask):
    facets = [
        {"field_name": "kind", "name": "b"},
        {"field_name": "rate"},
        {"field_name": "kind", "name": "a", "size": 1},
    ]

    found = ask({"q": "*", "facets": facets})["facet_results"]

    assert [one["name"] for one in found] == ["b", "rate", "a"]
    assert [len(one["buckets"]) for one in found] == [2, 3, 1]


def test_values_keep_their_types(facet):
    assert counts(facet(field_name="is_good")) == [(True, 1)]
    assert counts(facet(field_name="rate")) == [(1, 1), (2.5, 1), (10, 1)]
