"""What each facet of a page must say: values with their counts, the missing ones, bars."""

from __future__ import annotations

from collections import Counter
from math import inf
from typing import Any

from apps.search.types import Kind, Like, Scalar, Statistics, Terms
from apps.web.facets.bins import Bins, of
from apps.web.facets.facet import edge_text
from tests.search.counting import count
from tests.search.evaluator import STEMMED
from tests.search.matching import matches, values
from tests.web.numbers.asking import Asked
from tests.web.numbers.meaning import LENGTHS, Views, beside, days, holds
from tests.web.numbers.page import Line

FIRST = 10


def is_shown(facet: dict[str, Any], views: Views, asked: Asked) -> bool:
    """To those who may see a value there, of whatever kind, and to those who chose something of it."""
    path = facet["path"]
    return bool(asked.of(path)) or any(path in view.paths for view in views)


def expected(facet: dict[str, Any], views: Views, asked: Asked, *, is_log: bool) -> dict[str, Any]:
    """``views`` are all that the caller sees; a scale is the page's own choice."""
    path = facet["path"]
    counted = beside(views, asked, path)
    kind = facet.get("kind")
    said: dict[str, Any] = {"badge": _badge(asked, path), "bars": {}, "ends": ()}
    if kind == "number":
        lines: list[Line] = []
        if bins := bins_of(path, views, is_log=is_log):
            said["bars"] = bars(path, bins, counted)
            said["ends"] = (edge_text(bins.edges[0]), edge_text(bins.edges[-1]))
    elif kind == "date":
        lines = _dates(path, counted, asked)
    elif "separator" in facet:
        lines = _levels(path, counted, asked, facet["separator"])
    else:
        lines = terms(path, counted, asked, size=FIRST, by_value=facet.get("by_value", False))
    return {**said, "lines": lines + _missing(path, counted, asked)}


def _badge(asked: Asked, path: str) -> str:
    picks = asked.of(path)
    return "set" if asked.chosen(path, "range") else f"{len(picks)} chosen" if picks else ""


def _missing(path: str, counted: Views, asked: Asked) -> list[Line]:
    n = sum(path not in view.paths for view in counted)
    chosen = asked.chosen(path, "exists")
    state = "excluded" if "true" in chosen else "ticked" if chosen else ""
    return [Line("missing", n, state)] if n or chosen else []


def bins_of(path: str, views: Views, *, is_log: bool) -> Bins | None:
    found = count(Statistics(name="", path=path), views).statistics
    low, high = found["min"], found["max"]
    return None if low is None or high is None else of(low, high, None, is_log=is_log)


def bars(path: str, bins: Bins, views: Views) -> dict[int, int]:
    """By their place; there is none of nothing. The first and the last are open."""
    inner = bins.edges[1:-1]
    ends = zip((-inf, *inner), (*inner, inf), strict=True)
    counts = (
        sum(any(low <= value < high for value in values(view, path, Kind.NUMBER)) for view in views)
        for low, high in ends
    )
    return {at: n for at, n in enumerate(counts) if n}


def spelled(value: Scalar | tuple[Any, Any]) -> str:
    """A value as a page writes it."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(int(value)) if isinstance(value, float) and value.is_integer() and abs(value) <= 2**53 else str(value)


def commonest(path: str, views: Views, size: int, *, by_value: bool = False) -> list[str]:
    return list(dict.fromkeys(spelled(one.value) for one in _buckets(path, views, size, by_value=by_value)))


def _buckets(path: str, views: Views, size: int, *, by_value: bool) -> tuple[Any, ...]:
    return count(Terms(name="", path=path, size=size, by_value=by_value), views).buckets


def terms(path: str, views: Views, asked: Asked, *, size: int, by_value: bool) -> list[Line]:
    """The first values; and behind them whatever else is chosen or left out, with its true count."""
    ticked, excluded = asked.chosen(path, "any"), asked.chosen(path, "not")
    shown = dict.fromkeys([*commonest(path, views, size, by_value=by_value), *ticked, *excluded])
    return [
        Line(
            text,
            sum(holds(view, path, text) for view in views),
            "excluded" if text in excluded else "ticked" * (text in ticked),
        )
        for text in shown
    ]


def _dates(path: str, views: Views, asked: Asked) -> list[Line]:
    counts = Counter(day for view in views for length in LENGTHS.values() for day in days(view, path, length))
    chosen = {value for how in LENGTHS for value in asked.chosen(path, how)}
    opened = {value[:length] for value in chosen for length in (4, 7)}
    dates = {*counts, *chosen, *opened}
    years = sorted((date for date in dates if len(date) == 4), reverse=True)
    with_counts = [year for year in years if year in counts or year in chosen]
    first = {*with_counts[:FIRST], *(value[:4] for value in chosen)}
    return [
        Line(date, counts[date], "ticked" * (date in chosen))
        for year in with_counts
        if year in first
        for date in (year, *_within(year, dates, counts, chosen, opened))
    ]


def _within(above: str, dates: set[str], counts: Counter[str], chosen: set[str], opened: set[str]) -> list[str]:
    if above not in opened:
        return []
    parts = sorted(
        date
        for date in dates
        if len(date) == len(above) + 3 and date.startswith(above) and (date in counts or date in chosen)
    )
    return [date for part in parts for date in (part, *_within(part, dates, counts, chosen, opened))]


def _levels(path: str, views: Views, asked: Asked, separator: str) -> list[Line]:
    """The first level, and the next one beneath what is chosen or holds what is.

    A line counts what it finds when it is ticked: ``?`` and ``*`` in a value stand for any signs, as in every pattern.
    """
    chosen = [value.removesuffix("*") for value in asked.chosen(path, "like")]
    seen = {line for view in views for text in values(view, path, Kind.STRING) for line in _lines(text, separator)}
    opened = {line for value in chosen for line in _lines(value, separator)}

    def walk(above: str) -> list[str]:
        beneath = sorted(line for line in seen | opened if _above(line, separator) == above)
        return [
            each
            for line in beneath
            for each in (line, *(walk(line) if line in opened and line.endswith(separator) else ()))
        ]

    def line_of(line: str) -> Line:
        value = f"{line}*" if line.endswith(separator) else line
        n = sum(matches(view, Like(path, value), STEMMED) for view in views)
        return Line(value, n, "ticked" * (value in asked.chosen(path, "like")))

    return [line_of(line) for line in walk("")]


def _lines(value: str, separator: str) -> list[str]:
    """``a/b/c``: ``a/``, ``a/b/`` and itself."""
    keys = value.split(separator)
    return [separator.join(keys[:n]) + separator for n in range(1, len(keys))] + [value] * (keys[-1] != "")


def _above(line: str, separator: str) -> str:
    return "".join(line.removesuffix(separator).rpartition(separator)[:2])
