"""Intervals in people's words."""

from datetime import UTC, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from apps.timers.errors import InvalidSchedule
from apps.timers.types import Cron, Every, Once
from apps.timers.words import seconds_in, words_of, words_of_rhythm, words_of_span

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
    assert seconds_in(words_of(seconds)) == seconds_in(words_of_span(seconds)) == seconds


@pytest.mark.parametrize(
    ("expression", "words"),
    [
        ("* * * * *", "every minute, Europe/Berlin"),
        ("0 9 * * 1-5", "at 09:00 on Monday through Friday, Europe/Berlin"),
        ("30 6,18 * * *", "at 06:30 and 18:30 every day, Europe/Berlin"),
        ("0 0 L * *", "at 00:00 on the last day of every month, Europe/Berlin"),
        ("0 0 13 * 5", "0 0 13 * 5, Europe/Berlin"),
    ],
)
def test_cron_is_told_in_words_where_they_are_sure(expression, words):
    begin = datetime(2026, 3, 1, tzinfo=UTC)

    assert words_of_rhythm(Cron(expression, "Europe/Berlin", begin)) == words
    assert (words_of_rhythm(Every(7200, begin)), words_of_rhythm(Once(begin))) == ("every 2 hours", "once")
