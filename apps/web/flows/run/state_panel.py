"""One state of a run: each time that it was entered, with what came in and what went out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.urls import reverse

from apps.flows.language.documents import to_json
from apps.flows.models import Action, Run
from apps.web.context import Link
from apps.web.flows.run.visits import Visit
from apps.web.flows.signs import Sign
from apps.web.flows.states import StateView
from apps.web.tasks.words import span

MOST = 20
PERSON = "input:"
"""What an action awaits that somebody must answer begins so."""
_PAGES = {
    "input": ("The question", "web:flows:question"),
    "transfer": ("The transfer", "web:tasks:task"),
    "run": ("The run", "web:flows:run"),
}
_PARTS = {
    "input": "Input",
    "parameters": "Parameters",
    "output": "Output",
    "action": "Action",
}


@dataclass(frozen=True, slots=True)
class Text:
    label: str
    text: str


@dataclass(frozen=True, slots=True)
class VisitView:
    number: int
    sign: Sign
    attempt: int
    begun_at: datetime
    took: str
    error: str
    cause: str
    texts: tuple[Text, ...]


@dataclass(frozen=True, slots=True)
class LiveAction:
    """An action under way. ``words`` is what its provider says of itself."""

    id: UUID
    url: str
    words: str
    is_waiting: bool
    link: Link | None = None


@dataclass(frozen=True, slots=True)
class Panel:
    """``state`` is how it is written; ``left_out`` counts visits before those that are shown."""

    state: StateView
    sign: Sign
    visits: tuple[VisitView, ...]
    left_out: int
    actions: tuple[LiveAction, ...]


def panel_of(run: Run, state: StateView, visits: Sequence[Visit], sign: Sign, now: datetime) -> Panel:
    """The newest visit first."""
    newest = [_view(number, visit, now) for number, visit in enumerate(visits, start=1)][::-1]
    live = Action.objects.filter(run=run, state_name=state.name, completed_at=None)[:MOST]
    return Panel(state, sign, tuple(newest[:MOST]), max(len(newest) - MOST, 0), tuple(map(_live, live)))


def _live(action: Action) -> LiveAction:
    words = action.display_status or ("Begun" if action.is_begun else "To be begun")
    is_waiting = action.status == Action.Status.INACTIVE or action.awaits.startswith(PERSON)
    return LiveAction(action.pk, action.url, words, is_waiting, _link(action.awaits))


def _link(awaits: str) -> Link | None:
    """The page of what an action waits for, if that has one."""
    what, _, name = awaits.partition(":")
    if what not in _PAGES or not name:
        return None
    words, page = _PAGES[what]
    return Link(words, reverse(page, args=[name]))


def _view(number: int, visit: Visit, now: datetime) -> VisitView:
    told: Mapping[str, Any] = visit.told
    seconds = ((visit.ended_at or now) - visit.begun_at).total_seconds()
    return VisitView(
        number=number,
        sign=visit.sign,
        attempt=visit.attempt,
        begun_at=visit.begun_at,
        took="" if visit.sign is Sign.CANCELED else span(seconds),
        error=str(told.get("Error", "")),
        cause=str(told.get("Cause", "")),
        texts=tuple(Text(label, to_json(told[name])) for name, label in _PARTS.items() if name in told),
    )
