"""Intervals in people's words: “every 2 hours” is read, and told. Cron is told as far as words are sure."""

from __future__ import annotations

import re
from datetime import UTC, datetime

from cronsim import CronSim

from apps.timers.errors import InvalidSchedule
from apps.timers.types import Cron, Every, Once, Rhythm

UNITS = {"week": 7 * 86400, "day": 86400, "hour": 3600, "minute": 60, "second": 1}
_NAMES = {
    **{name: unit for unit in UNITS for name in (unit, f"{unit}s", unit[0])},
    "wk": "week",
    "wks": "week",
    "hr": "hour",
    "hrs": "hour",
    "min": "minute",
    "mins": "minute",
    "sec": "second",
    "secs": "second",
}
_ALONE = {"hourly": "hour", "daily": "day", "nightly": "day", "weekly": "week"}
_NUMBERS = {"a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "twelve": 12, "other": 2}
_WORD = re.compile(r"[0-9]{1,9}(?:\.[0-9]{1,3})?|[a-z]+|\S")
_ISO = re.compile(r"p(?:(\d+)w)?(?:(\d+)d)?(?:t(?:(\d+)h)?(?:(\d+)m)?(?:(\d+)s)?)?")


def seconds_in(text: str) -> int:
    """What is said as “every 2 hours”, “every day”, “90 min”, “1 d 6 h”, “weekly” or “PT15M”; in seconds.

    Raises:
        InvalidSchedule: it cannot be read as an interval.
    """
    told = re.sub(r"\s+", " ", text.strip().lower().replace(",", " ").replace(" and ", " ")).removeprefix("every ")
    if told in _ALONE:
        return UNITS[_ALONE[told]]
    found = _iso(told) or _parts(told)
    if not found:
        raise InvalidSchedule(
            f"“{text[:60]}” is no interval. Write one such as “every 2 hours” or “1 day 6 hours”.", place="every"
        )
    return found


def words_of(seconds: int) -> str:
    """“every 2 hours”, “every day”, “every 1 day 6 hours”."""
    told = words_of_span(seconds)
    alone = told.removeprefix("1 ")
    return f"every {alone if alone in UNITS else told}"


def words_of_span(seconds: int) -> str:
    """“2 hours”, “1 day 6 hours”."""
    parts, left = [], seconds
    for unit, length in UNITS.items():
        count, left = divmod(left, length)
        if count:
            parts.append(f"{count} {unit}{'s' if count > 1 else ''}")
    return " ".join(parts)


def words_of_rhythm(rhythm: Rhythm) -> str:
    """“once”, “every 2 hours”, “at 09:00 on Monday through Friday, Europe/Berlin”."""
    match rhythm:
        case Once():
            return "once"
        case Every(seconds):
            return words_of(seconds)
        case Cron(expression, zone):
            return f"{_words_of_cron(expression)}, {zone}"


def _words_of_cron(expression: str) -> str:
    """The expression itself where it names days of the month and of the week: whether it is both of them or either one
    depends on a star at its beginning, which is more than “and” tells."""
    _minute, _hour, of_month, _month, of_week = expression.split()
    if of_month != "*" and of_week != "*":
        return expression
    told = CronSim(expression, datetime(2000, 1, 1, tzinfo=UTC)).explain()
    return told[:1].lower() + told[1:]


def _iso(told: str) -> int:
    found = _ISO.fullmatch(told)
    return (
        sum(int(number or 0) * length for number, length in zip(found.groups(), UNITS.values(), strict=True))
        if found
        else 0
    )


def _parts(told: str) -> int:
    """The sum of what stands one after the other, each unit once; 0 if it is something else."""
    words, total, seen = iter(_WORD.findall(told)), 0.0, set[str]()
    for word in words:
        number = _number(word)
        unit = _NAMES.get(word if number is None else next(words, ""))
        if unit is None or unit in seen:
            return 0
        total += (1 if number is None else number) * UNITS[unit]
        seen.add(unit)
    return round(total)


def _number(word: str) -> float | None:
    return float(word) if word[0].isdecimal() else _NUMBERS.get(word)
