"""The turns of days are counted as one would find them by going through them."""

from datetime import UTC, datetime, time, timedelta
from itertools import pairwise
from time import perf_counter
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from apps.timers import schedules
from apps.timers.tallies import MOST_TOLD, Tally, tallies
from apps.timers.types import Cron, Every, Once, Schedule

steady = settings(deadline=None, derandomize=True, max_examples=150, suppress_health_check=list(HealthCheck))
ZONES = ["UTC", "Europe/Berlin", "America/New_York", "Asia/Kathmandu", "Australia/Lord_Howe", "Africa/Cairo"]
CHANGES = {
    "Europe/Berlin": ("2026-03-29", "2026-10-25"),
    "Australia/Lord_Howe": ("2026-04-05", "2026-10-04"),
    "Africa/Cairo": ("2026-04-24", "2026-10-30"),
    "America/Havana": ("2026-03-08", "2026-11-01"),
    "America/Nuuk": ("2026-03-28", "2026-10-24"),
    "Atlantic/Azores": ("2026-03-29", "2026-10-25"),
}
"""By half an hour, at midnight, before it, or to the day before."""
EXPRESSIONS = [
    *("*/7 * * * *", "30 2 * * *", "0 9 * * 1-5", "15,45 0,23 * * *", "0 0 1 * 5", "0 12 L * *", "30 * * * *"),
    *("0 */3 * * *", "59 23 * * 0", "1 1-3 * * *", "0 0 * * 1#1"),
]
HOUR = timedelta(hours=1)
moments = st.datetimes(datetime(2026, 1, 1), datetime(2026, 12, 31)).map(lambda one: one.replace(tzinfo=UTC))
crons = st.builds(Cron, st.sampled_from(EXPRESSIONS), st.sampled_from(ZONES), moments)
rhythms = st.one_of(st.builds(Once, moments), st.builds(Every, st.integers(600, 10**6), moments), crons)
plans = st.builds(Schedule, rhythms, st.none() | st.integers(1, 60), st.none() | moments)


def days_from(moment, number, zone="Europe/Berlin"):
    day = moment.astimezone(ZoneInfo(zone)).date()
    days = [datetime.combine(day + timedelta(days=n), time(), ZoneInfo(zone)) for n in range(number + 1)]
    return [day.astimezone(UTC) for day in days]


def gone_through(schedule, days, since, taken):
    turns, turn = [], schedules.next_turn(schedule, after=since - timedelta(microseconds=1), taken=taken)
    while turn is not None and turn < days[-1]:
        turns.append(turn)
        turn = schedules.next_turn(schedule, after=turn, taken=taken + len(turns))
    return [[turn for turn in turns if begin <= turn < end] for begin, end in pairwise(days)]


@steady
@given(plans, moments, st.sampled_from(ZONES), st.integers(0, 20), st.integers(0, 5))
def test_they_are_counted_as_the_clock_strikes(schedule, since, zone, later, taken):
    days = days_from(since + timedelta(days=later), 8, zone)
    expected = gone_through(schedule, days, since, taken)

    found = tallies(schedule, days, since=since, taken=taken)

    assert found == [Tally(len(turns), tuple(turns[:MOST_TOLD])) for turns in expected]


@pytest.mark.parametrize("expression", ["*/3 * * * *", "*/5 0-2 * * *", "30 2 * * *", "7 */2 * * 0", "0,45 0-3 * * *"])
@pytest.mark.parametrize(("zone", "changes"), CHANGES.items())
def test_days_about_which_clocks_change_are_counted_right(expression, zone, changes):
    schedule = Schedule(Cron(expression, zone, datetime(2026, 1, 1, tzinfo=UTC)))
    for change in changes:
        days = days_from(datetime.fromisoformat(change).replace(tzinfo=UTC) - timedelta(days=3), 6, "America/New_York")
        expected = gone_through(schedule, days, days[0], 0)

        found = tallies(schedule, days, since=days[0], taken=0)

        assert [(one.count, list(one.first)) for one in found] == [(len(turns), turns[:3]) for turns in expected]


def test_a_hundred_timers_of_each_minute_take_no_time_to_count():
    begin = datetime(2026, 11, 1, tzinfo=UTC)
    every, cron = Schedule(Every(60, begin)), Schedule(Cron("* * * * *", "Europe/Berlin", begin), 10**7)
    days = days_from(begin + timedelta(days=335), 42, "America/New_York")

    began = perf_counter()
    found = [tallies(schedule, days, since=begin, taken=0) for schedule in (every, cron) for _ in range(50)]

    assert perf_counter() - began < 2  # 0.2 s; gone through one by one it takes a minute
    assert {one.count for tally in found for one in tally} >= {1440}
