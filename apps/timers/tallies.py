"""How many turns a schedule has on each of many days, and the first of them: counted, and not gone through one by one.

A calendar asks this of all timers of a person for six weeks. Of an interval it is a division. What a cron expression
says of minutes and hours is the same on each day on which it says anything, so a day's share is looked up in one list
of minutes; that of a day on which clocks change piece by piece. About such a day, what is said of certain times alone
is gone through: what comes of those that are left out, or come twice, is a rule of its own.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cached_property
from itertools import islice, pairwise
from zoneinfo import ZoneInfo

from cronsim import CronSim

from apps.timers.schedules import follows_clock, next_turn
from apps.timers.types import Cron, Every, Once, Rhythm, Schedule
from apps.timers.walls import changed_within, first_shown

MOST_TOLD = 3
_DAY, _MINUTE = timedelta(days=1), timedelta(minutes=1)
_LEAST = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True)
class Tally:
    """``first`` are the first of so many turns, at most ``MOST_TOLD``."""

    count: int = 0
    first: tuple[datetime, ...] = ()


def tallies(schedule: Schedule, days: Sequence[datetime], *, since: datetime, taken: int) -> list[Tally]:
    """Of each of the spans between these moments, which follow on one another. Turns count from ``since`` on, before
    which ``taken`` were."""
    spans = _days_of(schedule.rhythm)
    left = None if schedule.most_turns is None else schedule.most_turns - taken
    if left is not None and since < days[0]:
        left -= _within(spans, schedule, since, days[0]).count
    found = []
    for begin, end in pairwise(days):
        tally = _within(spans, schedule, max(begin, since), end)
        if left is not None:
            tally = _at_most(tally, max(left, 0))
            left -= tally.count
        found.append(tally)
    return found


class _Moments:
    """What is at one moment, or once in a while."""

    def __init__(self, rhythm: Once | Every) -> None:
        self._most: int | None = None
        if isinstance(rhythm, Once):
            self._start, self._interval, self._most = rhythm.at, _DAY, 1
        else:
            self._start, self._interval = rhythm.start, timedelta(seconds=rhythm.seconds)

    def within(self, begin: datetime, end: datetime) -> Tally:
        first, after = self._number(begin), self._number(end)
        told = range(first, min(after, first + MOST_TOLD))
        return Tally(max(after - first, 0), tuple(self._start + self._interval * number for number in told))

    def _number(self, moment: datetime) -> int:
        """How many are before it."""
        number = max(-((self._start - moment) // self._interval), 0)
        return number if self._most is None else min(number, self._most)


class _CronDays:
    """What is on days as a wall's clock and calendar have them."""

    def __init__(self, cron: Cron) -> None:
        self._cron, self._zone = cron, ZoneInfo(cron.zone)
        self._read = CronSim(cron.expression, cron.start.astimezone(UTC))

    @cached_property
    def _minutes(self) -> list[int]:
        return sorted(60 * hour + minute for hour in self._read.hours for minute in self._read.minutes)

    def within(self, begin: datetime, end: datetime) -> Tally:
        begin = max(begin, self._cron.start)
        if begin >= end:
            return Tally()
        day, last = begin.astimezone(self._zone).date(), (end - _LEAST).astimezone(self._zone).date()
        return _sum([self._on(day + n * _DAY, begin, end) for n in range((last - day).days + 1)])

    def _on(self, day: date, begin: datetime, end: datetime) -> Tally:
        midnight, following = self._midnight(day), self._midnight(day + _DAY)
        if not follows_clock(self._cron.expression) and self._is_changed(day, following):
            return self._gone_through(max(begin, midnight), min(end, following))
        if not self._read.match_day(day):
            return Tally()
        pieces = pairwise([midnight, *self._changes(midnight, following), following])
        return _sum([self._in_piece(first, max(begin, first), min(end, last)) for first, last in pieces])

    def _in_piece(self, first: datetime, begin: datetime, end: datetime) -> Tally:
        """What is from ``begin`` to ``end``, in the piece that begins at ``first``."""
        shown = first.astimezone(self._zone)
        zero = first - timedelta(hours=shown.hour, minutes=shown.minute)
        low, high = (bisect_left(self._minutes, -((zero - moment) // _MINUTE)) for moment in (begin, end))
        told = self._minutes[low : min(max(high, low), low + MOST_TOLD)]
        return Tally(max(high - low, 0), tuple(zero + minute * _MINUTE for minute in told))

    def _midnight(self, day: date) -> datetime:
        return first_shown(datetime.combine(day, time()), self._zone)

    def _is_changed(self, day: date, following: datetime) -> bool:
        """Whether clocks change on it, or on the day before, of which something may come late."""
        return changed_within(self._midnight(day - _DAY), following, self._zone) is not None

    def _changes(self, begin: datetime, end: datetime) -> Iterator[datetime]:
        while (begin := changed_within(begin, end - _LEAST, self._zone) or end) < end:
            yield begin

    def _gone_through(self, begin: datetime, end: datetime) -> Tally:
        found = list(_turns(Schedule(self._cron), begin, end))
        return Tally(len(found), tuple(found[:MOST_TOLD]))


def _days_of(rhythm: Rhythm) -> _Moments | _CronDays:
    return _CronDays(rhythm) if isinstance(rhythm, Cron) else _Moments(rhythm)


def _within(spans: _Moments | _CronDays, schedule: Schedule, begin: datetime, end: datetime) -> Tally:
    if schedule.until is not None:
        end = min(end, schedule.until + _LEAST)
    return spans.within(begin, end) if begin < end else Tally()


def _sum(several: Sequence[Tally]) -> Tally:
    first = [moment for one in several for moment in one.first]
    return Tally(sum(one.count for one in several), tuple(first[:MOST_TOLD]))


def _at_most(tally: Tally, most: int) -> Tally:
    return tally if tally.count <= most else Tally(most, tally.first[:most])


def _turns(schedule: Schedule, begin: datetime, end: datetime) -> Iterator[datetime]:
    turn = next_turn(schedule, after=begin - _LEAST)
    while turn is not None and turn < end:
        yield turn
        turn = next_turn(schedule, after=turn)


def first_turns(schedule: Schedule, *, since: datetime, taken: int = 0, most: int) -> list[datetime]:
    """Those that come first, from this moment on, before which ``taken`` were."""
    turns = _turns(schedule, since, datetime.max.replace(tzinfo=UTC))
    left = most if schedule.most_turns is None else min(most, max(schedule.most_turns - taken, 0))
    return list(islice(turns, left))
