"""Timestamps and durations."""

from datetime import UTC, datetime, timedelta

import pytest

from apps.flows.language.dialect import Dialect
from apps.flows.language.moments import duration, moment


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2016-03-14T01:59:00Z", datetime(2016, 3, 14, 1, 59, tzinfo=UTC)),
        ("2016-03-14T01:59:00+02:00", datetime(2016, 3, 13, 23, 59, tzinfo=UTC)),
        ("2016-03-14T01:59:00.5Z", datetime(2016, 3, 14, 1, 59, 0, 500_000, tzinfo=UTC)),
        ("2016-03-14T01:59:00.123456789Z", datetime(2016, 3, 14, 1, 59, 0, 123_456, tzinfo=UTC)),
        ("2016-12-31T23:59:60Z", datetime(2017, 1, 1, tzinfo=UTC)),
    ],
)
def test_a_timestamp_of_rfc_3339_is_a_moment_in_both_dialects(text, expected):
    assert moment(text) == moment(text, Dialect.GLOBUS) == expected


@pytest.mark.parametrize("text", ["2016-03-14", "2016-03-14 01:59:00Z", "2016-03-14T01:59:00", "20160314T015900Z"])
def test_other_forms_of_iso_8601_are_for_globus_alone(text):
    assert moment(text) is None
    assert moment(text, Dialect.GLOBUS)


@pytest.mark.parametrize(
    "value",
    [
        *("", "now", "2016-02-30T00:00:00Z", "2016-03-14T25:00:00Z", "٢٠١٦-03-14T00:00:00Z", 5, None, True, {}),
        *("0001-01-01T00:00:00+23:00", "9999-12-31T23:59:60Z", "2016-03-14T01:59:00Z" * 50),
    ],
)
def test_what_is_no_timestamp_is_no_moment(value):
    assert moment(value) is None
    assert moment(value, Dialect.GLOBUS) is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("P30D", timedelta(days=30)),
        ("PT1H30M", timedelta(hours=1.5)),
        ("P1Y2M3W4DT5H6M7.5S", timedelta(days=365 + 60 + 21 + 4, hours=5, minutes=6, seconds=7.5)),
        ("P", None),
        ("PT", None),
        ("P1DT", None),
        ("30D", None),
        ("P-1D", None),
        (30, None),
    ],
)
def test_a_duration_is_read_as_iso_8601_writes_it(text, expected):
    assert duration(text) == expected
