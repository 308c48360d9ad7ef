"""When a run was in which state: a bar for each visit, on the scale of the whole run."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from apps.web.flows.run.visits import Visit
from apps.web.flows.signs import Sign
from apps.web.tasks.words import span

MOST = 200
SCALE = 1000
LEAST = 4


@dataclass(frozen=True, slots=True)
class Bar:
    """``left`` and ``width`` are thousandths of the time that is shown."""

    name: str
    url: str
    sign: Sign
    begun_at: datetime
    took: str
    left: int
    width: int


def timeline(visits: Sequence[Visit], now: datetime, url: Callable[[str], str]) -> list[Bar]:
    """The newest, in the order in which they began."""
    shown = visits[-MOST:]
    if not shown:
        return []
    begin = shown[0].begun_at
    end = max(visit.ended_at or now for visit in shown)
    whole = max((end - begin).total_seconds(), 0.001)
    return [_bar(visit, begin, whole, now, url) for visit in shown]


def _bar(visit: Visit, begin: datetime, whole: float, now: datetime, url: Callable[[str], str]) -> Bar:
    until = visit.ended_at or (visit.begun_at if visit.sign is Sign.CANCELED else now)
    seconds = (until - visit.begun_at).total_seconds()
    width = max(round(seconds / whole * SCALE), LEAST)
    left = min(round((visit.begun_at - begin).total_seconds() / whole * SCALE), SCALE - width)
    name = visit.state if visit.attempt == 1 else f"{visit.state}, attempt {visit.attempt}"
    return Bar(name, url(visit.state), visit.sign, visit.begun_at, took(seconds), left, width)


def took(seconds: float) -> str:
    return f"{round(seconds * 1000)} ms" if seconds < 1 else span(seconds)
