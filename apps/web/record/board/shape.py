"""A board as it stands in an entry, under ``board`` (``deploy/README.md``, Boards).

Any program may have written it: what is not as it should be is left out, and what is left of it is drawn.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

KEY = "board"
MOST_COUNTS, MOST_CHARTS, MOST_BARS, MOST_PICTURES = 12, 6, 200, 6
MOST_CHARACTERS = 200
LARGEST = 1e15
Number = int | float


@dataclass(frozen=True, slots=True)
class Count:
    """``of`` is how many there are to be, if that is known."""

    label: str
    value: Number
    of: Number | None
    unit: str


@dataclass(frozen=True, slots=True)
class Goal:
    label: str
    value: Number
    enough: Number


@dataclass(frozen=True, slots=True)
class Bar:
    """``value`` is None where nothing is known yet. ``tick`` is what stands beneath it, where there is room."""

    label: str
    value: Number | None
    tick: str


@dataclass(frozen=True, slots=True)
class Chart:
    label: str
    axis: str
    unit: str
    bars: tuple[Bar, ...]


@dataclass(frozen=True, slots=True)
class Shown:
    """A picture, by the name that it has among the record's ``files``."""

    label: str
    file: str


@dataclass(frozen=True, slots=True)
class Board:
    counts: tuple[Count, ...]
    goal: Goal | None
    charts: tuple[Chart, ...]
    pictures: tuple[Shown, ...]
    is_over: bool


def read(content: Mapping[str, Any]) -> Board | None:
    """None where there is none, or nothing in it that could be shown."""
    told = content.get(KEY)
    if not isinstance(told, dict):
        return None
    board = Board(
        counts=tuple(_counts(told)),
        goal=_goal(told.get("goal")),
        charts=tuple(_charts(told)),
        pictures=tuple(_pictures(told)),
        is_over=told.get("is_over") is True,
    )
    return board if board.counts or board.goal or board.charts or board.pictures else None


def _counts(told: Mapping[str, Any]) -> Iterator[Count]:
    for one in _objects(told, "counts", MOST_COUNTS):
        label, value = _text(one, "label"), _number(one, "value")
        if label and value is not None:
            yield Count(label, value, _number(one, "of"), _text(one, "unit"))


def _goal(told: Any) -> Goal | None:
    if not isinstance(told, dict):
        return None
    value, enough = _number(told, "value"), _number(told, "enough")
    return Goal(_text(told, "label"), value, enough) if value is not None and enough else None


def _charts(told: Mapping[str, Any]) -> Iterator[Chart]:
    for one in _objects(told, "charts", MOST_CHARTS):
        label, bars = _text(one, "label"), tuple(_bars(one))
        if label and bars:
            yield Chart(label, _text(one, "axis"), _text(one, "unit"), bars)


def _bars(told: Mapping[str, Any]) -> Iterator[Bar]:
    for one in _objects(told, "bars", MOST_BARS):
        label = _text(one, "label")
        if label:
            yield Bar(label, _number(one, "value"), _text(one, "tick") or label)


def _pictures(told: Mapping[str, Any]) -> Iterator[Shown]:
    for one in _objects(told, "pictures", MOST_PICTURES):
        if file := _text(one, "file"):
            yield Shown(_text(one, "label") or file, file)


def _objects(told: Mapping[str, Any], key: str, most: int) -> list[dict[str, Any]]:
    found = told.get(key)
    return [one for one in found[:most] if isinstance(one, dict)] if isinstance(found, list) else []


def _text(told: Mapping[str, Any], key: str) -> str:
    found = told.get(key)
    return found.strip()[:MOST_CHARACTERS] if isinstance(found, str) else ""


def _number(told: Mapping[str, Any], key: str) -> Number | None:
    """None for what is no number, below 0, or larger than anybody counts."""
    found = told.get(key)
    if not isinstance(found, int | float) or isinstance(found, bool) or not 0 <= found <= LARGEST:
        return None
    return int(found) if found == int(found) else found
