"""Ranges of numbers and of instants."""

import pytest

from apps.search import dates
from apps.search.types import Kind, Range
from tests.search.makers import record


def number(lower=None, upper=None, **includes):
    return Range("x", Kind.NUMBER, lower, upper, **includes)


def between(first, last):
    """The instants that two dates of a question mean, whole."""
    return Range("x", Kind.DATE, dates.span(first)[0] if first else None, dates.span(last)[1] if last else None)


OPEN = {"includes_lower": False, "includes_upper": False}


class RangePromises:
    @pytest.mark.parametrize(
        ("clause", "expected"),
        [
            (number(2, 3), ["2.0", "2.25", "3"]),
            (number(2, 3, **OPEN), ["2.25"]),
            (number(2, 3, includes_lower=False), ["2.25", "3"]),
            (number(2, 3, includes_upper=False), ["2.0", "2.25"]),
            (number(2, 2.5), ["2.0", "2.25"]),
            (number(2.25, 2.25), ["2.25"]),
            (number(2.25, 2.25, includes_upper=False), []),
            (number(3, 2), []),
            (number(3), ["1e+300", "3"]),
            (number(3, includes_lower=False), ["1e+300"]),
            (number(upper=0), ["-1.5e-07", "-7", "-1e+300", "0"]),
            (number(upper=0, includes_upper=False), ["-1.5e-07", "-7", "-1e+300"]),
            (number(-2e-7, -1e-7), ["-1.5e-07"]),
            (number(-1.5e-7, 5e-324), ["-1.5e-07", "0"]),
            (number(-0.0, 0.0), ["0"]),
            (number(-8, -6.5), ["-7"]),
            (number(1e299, 1e301), ["1e+300"]),
            (number(), ["-1.5e-07", "-7", "-1e+300", "0", "1e+300", "2.0", "2.25", "3"]),
            (number(float("-inf"), float("inf")), ["-1.5e-07", "-7", "-1e+300", "0", "1e+300", "2.0", "2.25", "3"]),
            (number(float("inf")), []),
            (number(float("nan"), float("nan")), []),
            (number(-(10**400), 10**400), ["-1.5e-07", "-7", "-1e+300", "0", "1e+300", "2.0", "2.25", "3"]),
        ],
    )
    def test_a_range_holds_numbers_between_its_bounds(self, shelf, clause, expected):
        values = (-1e300, -7, -1.5e-7, 0, 2.0, 2.25, 3, 1e300)

        shelf.put(*(record(str(value), {"x": value}) for value in values), record("word", {"x": "2.25"}))

        assert shelf.found(clause) == sorted(expected)

    def test_one_value_meets_both_bounds(self, shelf):
        shelf.put(
            record("around", {"x": [1, 9]}), record("inside", {"x": [1, 5, 9]}), record("mixed", {"x": ["5", 9.0]})
        )

        assert shelf.found(number(4, 6)) == ["inside"]
        assert shelf.found(number(8, 9)) == ["around", "inside", "mixed"]
        assert shelf.found(number(4)) == ["around", "inside", "mixed"]

    def test_whole_numbers_are_exact_up_to_2_to_the_53(self, shelf):
        top = 2**53
        shelf.put(*(record(f"{n:+}", {"x": top + n}) for n in (-2, -1, 0, 2)), record("neg", {"x": -top}))

        assert shelf.found(number(top - 1, top)) == ["+0", "-1"]
        assert shelf.found(number(top, includes_lower=False)) == ["+2"]
        assert shelf.found(number(top - 1, top + 2, **OPEN)) == ["+0"]
        assert shelf.found(number(top - 2, top - 2)) == ["-2"]
        assert shelf.found(number(-top, -top)) == ["neg"]
        assert shelf.found(number(2**64, 2**70)) == []

    def test_huge_whole_numbers_are_doubles(self, shelf):
        shelf.put(
            record("a", {"x": 2**63}),
            record("b", {"x": 2**64}),
            record("c", {"x": 10**30}),
            record("d", {"x": -(2**63)}),
        )

        assert shelf.found(number(2**63, 2**64)) == ["a", "b"]
        assert shelf.found(number(1e29, 1e31)) == ["c"]
        assert shelf.found(number(upper=0)) == ["d"]

    def test_booleans_are_no_numbers(self, shelf):
        shelf.put(record("a", {"x": True}), record("b", {"x": 1}))

        assert shelf.found(number(0, 2)) == ["b"]

    @pytest.mark.parametrize(
        ("first", "last", "expected"),
        [
            ("2020", "2020", ["2020-01-01", "2020-12-31T23:59:59.999Z"]),
            ("2020-12-31", "2020-12-31", ["2020-12-31T23:59:59.999Z"]),
            ("2021-01-01T00:30+01:00", "2021-01-01", ["2020-12-31T23:59:59.999Z", "2021-01-01 00:00:00"]),
            ("1969", "1969", ["1969-12-31T23:59:59.5Z"]),
            (None, "1969", ["0001-01-01", "1582-10-10", "1969-12-31T23:59:59.5Z"]),
            ("0001", "0001", ["0001-01-01"]),
            ("1582-10-10", "1582-10-10", ["1582-10-10"]),
            ("9999", None, ["9999-12-31T23:59:59.999Z"]),
            ("9999-12-31", "9999-12-31", ["9999-12-31T23:59:59.999Z"]),
        ],
    )
    def test_a_range_holds_instants_between_its_bounds(self, shelf, first, last, expected):
        values = ("0001-01-01", "1582-10-10", "1969-12-31T23:59:59.5Z", "2020-01-01", "2020-12-31T23:59:59.999Z")
        values += ("2021-01-01 00:00:00", "9999-12-31T23:59:59.999Z")

        shelf.put(
            *(record(value, {"x": value}) for value in values),
            record("word", {"x": "2020 or so"}),
            record("n", {"x": 1}),
        )

        assert shelf.found(between(first, last)) == expected

    def test_instants_are_exact_to_the_millisecond(self, shelf):
        shelf.put(*(record(f"{ms}", {"x": f"1969-12-31T23:59:59.{ms}Z"}) for ms in (997, 998, 999)))

        assert shelf.found(Range("x", Kind.DATE, -3, -2)) == ["997", "998"]
        assert shelf.found(Range("x", Kind.DATE, -3, -1, **OPEN)) == ["998"]
        assert shelf.found(Range("x", Kind.DATE, -1, None)) == ["999"]

    def test_one_instant_meets_both_bounds(self, shelf):
        shelf.put(
            record("around", {"x": ["2019-05-05", "2021-05-05"]}), record("inside", {"x": ["2019-05-05", "2020-05-05"]})
        )

        assert shelf.found(between("2020", "2020")) == ["inside"]
        assert shelf.found(between("2019", "2020")) == ["around", "inside"]

    def test_bounds_beyond_the_calendar_harm_nothing(self, shelf):
        shelf.put(record("a", {"x": "2020-05-05"}), record("b", {"x": "9999-12-31"}))

        assert shelf.found(Range("x", Kind.DATE, -(10**18), 10**18)) == ["a", "b"]
        assert shelf.found(Range("x", Kind.DATE, 10**18, None)) == []
