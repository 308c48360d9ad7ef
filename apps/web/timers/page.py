"""One timer: what it begins and when, its next turns, and how those went that were."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from apps.accounts.models import User
from apps.common.paging import page_of
from apps.flows import services as flows
from apps.flows.language.documents import to_json
from apps.timers import services as timers
from apps.timers.models import Timer, Turn
from apps.timers.types import Cron, Missed, Overlap
from apps.transfer import services as transfer
from apps.web.tasks.states import State
from apps.web.timers.base import TimerPage
from apps.web.timers.forms import MISSED, OVERLAP, NameForm
from apps.web.timers.listing import name_of
from apps.web.timers.signs import is_broken, sign_of, sign_of_turn
from apps.web.timers.what import transferred, whats_of
from apps.web.timers.zones import zone_of
from apps.web.values import plural

SIZE = 25
NEXT = 10


@dataclass(frozen=True, slots=True)
class TurnLine:
    """``url`` is "" where nothing was begun, or what was is not there any more."""

    at: datetime
    count: int
    sign: State
    url: str
    message: str
    ended_at: datetime | None


class OneTimer(TimerPage):
    template = "web/timers/timer.html"

    def get(self, _request: HttpRequest) -> HttpResponse:
        return self.shown(NameForm(initial={"name": self.timer.name}))

    def shown(self, form: NameForm, *, status: int = 200) -> HttpResponse:
        timer, schedule = self.timer, self.timer.schedule
        turns, pages = page_of(timers.turns_of(timer), self.request, size=SIZE)
        what = whats_of([timer], self.user)[timer.pk]
        rhythm = schedule.rhythm
        return self.page(
            status=status,
            name=name_of(timer, what),
            what=what,
            form=form,
            sign=sign_of(timer),
            problem=problem_of(timer),
            rhythm=timers.words_of_rhythm(rhythm),
            expression=rhythm.expression if isinstance(rhythm, Cron) else "",
            zone=rhythm.zone if isinstance(rhythm, Cron) else zone_of(self.request).key,
            end=_end(timer),
            until=schedule.until,
            jitter=timers.words_of_span(schedule.jitter_s),
            missed=MISSED[Missed(timer.missed)],
            overlap=OVERLAP[Overlap(timer.overlap)],
            coming=timers.next_turns(timer, most=NEXT),
            lines=_lines(timer, turns, self.user),
            pages=pages,
            **begun_each_time(timer, self.user),
        )


def problem_of(timer: Timer) -> dict[str, str]:
    """Why it rests, if something is wrong."""
    if not is_broken(timer):
        return {}
    failed = f"{plural(timer.failures, 'turn', 'turns')} in a row failed." if timer.failures else ""
    return {"count": failed, "message": str((timer.inactive.get("detail") or {}).get("message", ""))}


def begun_each_time(timer: Timer, reader: User) -> dict[str, Any]:
    """Values of ``_each_time.html``, but for ``what``."""
    if timer.kind == Timer.Kind.TRANSFER:
        return transferred(timer, reader)
    return {"input": to_json(flows.shown_data(timer.body.get("body", {})))}


def _end(timer: Timer) -> str:
    most = timer.schedule.most_turns
    return "" if most is None else f"After {plural(most, 'turn', 'turns')}"


def _lines(timer: Timer, turns: Sequence[Turn], reader: User) -> list[TurnLine]:
    urls = _urls(timer, [turn.begun_id for turn in turns if turn.begun_id], reader)
    return [
        TurnLine(
            at=turn.at,
            count=turn.count,
            sign=sign_of_turn(turn),
            url=urls.get(turn.begun_id, ""),
            message=turn.message,
            ended_at=turn.ended_at if turn.begun_id else None,
        )
        for turn in turns
    ]


def _urls(timer: Timer, begun: list[UUID], reader: User) -> dict[UUID | None, str]:
    """Pages of tasks or runs that are there, by their ids."""
    is_transfer = timer.kind == Timer.Kind.TRANSFER
    page = "web:tasks:task" if is_transfer else "web:flows:run"
    seen: QuerySet[Any] = transfer.tasks_of(reader) if is_transfer else flows.runs_seen_by(reader)
    return {pk: reverse(page, args=[pk]) for pk in seen.filter(pk__in=begun).values_list("pk", flat=True)}
