"""What each chart of a page must say of the result: the rows of its table, its main fact, what is missing."""

from __future__ import annotations

from collections import Counter
from math import floor, isclose, log10
from typing import Any

from apps.search.types import Kind, Statistics
from apps.web.charts import spans
from apps.web.charts.narrowing import Span
from tests.search.counting import count
from tests.search.matching import values
from tests.web.numbers.asking import Asked
from tests.web.numbers.facets import commonest, spelled
from tests.web.numbers.meaning import Views, bounds, days, holds

ROWS, COLUMNS = 10, 8
Rows = list[tuple[str, list[int]]]


def expected(chart: dict[str, Any], views: Views, found: Views, asked: Asked, *, is_log: bool) -> Rows:
    """The rows of its table; of a histogram they have no labels here, because those are rounded."""
    path = chart["path"]
    match chart["type"]:
        case "bars":
            return [(text or "(empty)", [_held(found, path, text)]) for text in commonest(path, found, ROWS)]
        case "grid":
            heads = across(chart, found)
            return [
                (
                    side or "(empty)",
                    [_held([v for v in found if holds(v, path, side)], chart["across"], head) for head in heads],
                )
                for side in commonest(path, found, ROWS)
            ]
        case "years":
            return _years(path, found)
    return _bars(path, views, found, asked, is_log=is_log)


def across(chart: dict[str, Any], found: Views) -> list[str]:
    """The values of a grid's columns."""
    return commonest(chart["across"], found, ROWS)[:COLUMNS]


def _held(views: Views, path: str, text: str) -> int:
    return sum(holds(view, path, text) for view in views)


def _years(path: str, found: Views) -> Rows:
    if path == "made":
        counts = Counter(int(year) for view in found for year in days(view, path, 4))
    else:
        texts = (set(map(spelled, values(view, path, Kind.NUMBER) + values(view, path, Kind.STRING))) for view in found)
        counts = Counter(int(year) for several in texts for year in several if year.isdigit() and len(year) <= 4)
    if not counts:
        return []
    first = max(min(counts), max(counts) - 59)
    return [(f"{year:04}", [counts[year]]) for year in range(first, max(counts) + 1)]


def _bars(path: str, views: Views, found: Views, asked: Asked, *, is_log: bool) -> Rows:
    extent = count(Statistics(name="", path=path), views).statistics
    bars = spans.bars(extent, _span(asked, path), is_log=is_log)
    return [("", [_within(bar, path, found)]) for bar in bars.spans] if bars else []


def _within(bar: Span, path: str, found: Views) -> int:
    low, high = bar.low or 0.0, bar.high or 0.0
    several = (values(view, path, Kind.NUMBER) for view in found)
    return sum(any(low <= value < high or (value == high and not bar.is_below) for value in held) for held in several)


def _span(asked: Asked, path: str) -> Span | None:
    ranges = set(asked.chosen(path, "range"))
    if len(ranges) != 1:
        return None
    low, high, is_below = bounds(ranges.pop())
    return Span(float(low) if low else None, float(high) if high else None, is_below)


def says(chart: dict[str, Any], said: dict[str, Any], found: Views, name: str) -> list[str]:
    """What of the fact and the notes is not so."""
    path = chart["path"]
    if chart["type"] == "histogram":
        return _says_mean(path, said, found) + _lacks(said, _notes(path, found, name, is_numbers=True))
    most = max(n for _, cells in said["rows"] for n in cells)
    fact = f", {most:,} of {len(found):,} record"
    return [f"{fact} is not in {said['fact']}"] * (fact not in said["fact"]) + _lacks(said, _notes(path, found, name))


def _says_mean(path: str, said: dict[str, Any], found: Views) -> list[str]:
    numbers = count(Statistics(name="", path=path), found).statistics
    words = said["fact"].replace(",", "").split()
    mean, n = numbers["mean"], numbers["count"]
    if mean is None:
        return [f"{said['fact']} of nothing"] * bool(words)
    shown, shown_n = float(words[1]), int(words[-2])
    step = 10.0 ** min(floor(log10(abs(mean))) - 2, 0) if mean else 0.0
    is_near = isclose(shown, mean, rel_tol=0, abs_tol=step * 0.5000001 + 1e-12)
    return [f"{said['fact']}, but it is {mean} of {n}"] * (not is_near or shown_n != n)


def _notes(path: str, found: Views, name: str, *, is_numbers: bool = False) -> list[str]:
    missing = sum(path not in view.paths for view in found)
    other = sum(path in view.paths and not values(view, path, Kind.NUMBER) for view in found) if is_numbers else 0
    return [
        *[f"{missing:,} record{' has' if missing == 1 else 's have'} no {name}."] * bool(missing),
        *[f"{other:,} record{' has' if other == 1 else 's have'} one that is no number."] * bool(other),
    ]


def _lacks(said: dict[str, Any], notes: list[str]) -> list[str]:
    told = [note for note in said["notes"] if note.split(" ")[1].startswith("record")]
    return [] if sorted(notes) == told else [f"notes {told}, not {notes}"]
