"""Timers are made, paused, resumed, renamed and deleted by their owners."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction

from apps.accounts.models import User
from apps.timers import actions, schedules
from apps.timers.engine.striking import wait_for
from apps.timers.errors import HasEnded, InvalidSchedule
from apps.timers.models import Timer
from apps.timers.types import Missed, Overlap, Schedule

_JUST_BEFORE = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True)
class NewTimer:
    """``body`` is the document of a transfer, or what a flow is started with; ``flow_id`` which flow."""

    kind: str
    body: Mapping[str, Any]
    schedule: Schedule
    name: str = ""
    flow_id: UUID | None = None
    missed: Missed = Missed.LAST
    overlap: Overlap = Overlap.SKIP
    most_failures: int = 5


@dataclass(frozen=True, slots=True)
class TimerChanges:
    """When a timer strikes, and what it does about turns that do not go as they should."""

    schedule: Schedule
    missed: Missed
    overlap: Overlap
    most_failures: int


def create_timer(*, actor: User, told: NewTimer, now: datetime) -> Timer:
    """A timer that begins something in the actor's name. Rights are those of each turn; now it has to be possible.

    Raises:
        InvalidSchedule: it would never strike, or too often.
        PortalError: what it is to begin could not be begun now.
    """
    schedules.require(told.schedule)
    actions.check(kind=told.kind, owner=actor, body=told.body, flow_id=told.flow_id)
    timer = Timer(
        owner=actor,
        name=told.name,
        kind=told.kind,
        flow_id=told.flow_id,
        body=dict(told.body),
        missed=told.missed,
        overlap=told.overlap,
        most_failures=told.most_failures,
        submitted_at=now,
    )
    timer.schedule = told.schedule
    wait_for(timer, told.schedule, after=None)
    timer.save(force_insert=True)
    return timer


def pause_timer(*, timer: Timer) -> Timer:
    """It strikes no more, and keeps its place. What it began goes on."""
    with transaction.atomic():
        locked = _locked(timer)
        locked.state, locked.inactive = Timer.State.PAUSED, {"cause": "user", "detail": None}
        locked.save(update_fields=["state", "inactive"])
    return locked


def resume_timer(*, timer: Timer, now: datetime) -> Timer:
    """It waits for its next turn. What would have been while it rested was not missed: its owner wanted it so."""
    with transaction.atomic():
        locked = _locked(timer)
        if locked.state == Timer.State.PAUSED:
            locked.state, locked.inactive, locked.failures = Timer.State.ACTIVE, None, 0
            if locked.turn_at is not None and locked.turn_at <= now:
                wait_for(locked, locked.schedule, after=now)
            locked.save(update_fields=["state", "inactive", "failures", "turn_at", "due_at"])
    return locked


def rename_timer(*, timer: Timer, name: str) -> Timer:
    timer.name = name
    timer.save(update_fields=["name"])
    return timer


def change_timer(*, timer: Timer, told: TimerChanges, now: datetime) -> Timer:
    """Let it strike by another schedule, from now on; with the same rhythm it keeps its place.

    Raises:
        InvalidSchedule: it would never strike again, or too often.
        HasEnded: it strikes no more.
    """
    schedules.require(told.schedule)
    with transaction.atomic():
        locked = _locked(timer)
        is_same = told.schedule.rhythm == locked.schedule.rhythm
        after = locked.turn_at - _JUST_BEFORE if locked.turn_at and is_same else now
        if schedules.next_turn(told.schedule, after=after, taken=locked.taken) is None:
            raise InvalidSchedule("No turn would come any more. Choose a later end, or time.", place="schedule.end")
        locked.schedule, locked.most_failures = told.schedule, told.most_failures
        locked.missed, locked.overlap = told.missed, told.overlap
        wait_for(locked, told.schedule, after=after)
        locked.save(update_fields=["schedule_json", "missed", "overlap", "most_failures", "turn_at", "due_at"])
    return locked


@transaction.atomic
def delete_timer(*, timer: Timer) -> None:
    """With its history. What it began goes on."""
    for held in Timer.objects.select_for_update(of=("self",)).filter(pk=timer.pk):  # before its turns, as others do
        held.delete()


def _locked(timer: Timer) -> Timer:
    """
    Raises:
        HasEnded: it strikes no more.
    """
    found = Timer.objects.select_for_update(of=("self",)).select_related("owner").get(pk=timer.pk)
    if found.state == Timer.State.ENDED:
        raise HasEnded
    return found
