"""Facets of numbers and instants: ranges, calendar intervals, statistics."""

import pytest

from apps.search import dates
from apps.search.errors import QueryTooExpensive
from apps.search.types import MAX_BUCKETS, DateHistogram, Interval, Kind, Match, Ranges, Statistics
from tests.search.makers import record


def ms(text):
    return dates.span(text)[0]


def ranges(*pairs, kind=Kind.NUMBER):
    return Ranges(name="f", path="x", ranges=pairs, kind=kind)


def histogram(interval, **bounds):
    return DateHistogram(name="f", path="x", interval=interval, **bounds)


STATISTICS = Statistics(name="f", path="x")
TIMES = (
    "2020-02-29T23:59:59.999Z",
    "2020-03-01",
    "2020-03-01T00:00:01.5Z",
    "2021-12-31T23:00:00-02:00",
    "1969-07-20 20:17:40",
)


class HistogramPromises:
    def test_ranges_hold_their_lower_bound_alone(self, shelf):
        shelf.put(*(record(f"{n}", {"x": n}) for n in (-1.5, 0, 1, 1.5, 2)), record("word", {"x": "1"}))

        assert [count for _, count in shelf.counts(ranges((0, 1), (1, 2), (2, 3), (-2, 0), (5, 6)))] == [1, 2, 1, 1, 0]

    def test_ranges_may_overlap_and_be_open_and_come_in_any_order(self, shelf):
        shelf.put(*(record(f"{n}", {"x": n}) for n in range(10)), record("big", {"x": 2.0**60}))
        asked = ((5, None), (None, 3), (None, None), (2, 4), (2, 4), (3, 8), (8, 3), (2.5, 2.6))

        assert shelf.counts(ranges(*asked)) == list(zip(asked, (6, 3, 11, 2, 2, 5, 0, 0), strict=True))

    def test_ranges_may_have_any_bounds(self, shelf):
        shelf.put(record("a", {"x": [-1, 0]}), record("b", {"x": -0.0}), record("c", {"x": 1}))
        zeros = ((None, 0.0), (-0.0, 5), (None, -0.0), (0, 1), (-1, -0.0))
        far = ((float("-inf"), float("inf")), (-(10**400), 10**400), (5e-324, 1e308), (float("nan"), 1))

        assert [count for _, count in shelf.counts(ranges(*zeros))] == [1, 3, 1, 2, 1]
        assert [count for _, count in shelf.counts(ranges(*far))] == [3, 3, 1, 0]

    def test_a_subject_is_counted_once_a_range(self, shelf):
        shelf.put(record("a", {"x": [1, 2, 2, 12]}), record("b", {"x": [5, 15]}))

        assert shelf.counts(ranges((0, 10), (10, 20), (6, 11))) == [((0, 10), 2), ((10, 20), 2), ((6, 11), 0)]

    def test_ranges_of_instants(self, shelf):
        shelf.put(*(record(time, {"x": time}) for time in TIMES), record("n", {"x": ms("2020-03-01")}))
        asked = (
            (ms("2020-03-01"), ms("2020-03-02")),
            (None, ms("1970-01-01")),
            (ms("2020-03-01") - 1, ms("2020-03-01")),
        )

        assert [count for _, count in shelf.counts(ranges(*asked, kind=Kind.DATE))] == [2, 1, 1]

    @pytest.mark.parametrize(
        ("interval", "expected"),
        [
            ("year", [("1969", 1), ("2020", 3), ("2022", 1)]),
            ("quarter", [("1969-07", 1), ("2020-01", 3), ("2022-01", 1)]),
            ("month", [("1969-07", 1), ("2020-02", 1), ("2020-03", 2), ("2022-01", 1)]),
            ("week", [("1969-07-14", 1), ("2020-02-24", 3), ("2021-12-27", 1)]),
            ("day", [("1969-07-20", 1), ("2020-02-29", 1), ("2020-03-01", 2), ("2022-01-01", 1)]),
            ("hour", [("1969-07-20 20:00", 1), ("2020-02-29 23:00", 1), ("2020-03-01", 2), ("2022-01-01 01:00", 1)]),
            ("minute", [("1969-07-20 20:17", 1), ("2020-02-29 23:59", 1), ("2020-03-01", 2), ("2022-01-01 01:00", 1)]),
            (
                "second",
                [
                    ("1969-07-20 20:17:40", 1),
                    ("2020-02-29 23:59:59", 1),
                    ("2020-03-01", 1),
                    ("2020-03-01 00:00:01", 1),
                    ("2022-01-01 01:00", 1),
                ],
            ),
        ],
    )
    def test_a_histogram_of_each_interval(self, shelf, interval, expected):
        shelf.put(*(record(time, {"x": time}) for time in TIMES), record("n", {"x": 5}))

        assert shelf.counts(histogram(Interval(interval))) == [(ms(text), count) for text, count in expected]

    def test_a_week_begins_on_monday(self, shelf):
        shelf.put(*(record(day, {"x": day}) for day in ("2021-01-03", "2021-01-04", "2021-01-10", "2021-01-11")))

        weeks = shelf.counts(histogram(Interval.WEEK))

        assert weeks == [(ms("2020-12-28"), 1), (ms("2021-01-04"), 2), (ms("2021-01-11"), 1)]

    def test_a_subject_with_several_dates_is_counted_once_an_interval(self, shelf):
        shelf.put(record("a", {"x": ["2020-01-01", "2020-01-31", "2020-02-01"]}), record("b", {"x": "2020-01-15"}))

        assert shelf.counts(histogram(Interval.MONTH)) == [(ms("2020-01-01"), 2), (ms("2020-02-01"), 1)]
        assert shelf.counts(histogram(Interval.YEAR)) == [(ms("2020-01-01"), 2)]

    def test_low_and_high_bound_what_is_counted(self, shelf):
        shelf.put(record("a", {"x": ["2020-01-01", "2020-02-01", "2020-03-01"]}), record("b", {"x": "2020-02-29"}))

        bounded = histogram(Interval.MONTH, low=ms("2020-02-01"), high=ms("2020-02-29"))

        assert shelf.counts(bounded) == [(ms("2020-02-01"), 2)]
        assert shelf.counts(histogram(Interval.YEAR, high=ms("2020-02-01"))) == [(ms("2020-01-01"), 1)]
        assert shelf.counts(histogram(Interval.YEAR, low=ms("2020-02-29"))) == [(ms("2020-01-01"), 2)]
        assert shelf.counts(histogram(Interval.YEAR, low=ms("2021"))) == []

    @pytest.mark.parametrize("interval", list(Interval))
    def test_the_ends_of_the_calendar(self, shelf, interval):
        shelf.put(record("first", {"x": "0001-01-01"}), record("last", {"x": "9999-12-31T23:59:59.999Z"}))

        buckets = shelf.counts(histogram(interval, high=ms("0001-02-01"))) + shelf.counts(
            histogram(interval, low=ms("9999-12"))
        )

        starts = [dates.milliseconds(dates.floor(dates.moment(at), interval)) for at in (dates.FIRST_MS, dates.LAST_MS)]
        assert buckets == [(start, 1) for start in starts]

    def test_intervals_that_lie_far_apart_cost_nothing(self, shelf):
        shelf.put(record("a", {"x": ["0001-01-01", "1970-01-01", "9999-12-31"]}))

        for interval in (Interval.SECOND, Interval.DAY, Interval.MONTH, Interval.YEAR):
            assert len(shelf.counts(histogram(interval))) == 3

    def test_too_many_intervals_are_refused(self, shelf):
        first = ms("2020-01-01")
        seconds = [dates.moment(first + 1000 * i).strftime("%Y-%m-%dT%H:%M:%SZ") for i in range(MAX_BUCKETS + 1)]
        shelf.put(record("a", {"x": seconds[:-1]}), record("b", {"x": seconds[-1]}))

        assert len(shelf.counts(histogram(Interval.SECOND), filters=(Match("x", (seconds[0],)),))) == MAX_BUCKETS
        assert len(shelf.counts(histogram(Interval.MINUTE))) == 167
        with pytest.raises(QueryTooExpensive):
            shelf.counts(histogram(Interval.SECOND))

    def test_statistics_count_each_value(self, shelf):
        shelf.put(
            record("a", {"x": [1, 1, 4]}), record("b", {"x": [-2.5, "7"]}), record("c", {"x": "word"}), record("d", {})
        )

        answer = shelf.facet(STATISTICS)

        assert answer.statistics == {"count": 4, "min": -2.5, "max": 4, "sum": 3.5, "mean": 0.875, "documents": 2}
        assert (answer.buckets, answer.missing) == ((), 1)

    def test_statistics_of_instants(self, shelf):
        shelf.put(
            *(record(time, {"x": time}) for time in ("1969-12-31", "2020-01-01", "9999-12-31")), record("n", {"x": 5})
        )

        answer = shelf.facet(Statistics(name="f", path="x", kind=Kind.DATE)).statistics

        assert (answer["count"], answer["documents"]) == (3, 3)
        assert (answer["min"], answer["max"]) == (ms("1969-12-31"), ms("9999-12-31"))

    def test_statistics_of_nothing(self, shelf):
        shelf.put(record("a", {"x": "word"}))

        answer = shelf.facet(Statistics(name="f", path="x", percents=(50,))).statistics

        nothing = dict.fromkeys(("min", "max", "sum", "mean", "p50"))
        assert answer == {"count": 0, "documents": 0, **nothing}

    def test_statistics_follow_the_query(self, shelf):
        shelf.put(*(record(f"{n}", {"x": n, "even": n % 2 == 0}) for n in range(10)))

        answer = shelf.facet(STATISTICS, filters=(Match("even", (True,)),)).statistics

        assert (answer["count"], answer["sum"], answer["max"]) == (5, 20, 8)

    def test_percentiles_are_near(self, shelf):
        shelf.put(*(record(f"{n}", {"x": [n, n + 500]}) for n in range(500)))

        answer = shelf.facet(Statistics(name="f", path="x", percents=(5, 50, 99.9))).statistics

        assert answer["p5"] == pytest.approx(50, rel=0.1)
        assert answer["p50"] == pytest.approx(500, rel=0.05)
        assert answer["p99.9"] == pytest.approx(999, rel=0.05)
