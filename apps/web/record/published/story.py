"""How a version came to be: what people did, and what the run did that published it, step by step."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse

from apps.access.services import Actor
from apps.access.types import PrincipalKind, parse_principal
from apps.accounts import services as accounts
from apps.flows import services as flows
from apps.flows.models import Run
from apps.publish.models import Event
from apps.publish.services import History
from apps.web.flows.run.timeline import took
from apps.web.flows.run.visits import Visit, story_of
from apps.web.flows.signs import Sign
from apps.web.values import label

MOST_READ = 500


@dataclass(frozen=True, slots=True)
class Happened:
    """``who`` is "" for the portal itself."""

    what: str
    who: str
    at: datetime
    note: str


@dataclass(frozen=True, slots=True)
class Step:
    name: str
    sign: Sign
    at: datetime
    took: str


@dataclass(frozen=True, slots=True)
class Story:
    """``run_url`` is "" for who may not look at the run itself."""

    events: tuple[Happened, ...]
    steps: tuple[Step, ...]
    run_url: str


def told(history: History, *, reader: Actor) -> Story:
    run = history.run
    names = _names(one.by for one in history.events)
    return Story(
        tuple(_happened(one, names) for one in history.events),
        _steps(run) if run else (),
        reverse("web:flows:run", args=[run.pk]) if run and flows.may_run(reader, "monitor", run) else "",
    )


def _names(principals: Iterable[str]) -> dict[str, str]:
    parsed = {one: parse_principal(one) for one in set(principals) if one}
    people = [one.id for one in parsed.values() if one.kind is PrincipalKind.IDENTITY and one.id]
    found = accounts.names_of(people)
    return {text: found[one.id] for text, one in parsed.items() if one.id in found}


def _happened(event: Event, names: dict[str, str]) -> Happened:
    return Happened(event.get_kind_display(), names.get(event.by, ""), event.at, event.note)


def _steps(run: Run) -> tuple[Step, ...]:
    lines = flows.log_of(run, newest_first=True, most=MOST_READ)[::-1]
    return tuple(_step(visit) for visit in story_of(lines, is_over=run.is_over).visits)


def _step(visit: Visit) -> Step:
    spent = took((visit.ended_at - visit.begun_at).total_seconds()) if visit.ended_at else ""
    return Step(label(visit.state), visit.sign, visit.begun_at, spent)
