"""When timers strike, and what becomes of each turn: said once more, by dateutil's steps and croniter's walls alone."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta
from itertools import takewhile
from zoneinfo import ZoneInfo

from croniter import croniter
from dateutil import rrule, tz

from apps.timers import schedules
from apps.timers.models import Timer
from apps.timers.types import Cron, Every, Missed, Once

LATE = timedelta(minutes=10)
Told = tuple[datetime, int, bool]
"""The first of some turns, how many they are, and whether they were missed."""


def turns(timer: Timer, moments: Iterable[datetime], end: datetime) -> list[Told]:
    """Of a timer at which workers looked at these moments, in their order."""
    schedule, policy, found, taken = timer.schedule, Missed(timer.missed), list[Told](), 0
    most = schedule.most_turns or 10**9
    last = min(end, schedule.until or end)
    waiting = deque(takewhile(lambda one: one <= last, occurrences(schedule.rhythm, end)))
    for now in moments:
        passed = []
        while waiting and begins(timer, waiting[0]) <= now and taken < most:
            passed.append(waiting.popleft())
            taken += policy is Missed.ALL
        if not passed:
            continue
        if policy is Missed.ALL:
            found += [(at, 1, False) for at in passed]
            continue
        is_taken = policy is Missed.LAST or now - begins(timer, passed[-1]) <= LATE
        missed = passed[:-1] if is_taken else passed
        found += [(missed[0], len(missed), True)] if missed else []
        found += [(passed[-1], 1, False)] if is_taken else []
        taken += is_taken
    return sorted(found)


def begins(timer: Timer, at: datetime) -> datetime:
    return at + schedules.delay(timer.pk, at, timer.schedule.jitter_s)


def occurrences(rhythm: Once | Every | Cron, end: datetime) -> Iterator[datetime]:
    match rhythm:
        case Once(at):
            yield at
        case Every(seconds, start):
            yield from rrule.rrule(rrule.SECONDLY, interval=seconds, dtstart=start, until=end)
        case Cron(expression, zone, start):
            walls = _by_time if any(field[0] == "*" for field in expression.split()[:2]) else _by_the_wall
            yield from (one for one in walls(expression, ZoneInfo(zone), start, end) if one >= start)


def _by_the_wall(expression: str, zone: ZoneInfo, start: datetime, end: datetime) -> list[datetime]:
    """Each time that a wall shows, once; those that are left out in spring come when the clock has gone forward."""
    shown = _walls(expression, _wall(start, zone) - timedelta(days=1), _wall(end, zone) + timedelta(days=1))
    return sorted({_right_after(one.replace(tzinfo=zone)) for one in shown})


def _right_after(wall: datetime) -> datetime:
    """The instant of a time on the wall, or the first that the clock shows after it."""
    if tz.datetime_exists(wall):
        return wall.astimezone(UTC)
    while not tz.datetime_exists(wall):
        wall += timedelta(minutes=1)
    return wall.astimezone(UTC)


def _by_time(expression: str, zone: ZoneInfo, start: datetime, end: datetime) -> list[datetime]:
    """What passes, whatever was shown before: between two changes of the clock a wall is as good as UTC."""
    found, day = list[datetime](), start.replace(minute=0, second=0, microsecond=0)
    while day < end:
        following, offset = day + timedelta(minutes=30), day.astimezone(zone).utcoffset() or timedelta()
        while following < end and following.astimezone(zone).utcoffset() == offset:
            following += timedelta(minutes=30)
        first, last = ((one + offset).replace(tzinfo=None) for one in (day, following))
        found += [one.replace(tzinfo=UTC) - offset for one in _walls(expression, first, last) if one < last]
        day = following
    return found


def _wall(moment: datetime, zone: ZoneInfo) -> datetime:
    return moment.astimezone(zone).replace(tzinfo=None)


def _walls(expression: str, first: datetime, last: datetime) -> Iterator[datetime]:
    told = croniter(expression, first - timedelta(seconds=1), ret_type=datetime)
    return takewhile(lambda one: one <= last, told.all_next(datetime))
