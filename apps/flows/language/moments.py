"""Timestamps and durations as definitions write them.

ASL asks for RFC 3339 with a capital ``T`` and a zone (``Z`` or an offset). Globus takes ISO 8601 more freely: a day
alone, a blank for the ``T``, no zone (then it is UTC).
"""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

from apps.flows.language.dialect import Dialect

_RFC_3339 = re.compile(
    r"(\d{4}-\d\d-\d\dT\d\d:\d\d:)(\d\d)(?:\.(\d{1,30}))?(Z|[+-]\d\d:\d\d)",
    re.ASCII,
)
_DURATION = re.compile(
    r"P(?=\d|T\d)(?:(?P<years>\d{1,6})Y)?(?:(?P<months>\d{1,6})M)?(?:(?P<weeks>\d{1,6})W)?(?:(?P<days>\d{1,6})D)?"
    r"(?:T(?=\d)(?:(?P<hours>\d{1,9})H)?(?:(?P<minutes>\d{1,9})M)?(?:(?P<seconds>\d{1,9}(?:\.\d{1,6})?)S)?)?",
    re.ASCII,
)
_DAYS = {"years": 365, "months": 30}
"""ISO 8601 leaves their length to the calendar; a duration without a beginning has none."""


def moment(value: object, dialect: Dialect = Dialect.ASL) -> datetime | None:
    """The moment that a timestamp names, in UTC, to the microsecond; None for what is no timestamp of this dialect."""
    if not isinstance(value, str) or len(value) > 64:
        return None
    found = _RFC_3339.fullmatch(value)
    try:
        if found:
            return _strict(*found.groups())
        return _free(value) if dialect is Dialect.GLOBUS else None
    except (ValueError, OverflowError):  # a day that the calendar does not have; a year before 1 or after 9999
        return None


def _strict(minute: str, second: str, fraction: str | None, zone: str) -> datetime:
    leap = timedelta(seconds=1) if second == "60" else timedelta()  # a leap second: the calendar here has none
    whole = "59" if leap else second
    return (datetime.fromisoformat(f"{minute}{whole}.{(fraction or '')[:6]:0<6}{zone}") + leap).astimezone(UTC)


def _free(value: str) -> datetime:
    read = datetime.fromisoformat(value)
    return read.astimezone(UTC) if read.tzinfo else read.replace(tzinfo=UTC)


def duration(value: object) -> timedelta | None:
    """An ISO 8601 duration such as ``P30D`` or ``PT1H30M``; None for what is none. A year is 365 days, a month 30."""
    found = _DURATION.fullmatch(value) if isinstance(value, str) else None
    if not found:
        return None
    parts = {unit: float(amount) for unit, amount in found.groupdict().items() if amount}
    days = sum(parts.pop(unit, 0) * length for unit, length in _DAYS.items())
    return timedelta(days=parts.pop("days", 0) + days, **parts)
