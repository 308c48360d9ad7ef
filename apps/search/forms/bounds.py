"""Bounds of ranges: what is a number, what is a date, and the clause for what lies between.

A date covers the whole span that it names: up to ``2021-04`` is up to the end of April; after it begins with May.
"""

from __future__ import annotations

import re

from apps.search import dates
from apps.search.forms.problems import shown
from apps.search.forms.reading import as_number
from apps.search.types import Clause, Exists, Interval, Kind, Nothing, Or, Range

Bound = str | float | int | None
"""None is open. A JSON number is a number; a text is a date, or a number too where its sender could not say (a URL)."""

Span = tuple[float, float]

_NUMBER = re.compile(r"[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:e[+-]?\d+)?", re.ASCII | re.IGNORECASE)
_MAX_DIGITS = 400  # A double ends at 309 of them.


class BadBound(ValueError):
    """The message says what is wrong; who catches it knows the place."""


def number(text: str) -> float | int | None:
    """The number that a text spells, or None."""
    if len(text) > _MAX_DIGITS or not _NUMBER.fullmatch(text):
        return None
    return as_number(int(text) if text.lstrip("+-").isdigit() else float(text))


def between(
    path: str,
    lower: Bound,
    upper: Bound,
    *,
    includes_lower: bool = True,
    includes_upper: bool = True,
    is_typed: bool = True,
) -> Clause:
    """The clause for a value between. Untyped bounds that may be either (``2015`` to ``2020``) are read both ways.

    Raises:
        BadBound: not both numbers or both dates, or the range ends before it begins.
    """
    if lower is None and upper is None:
        return Exists(path)
    clauses: list[Clause] = []
    for kind in (Kind.NUMBER, Kind.DATE):
        low, high = _span(lower, kind, is_typed), _span(upper, kind, is_typed)
        if (lower is not None and low is None) or (upper is not None and high is None):
            continue
        if low and high and low[0] > high[1]:
            raise BadBound(f"the range ends ({shown(str(upper))}) before it begins ({shown(str(lower))})")
        start = low[0 if includes_lower else 1] if low else None
        end = high[1 if includes_upper else 0] if high else None
        is_empty = start is not None and end is not None and start > end
        clauses.append(Nothing() if is_empty else Range(path, kind, start, end, includes_lower, includes_upper))
    if not clauses:
        raise BadBound(_complaint(lower, upper, is_typed))
    return clauses[0] if len(clauses) == 1 else Or(tuple(clauses))


def during(path: str, text: str, interval: Interval) -> Range:
    """Within the year, month, … that holds the date; a date that names more (a month, asked by day) counts whole.

    Raises:
        BadBound: the text is no date.
    """
    span = dates.span(text)
    if span is None:
        raise BadBound(f'"{shown(text)}" is no date; write one such as 2021-04-30')
    start = dates.floor(dates.moment(span[0]), interval)
    return Range(path, Kind.DATE, dates.milliseconds(start), max(span[1], dates.last_of(start, interval)))


def _span(bound: Bound, kind: Kind, is_typed: bool) -> Span | None:
    if kind is Kind.DATE:
        return dates.span(bound) if isinstance(bound, str) else None
    value = number(bound) if isinstance(bound, str) and not is_typed else as_number(bound)
    return None if value is None else (value, value)


def _complaint(lower: Bound, upper: Bound, is_typed: bool) -> str:
    for bound in (lower, upper):
        if bound is None or any(_span(bound, kind, is_typed) for kind in (Kind.NUMBER, Kind.DATE)):
            continue
        quoted = isinstance(bound, str) and number(bound) is not None
        hint = "; write a number without quotes" if quoted else ""
        return f'"{shown(str(bound))}" is no number, no date such as 2021-04-30, and not "*" for an open end{hint}'
    return f'"{shown(str(lower))}" and "{shown(str(upper))}" must both be numbers or both be dates'
