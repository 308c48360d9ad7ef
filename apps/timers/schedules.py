"""When timers strike: pure, from a schedule and the clock alone."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from cronsim import CronSim, CronSimError

from apps.timers.errors import InvalidSchedule
from apps.timers.types import Cron, Every, Once, Rhythm, Schedule
from apps.timers.walls import changed_within, first_shown, shown

LEAST_S = 60
"""Between two turns."""
MOST_S = 10 * 366 * 24 * 3600
FIRST_YEAR, LAST_YEAR = 2000, 2200
MOST_JITTER_S = 24 * 3600
_LEAST, _A_SECOND = timedelta(microseconds=1), timedelta(seconds=1)


def require(schedule: Schedule) -> None:
    """
    Raises:
        InvalidSchedule: no turn would ever come, or they would come too often.
    """
    rhythm = schedule.rhythm
    for place, moment in _moments(schedule):
        if not FIRST_YEAR <= moment.year <= LAST_YEAR:
            raise InvalidSchedule(f"Choose a year from {FIRST_YEAR} to {LAST_YEAR}.", place=f"schedule.{place}")
    if isinstance(rhythm, Every) and not LEAST_S <= rhythm.seconds <= MOST_S:
        raise InvalidSchedule(
            f"Let at least {LEAST_S} seconds, and at most ten years, be between two turns.",
            place="schedule.interval_seconds",
        )
    if isinstance(rhythm, Cron):
        _require_cron(rhythm)
    if schedule.most_turns is not None and schedule.most_turns < 1:
        raise InvalidSchedule("Let it strike at least once.", place="schedule.end")
    if not 0 <= schedule.jitter_s <= MOST_JITTER_S:
        raise InvalidSchedule("Let it be late by at most a day.", place="schedule.jitter_seconds")
    if next_turn(schedule, after=None) is None:
        raise InvalidSchedule("It would end before its first turn. Choose a later end.", place="schedule.end")


def next_turn(schedule: Schedule, *, after: datetime | None, taken: int = 0) -> datetime | None:
    """When it is next due after a moment, or for the first time; in UTC, without jitter. None: it has ended.

    ``taken`` is how many turns were; those that were missed do not count.
    """
    if schedule.most_turns is not None and taken >= schedule.most_turns:
        return None
    found = _next(schedule.rhythm, after)
    if found is None or (schedule.until is not None and found > schedule.until):
        return None
    return found


def delay(timer: UUID, turn: datetime, jitter_s: int) -> timedelta:
    """By how much this turn is late: always the same, and another for other timers and turns."""
    if not jitter_s:
        return timedelta()
    drawn = hashlib.blake2b(timer.bytes + turn.isoformat().encode(), digest_size=8).digest()
    return timedelta(milliseconds=int.from_bytes(drawn) % (jitter_s * 1000))


def begins_at(timer: UUID, schedule: Schedule, turn: datetime) -> datetime:
    """When the turn is begun: a little later, if there is jitter."""
    return turn + delay(timer, turn, schedule.jitter_s)


def _next(rhythm: Rhythm, after: datetime | None) -> datetime | None:
    match rhythm:
        case Once(at):
            return at if after is None or after < at else None
        case Every(seconds, start):
            if after is None or after < start:
                return start
            interval = timedelta(seconds=seconds)
            return start + interval * ((after - start) // interval + 1)
        case Cron(expression, zone, start):
            since = start - _LEAST if after is None or after < start else after
            following = _when_shown if follows_clock(expression) else _once_a_day
            return following(expression, ZoneInfo(zone), since.astimezone(UTC))


def follows_clock(expression: str) -> bool:
    """Whether it strikes whenever clocks show one of its times, and not once a day at each of them.

    Told apart as Debian's cron does, by a star at the beginning of minutes or hours. When clocks change, the former
    keeps its pace; of the latter nothing is left out, and nothing comes twice.
    """
    return any(field.startswith("*") for field in expression.split()[:2])


def _when_shown(expression: str, zone: ZoneInfo, since: datetime) -> datetime | None:
    """Until clocks change, they are as good as UTC; from then on it is looked for anew."""
    begin = since.replace(microsecond=0) + _A_SECOND
    while wall := next(CronSim(expression, shown(begin, zone) - _A_SECOND), None):
        found = begin + (wall - shown(begin, zone))
        change = changed_within(begin, found, zone)
        if change is None:
            return found
        begin = change
    return None


def _once_a_day(expression: str, zone: ZoneInfo, since: datetime) -> datetime | None:
    walls = CronSim(expression, shown(since, zone))
    return next((moment for wall in walls if (moment := first_shown(wall, zone)) > since), None)


def _moments(schedule: Schedule) -> list[tuple[str, datetime]]:
    """All that are told, by their places."""
    rhythm = schedule.rhythm
    first = ("datetime", rhythm.at) if isinstance(rhythm, Once) else ("start", rhythm.start)
    return [first, *([("end.datetime", schedule.until)] if schedule.until else [])]


def _require_cron(cron: Cron) -> None:
    if len(cron.expression.split()) != 5:
        raise InvalidSchedule(
            "Write five fields: minute, hour, day of the month, month, day of the week.", place="schedule.cron"
        )
    try:
        zone = ZoneInfo(cron.zone)
    except (KeyError, ValueError, OSError) as error:
        raise InvalidSchedule(
            f"There is no time zone “{cron.zone[:60]}”. Name one such as Europe/Berlin.", place="schedule.timezone"
        ) from error
    try:
        found = next(CronSim(cron.expression, cron.start.astimezone(zone)), None)
    except CronSimError as error:
        raise InvalidSchedule(f"This is no cron expression: {error}.", place="schedule.cron") from error
    if found is None:
        raise InvalidSchedule("Such a day never comes.", place="schedule.cron")
