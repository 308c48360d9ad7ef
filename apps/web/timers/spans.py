"""The month or the week that a calendar shows, and its days as moments."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from django.http import QueryDict

FARTHEST = timedelta(days=731)
"""From today, either way: turns are counted up to there from the next one on."""
_MONTH, _WEEK = re.compile(r"(\d{4})-(\d\d)", re.ASCII), re.compile(r"(\d{4})-W(\d\d)", re.ASCII)
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Span:
    """``first`` and ``last`` are the days that it is about: a month is shown in whole weeks."""

    kind: str
    first: date
    last: date

    @classmethod
    def month(cls, day: date) -> Span:
        first = day.replace(day=1)
        return cls("month", first, (first + timedelta(days=31)).replace(day=1) - _DAY)

    @classmethod
    def week(cls, day: date) -> Span:
        monday = day - timedelta(days=day.weekday())
        return cls("week", monday, monday + timedelta(days=6))

    @classmethod
    def asked(cls, given: QueryDict, today: date) -> Span:
        """What cannot be read, or is too far, is as if it were not there."""
        for kind, read in (("week", _week_in), ("month", _month_in)):
            day = read(given.get(kind, ""))
            if day is not None and abs(day - today) <= FARTHEST:
                return cls.week(day) if kind == "week" else cls.month(day)
        return cls.month(today)

    @property
    def title(self) -> str:
        if self.kind == "month":
            return f"{self.first:%B %Y}"
        return f"Week {self.first.isocalendar().week}: {_told(self.first)} to {_told(self.last)} {self.last.year}"

    @property
    def query(self) -> dict[str, str]:
        if self.kind == "month":
            return {"month": f"{self.first:%Y-%m}"}
        year, week, _ = self.first.isocalendar()
        return {"week": f"{year}-W{week:02}"}

    @property
    def days(self) -> list[date]:
        begin = self.first - timedelta(days=self.first.weekday())
        end = self.last + timedelta(days=6 - self.last.weekday())
        return [begin + timedelta(days=number) for number in range((end - begin).days + 1)]

    def beside(self, way: int, today: date) -> Span | None:
        """The one before (-1) or after (1), unless it is too far."""
        day = self.first - _DAY if way < 0 else self.last + _DAY
        make = Span.month if self.kind == "month" else Span.week
        found = make(day)
        return found if abs(found.first - today) <= FARTHEST else None

    def url(self, zone: str) -> str:
        return f"?{urlencode({**self.query, **({'zone': zone} if zone else {})})}"


def bounds(days: Sequence[date], zone: ZoneInfo) -> list[datetime]:
    """The moments at which these days begin there, and the one at which the last is over."""
    every = [*days, days[-1] + _DAY]
    return [datetime.combine(day, time(), zone).astimezone(UTC) for day in every]


def _month_in(text: str) -> date | None:
    found = _MONTH.fullmatch(text)
    return _day(found[0] + "-01") if found else None


def _week_in(text: str) -> date | None:
    found = _WEEK.fullmatch(text)
    return _day(found[0] + "-1") if found else None


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _told(day: date) -> str:
    return f"{day.day} {day:%B}"
