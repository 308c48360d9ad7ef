"""What clocks on the wall show, and when they are changed: by an hour, by half of one, or to the day before."""

from __future__ import annotations

from bisect import bisect_left
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

_A_DAY, _A_SECOND = timedelta(days=1), timedelta(seconds=1)


def shown(moment: datetime, zone: ZoneInfo) -> datetime:
    """Day and time on the wall, without a zone."""
    return moment.astimezone(zone).replace(tzinfo=None)


def first_shown(wall: datetime, zone: ZoneInfo) -> datetime:
    """When clocks first show this time; one that is left out has come as soon as they show a later one. In UTC."""
    moment = wall.replace(tzinfo=zone).astimezone(UTC)
    if shown(moment, zone) == wall:
        return moment
    before = wall.replace(tzinfo=zone, fold=1).astimezone(UTC)  # PEP 495: left out times have an instant on each side
    return changed_within(before, moment, zone) or moment


def changed_within(begin: datetime, end: datetime, zone: ZoneInfo) -> datetime | None:
    """The first moment after ``begin``, and not after ``end``, from which on clocks differ from UTC by another time."""

    def has_changed(moment: datetime) -> bool:
        return moment.astimezone(zone).utcoffset() != offset

    offset = begin.astimezone(zone).utcoffset()
    while begin < end:
        following = min(begin + _A_DAY, end)
        if has_changed(following):
            seconds = range(-((begin - following) // _A_SECOND) + 1)
            return begin + bisect_left(seconds, True, key=lambda n: has_changed(begin + n * _A_SECOND)) * _A_SECOND
        begin = following
    return None
