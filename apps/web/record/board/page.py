"""A board as the page of a record shows it. The page asks every two seconds whether there is anything new of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest

from apps.search.types import Record, VisibleEntry
from apps.web import links
from apps.web.charts import drawing
from apps.web.charts.figure import Figure, Row, Table
from apps.web.charts.shapes import WIDTH, Bar, Tick
from apps.web.record.board import shape
from apps.web.record.pictures import Picture, is_picture
from apps.web.values import count, is_file

QUIET = timedelta(minutes=15)
"""So long after the last news nobody waits for more."""
SEEN = "seen"
"""What a page knows already, in the question whether there is more."""
TICK_GAP = 14


@dataclass(frozen=True, slots=True)
class State:
    sign: str
    word: str
    tone: str


LIVE, SILENT, OVER = State("▶", "Goes on", "info"), State("‖", "No news", "warn"), State("✓", "Over", "ok")


@dataclass(frozen=True, slots=True)
class Fact:
    label: str
    text: str
    unit: str


@dataclass(frozen=True, slots=True)
class Goal:
    """``share`` is in percent, and 100 only when there is enough."""

    text: str
    share: int
    is_enough: bool


@dataclass(frozen=True, slots=True)
class BoardPart:
    """``entry_id`` is of the entry that tells it; ``follow`` is where to ask for news, "" when none are waited for."""

    entry_id: str
    state: State
    facts: tuple[Fact, ...]
    goal: Goal | None
    figures: tuple[Figure, ...]
    pictures: tuple[Picture, ...]
    updated_at: datetime | None
    seen: str
    follow: str
    said: str


def of(record: Record, *, now: datetime, sees_all: bool) -> BoardPart | None:
    """The board of the first of the record's entries that has one, among those that its reader sees."""
    for entry in record.entries:
        told = shape.read(entry.content)
        if told is not None:
            return _part(record, entry, told, now=now, sees_all=sees_all)
    return None


def has_no_news(request: HttpRequest, board: BoardPart | None) -> bool:
    """Whether a page asks that shows the board as it is."""
    return board is not None and request.GET.get(SEEN) == board.seen


def _part(record: Record, entry: VisibleEntry, told: shape.Board, *, now: datetime, sees_all: bool) -> BoardPart:
    updated_at = datetime.fromisoformat(entry.updated_at) if entry.updated_at else None
    state = _state(told, updated_at, now)
    seen = _seen(record, state)
    goal = _goal(told.goal) if told.goal else None
    return BoardPart(
        entry_id=entry.entry_id,
        state=state,
        facts=tuple(_fact(one) for one in told.counts),
        goal=goal,
        figures=tuple(_figure(one) for one in told.charts),
        pictures=_pictures(told.pictures, entry.content),
        updated_at=updated_at,
        seen=seen,
        follow=f"?{urlencode({**links.bypassing(sees_all=sees_all), SEEN: seen})}" if state is LIVE else "",
        said=_said(state, goal),
    )


def _state(told: shape.Board, updated_at: datetime | None, now: datetime) -> State:
    if told.is_over:
        return OVER
    return LIVE if updated_at and now - updated_at < QUIET else SILENT


def _seen(record: Record, state: State) -> str:
    """Another one after each ingest of any entry that the reader sees."""
    written = [(entry.entry_id, entry.updated_at) for entry in record.entries]
    return sha256(repr((written, state.word)).encode()).hexdigest()[:16]


def _said(state: State, goal: Goal | None) -> str:
    """What is said aloud: it changes ten times, and not with every batch."""
    if goal is None:
        return state.word
    return f"{state.word}, {'enough data' if goal.is_enough else f'{goal.share // 10 * 10} % of what is enough'}"


def _fact(one: shape.Count) -> Fact:
    text = _of(one.value, one.of) if one.of and one.of != one.value else count(one.value)
    return Fact(one.label, text, one.unit)


def _goal(one: shape.Goal) -> Goal:
    is_enough = one.value >= one.enough
    share = 100 if is_enough else min(int(100 * one.value / one.enough), 99)
    if is_enough:
        return Goal(f"{count(one.value)} {one.label}".rstrip() + f"; {count(one.enough)} are enough", share, is_enough)
    return Goal(f"{_of(one.value, one.enough)} {one.label}".rstrip() + f": {share} %", share, is_enough)


def _of(value: shape.Number, all_of_them: shape.Number) -> str:
    return f"{count(value)} of {count(all_of_them)}"


def _figure(one: shape.Chart) -> Figure:
    bars = [Bar(bar.label, bar.value or 0) for bar in one.bars]
    known = [bar for bar, told in zip(bars, one.bars, strict=True) if told.value is not None]
    title = f"{one.label}, {one.unit}" if one.unit else one.label
    return Figure(
        title=title,
        fact="",
        drawing=drawing.columns(bars, ticks=_ticks(one.bars)),
        table=Table((one.axis or "What", title), tuple(Row(bar.label, "", (bar,)) for bar in known)),
    )


def _ticks(bars: tuple[shape.Bar, ...]) -> list[Tick]:
    """Under as many as have room beside each other."""
    widest = max(drawing.room_of(bar.tick) for bar in bars) + TICK_GAP
    every = -(-len(bars) * int(widest) // (WIDTH - drawing.LEFT - drawing.RIGHT)) or 1
    return [
        Tick((at + 0.5) / len(bars), drawing.cut(bar.tick, WIDTH / 2)) for at, bar in enumerate(bars) if at % every == 0
    ]


def _pictures(shown: tuple[shape.Shown, ...], content: Mapping[str, Any]) -> tuple[Picture, ...]:
    """Those that are files of this portal. What they are is in their address: one that was drawn anew is fetched."""
    files = content.get("files")
    named = {one.get("filename"): one for one in files if isinstance(one, dict)} if isinstance(files, list) else {}
    found = ((one.label, named.get(one.file)) for one in shown)
    return tuple(picture for label, file in found if file and (picture := _picture(label, file)))


def _picture(label: str, file: Mapping[str, Any]) -> Picture | None:
    url = file.get("url")
    if not isinstance(url, str) or not is_file(url) or not is_picture(url):
        return None
    what = file.get("sha256")
    version = f"?{urlencode({'sha256': what[:12]})}" if isinstance(what, str) else ""
    return Picture(label, links.absolute(url), source=f"{url}{version}")
