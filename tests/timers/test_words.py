"""Intervals in people's words."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from apps.timers.errors import InvalidSchedule
from apps.timers.words import seconds_in, words_of

steady = settings(deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
HOUR, DAY = 3600, 86400


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("every 2 hours", 2 * HOUR),
        ("Every day", DAY),
        ("every other day", 2 * DAY),
        ("90 min", 5400),
        ("1d 6h", DAY + 6 * HOUR),
        ("every 1 day, 6 hours and 30 minutes", DAY + 6 * HOUR + 1800),
        ("1.5 hours", 5400),
        ("weekly", 7 * DAY),
        ("an hour", HOUR),
        ("PT15M", 900),
        ("P1DT6H", DAY + 6 * HOUR),
    ],
)
def test_it_is_read(text, seconds):
    assert seconds_in(text) == seconds


@pytest.mark.parametrize(
    "text", ["", "every", "two", "every 0 hours", "5", "2 hours 3 hours", "every blue moon", "P", "h" * 99]
)
def test_what_is_none_is_told(text):
    with pytest.raises(InvalidSchedule, match="is no interval"):
        seconds_in(text)


@steady
@given(st.integers(1, 400 * DAY))
def test_what_is_told_is_read_again(seconds):
    assert seconds_in(words_of(seconds)) == seconds
