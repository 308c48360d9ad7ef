"""When timers strike, compared with plain evaluators: dateutil's steps and croniter."""

from datetime import UTC, datetime, timedelta
from itertools import islice
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from croniter import croniter
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from apps.timers import schedules
from apps.timers.errors import InvalidSchedule
from apps.timers.types import Cron, Every, Once, Schedule
from tests.timers.survival import plain

steady = settings(deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
BERLIN = ZoneInfo("Europe/Berlin")
NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
MOMENTS = st.integers(1_577_836_800, 2_051_222_400).map(lambda told: datetime.fromtimestamp(told, UTC))  # 2020 to 2034


def turns(schedule, most, after=None):
    """The first of them, as one that takes each would see them."""
    found = []
    while len(found) < most and (turn := schedules.next_turn(schedule, after=after, taken=len(found))):
        found.append(after := turn)
    return found


def on_the_wall(schedule, most):
    return [f"{one.astimezone(BERLIN):%d %H:%M %z}" for one in turns(schedule, most)]


@steady
@given(MOMENTS, st.integers(60, 10**7), st.integers(-(10**9), 10**9))
def test_the_next_is_the_first_that_is_later(start, seconds, offset):
    schedule, after = Schedule(Every(seconds, start)), start + timedelta(seconds=offset)

    found = schedules.next_turn(schedule, after=after)

    assert found > after
    assert (found - start).total_seconds() % seconds == 0
    assert found == start or found - timedelta(seconds=seconds) <= after


FIELDS = st.tuples(
    st.sampled_from(["0", "30", "*/15", "5,50", "10-20"]),
    st.sampled_from(["0", "12", "*/6", "9-17", "*"]),
    st.sampled_from(["*", "1", "15", "31"]),
    st.sampled_from(["*", "1,7", "12"]),
    st.sampled_from(["*", "1-5", "0"]),
)


@steady
@given(FIELDS, MOMENTS)
def test_cron_in_utc_is_what_croniter_says(fields, start):
    expression = " ".join(fields)
    if (fields[2], fields[3]) == ("31", "*") or fields[2] != "*" != fields[4]:
        expression = " ".join((*fields[:2], "*", *fields[3:]))  # which of two days counts they see differently

    found = turns(Schedule(Cron(expression, "UTC", start)), 5)

    plain = croniter(expression, start - timedelta(seconds=1), ret_type=datetime)
    assert found == list(islice(plain.all_next(datetime), 5))


@pytest.mark.parametrize(
    ("expression", "day", "wall"),
    [
        ("30 2 * * *", datetime(2026, 3, 28, 12, tzinfo=UTC), ["29 03:00 +0200", "30 02:30 +0200"]),
        ("30 2 * * *", datetime(2026, 10, 24, 12, tzinfo=UTC), ["25 02:30 +0200", "26 02:30 +0100"]),
        ("*/30 * * * *", datetime(2026, 10, 25, 0, tzinfo=UTC), ["25 02:00 +0200", "25 02:30 +0200", "25 02:00 +0100"]),
    ],
    ids=["forward", "back", "each half hour"],
)
def test_a_time_of_the_day_comes_once_when_clocks_change(expression, day, wall):
    assert on_the_wall(Schedule(Cron(expression, "Europe/Berlin", day)), len(wall)) == wall


ABOUT_CHANGES = {
    "Europe/Berlin": ("2026-03-29", "2026-10-25"),
    "America/St_Johns": ("2026-03-08", "2026-11-01"),
    "Australia/Lord_Howe": ("2026-04-04", "2026-10-03"),  # by half an hour
    "Africa/Cairo": ("2026-04-23", "2026-10-29"),  # at midnight
    "America/Nuuk": ("2026-03-28", "2026-10-24"),  # to the day before
    "Africa/Casablanca": ("2026-02-15", "2026-03-22"),  # for a month
}
CLOCKS = st.tuples(
    st.sampled_from(["0", "30", "*/15", "5,50", "15,45"]), st.sampled_from(["0", "2", "*/12", "1-3", "*", "0,23"])
)


@steady
@given(CLOCKS, st.sampled_from(sorted(ABOUT_CHANGES)), st.integers(0, 1), st.integers(0, 3 * 86400))
def test_cron_is_what_a_plain_evaluator_says_when_clocks_change(fields, zone, which, before_s):
    change = datetime.fromisoformat(f"{ABOUT_CHANGES[zone][which]}T12:00Z")
    start, end = change - timedelta(seconds=before_s), change + timedelta(days=2)
    cron = Cron(f"{' '.join(fields)} * * *", zone, start)

    expected = [one for one in plain.occurrences(cron, end) if one < end]

    assert turns(Schedule(cron, until=end - timedelta(seconds=1)), 10**4) == expected


@steady
@given(CLOCKS, st.sampled_from(sorted(ABOUT_CHANGES)), st.integers(0, 1), st.integers(0, 1440))
def test_what_comes_next_is_later_whenever_it_is_asked(fields, zone, which, minutes):
    after = datetime.fromisoformat(f"{ABOUT_CHANGES[zone][which]}T00:00Z") + timedelta(minutes=minutes)
    cron = Cron(f"{' '.join(fields)} * * *", zone, datetime(2026, 1, 1, tzinfo=UTC))

    assert schedules.next_turn(Schedule(cron), after=after) > after


def test_it_ends_after_so_many_turns_or_at_a_time():
    every = Every(3600, NOON)

    assert len(turns(Schedule(every, most_turns=3), 9)) == 3
    assert turns(Schedule(every, until=NOON + timedelta(hours=2)), 9)[-1] == NOON + timedelta(hours=2)
    assert turns(Schedule(Once(NOON)), 9) == [NOON]


def test_a_turn_is_late_by_the_same_each_time_it_is_asked_for():
    timers = [UUID(int=number) for number in range(200)]
    late = [schedules.delay(one, NOON, 60) for one in timers]

    assert late == [schedules.delay(one, NOON, 60) for one in timers]
    assert len(set(late)) > 150
    assert timedelta() <= min(late) < timedelta(seconds=10) < timedelta(seconds=50) < max(late) < timedelta(seconds=60)


@pytest.mark.parametrize(
    ("schedule", "place"),
    [
        (Schedule(Every(59, NOON)), "schedule.interval_seconds"),
        (Schedule(Once(NOON.replace(year=1))), "schedule.datetime"),
        (Schedule(Every(60, NOON), most_turns=0), "schedule.end"),
        (Schedule(Every(60, NOON), until=NOON - timedelta(seconds=1)), "schedule.end"),
        (Schedule(Every(60, NOON), jitter_s=-1), "schedule.jitter_seconds"),
        (Schedule(Cron("* * * *", "UTC", NOON)), "schedule.cron"),
        (Schedule(Cron("61 * * * *", "UTC", NOON)), "schedule.cron"),
        (Schedule(Cron("0 0 30 2 *", "UTC", NOON)), "schedule.cron"),
        (Schedule(Cron("0 0 * * *", "Mars/Olympus", NOON)), "schedule.timezone"),
        (Schedule(Cron("0 0 * * *", "../etc/passwd", NOON)), "schedule.timezone"),
    ],
)
def test_what_would_never_strike_is_told(schedule, place):
    with pytest.raises(InvalidSchedule) as told:
        schedules.require(schedule)
    assert told.value.place == place
