"""Dates in records and in questions: which strings are dates, and what instants they mean.

Forms (ISO 8601, and those of Globus Search): ``2021-04-30``, ``2021-04-30 18:03:11``, ``2021/04/30 18:03:11 +0200``,
``2021-04-30T18:03:11.315Z`` with any number of decimals and any offset. No offset means UTC. In a question ``2021`` and
``2021-04`` are dates too; in a record they are not, because there they are years, versions and numbers.
Instants are whole milliseconds since 1970 UTC. Years 1 to 9999.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta, timezone

from apps.search.types import Interval

_FORM = re.compile(
    r"""(?P<year>\d{4}) (?: (?P<mark>[-/]) (?P<month>\d\d) (?: (?P=mark) (?P<day>\d\d)
    (?: [T\ ] (?P<hour>\d\d) : (?P<minute>\d\d) (?: : (?P<second>\d\d) (?: [.,] (?P<fraction>\d{1,9}) )? )?
    \ ? (?P<zone> Z | [+-]\d\d:?\d\d )? )? )? )?""",
    re.VERBOSE | re.ASCII,
)
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_PARTS = ("month", "day", "hour", "minute", "second", "fraction")
FIRST_MS = -62_135_596_800_000  # 0001-01-01T00:00:00Z
LAST_MS = 253_402_300_799_999  # 9999-12-31T23:59:59.999Z


def milliseconds(moment: datetime) -> int:
    """Whole milliseconds since 1970, rounded down."""
    return (moment - _EPOCH) // timedelta(milliseconds=1)


def moment(ms: int) -> datetime:
    return _EPOCH + timedelta(milliseconds=ms)


def instant(text: str) -> int | None:
    """The instant of a record's string, or None if it is no date (a lone year or month is not)."""
    # Most strings are no dates: this look at two characters spares them the pattern.
    if len(text) < 10 or text[4] not in "-/" or not text[0].isdigit():
        return None
    start = _start(text)
    return start[0] if start else None


def span(text: str) -> tuple[int, int] | None:
    """The first and the last millisecond that a date in a question means (``2021-04``: all of April), or None."""
    start = _start(text.strip())
    if start is None:
        return None
    first, given = start
    return (first, first) if given == "fraction" else (first, last_of(moment(first), Interval(given)))


def _start(text: str) -> tuple[int, str] | None:
    """The first millisecond that a date means, and which of its parts was given last."""
    found = _FORM.fullmatch(text)
    if found is None:
        return None
    part = found.groupdict()
    given = next((name for name in reversed(_PARTS) if part[name] is not None), "year")
    try:
        year, month, day = (int(part[name] or 1) for name in ("year", "month", "day"))
        start = datetime(year, month, day, tzinfo=_zone(part["zone"]))
        start += timedelta(
            hours=_below(part["hour"], 24), minutes=_below(part["minute"], 60), seconds=_below(part["second"], 60)
        )
        first = milliseconds(start)
        if given == "fraction":
            first += int(part["fraction"].ljust(9, "0")) // 1_000_000
    except (ValueError, OverflowError):
        return None
    return (first, given) if FIRST_MS <= first <= LAST_MS else None


def last_of(start: datetime, interval: Interval) -> int:
    """The last millisecond of the interval that begins there."""
    try:
        return min(milliseconds(following(start, interval)) - 1, LAST_MS)
    except (ValueError, OverflowError):  # The calendar ends with the year 9999.
        return LAST_MS


def _below(digits: str | None, limit: int) -> int:
    number = int(digits or 0)
    if number >= limit:
        raise ValueError(digits)
    return number


def _zone(text: str | None) -> timezone:
    if text is None or text == "Z":
        return UTC
    sign = -1 if text[0] == "-" else 1
    return timezone(sign * timedelta(hours=int(text[1:3]), minutes=_below(text[-2:], 60)))


def floor(moment: datetime, interval: Interval) -> datetime:
    """Where the interval that holds the moment begins."""
    match interval:
        case Interval.YEAR:
            day = moment.replace(month=1, day=1)
        case Interval.QUARTER:
            day = moment.replace(month=(moment.month - 1) // 3 * 3 + 1, day=1)
        case Interval.MONTH:
            day = moment.replace(day=1)
        case Interval.WEEK:
            day = moment - timedelta(days=moment.weekday())
        case Interval.DAY:
            day = moment
        case Interval.HOUR:
            return moment.replace(minute=0, second=0, microsecond=0)
        case Interval.MINUTE:
            return moment.replace(second=0, microsecond=0)
        case Interval.SECOND:
            return moment.replace(microsecond=0)
    return day.replace(hour=0, minute=0, second=0, microsecond=0)


_FIXED = {
    Interval.WEEK: timedelta(weeks=1),
    Interval.DAY: timedelta(days=1),
    Interval.HOUR: timedelta(hours=1),
    Interval.MINUTE: timedelta(minutes=1),
    Interval.SECOND: timedelta(seconds=1),
}
_MONTHS = {Interval.YEAR: 12, Interval.QUARTER: 3, Interval.MONTH: 1}


def following(start: datetime, interval: Interval) -> datetime:
    """Where the next interval begins, from where this one does."""
    if interval in _FIXED:
        return start + _FIXED[interval]
    months = start.year * 12 + start.month - 1 + _MONTHS[interval]
    return start.replace(year=months // 12, month=months % 12 + 1)
