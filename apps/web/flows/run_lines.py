"""Runs as lines of a list."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils import timezone

from apps.access.services import Actor
from apps.flows import services as flows
from apps.flows.models import Flow, Run
from apps.web.flows.signs import Sign, sign_of
from apps.web.tasks.words import span


@dataclass(frozen=True, slots=True)
class RunLine:
    url: str
    name: str
    flow_title: str
    flow_url: str
    owner: str
    sign: Sign
    tags: tuple[str, ...]
    started_at: datetime
    took: str


def latest_of(flow: Flow, actor: Actor, *, most: int) -> list[RunLine]:
    return lines_of(flows.runs_seen_by(actor).filter(flow=flow)[:most])


def lines_of(runs: Iterable[Run]) -> list[RunLine]:
    """``flow`` and ``owner`` of each should be at hand."""
    now = timezone.now()
    return [
        RunLine(
            url=reverse("web:flows:run", args=[run.pk]),
            name=run.label or f"Run of {run.flow_title}",
            flow_title=run.flow_title,
            flow_url=reverse("web:flows:flow", args=[run.flow_id]),
            owner=run.owner.get_short_name(),
            sign=sign_of(run),
            tags=tuple(run.tags),
            started_at=run.started_at,
            took=span(((run.ended_at or now) - run.started_at).total_seconds()),
        )
        for run in runs
    ]
