"""Timers are found by their owners, and by nobody else."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db.models import OuterRef, QuerySet, Subquery

from apps.accounts.models import User
from apps.timers import schedules
from apps.timers.errors import NoSuchTimer
from apps.timers.models import Timer, Turn


def get_timer(timer_id: UUID, *, actor: User) -> Timer:
    """
    Raises:
        NoSuchTimer: there is none, or it is somebody else's.
    """
    found = Timer.objects.select_related("owner").filter(pk=timer_id, owner=actor).first()
    if found is None:
        raise NoSuchTimer
    return found


def find_timers(*, actor: User) -> QuerySet[Timer]:
    """One's own, the oldest first."""
    return Timer.objects.filter(owner=actor)


def turns_of(timer: Timer) -> QuerySet[Turn]:
    """Its history, the newest first."""
    return timer.turns.all()


def latest_turns(several: Iterable[Timer]) -> dict[UUID, Turn]:
    """Of each the last turn that was taken, by its id, if there is one."""
    found = Turn.objects.filter(timer__in=list(several)).exclude(state__in=[Turn.State.MISSED, Turn.State.SKIPPED])
    last = found.filter(at=Subquery(found.filter(timer=OuterRef("timer")).values("at")[:1]))
    return {turn.timer_id: turn for turn in last}


def timer_that_began(begun_id: UUID, *, actor: User) -> Timer | None:
    """The one of a turn of which this task or run came, if it is the actor's."""
    turn = Turn.objects.select_related("timer").filter(begun_id=begun_id, timer__owner=actor).first()
    return turn.timer if turn else None


def next_turns(timer: Timer, *, most: int) -> list[datetime]:
    """When it will strike next, with its jitter; nothing if it rests or has ended."""
    schedule, found = timer.schedule, list[datetime]()
    turn = timer.turn_at if timer.state == Timer.State.ACTIVE else None
    while turn is not None and len(found) < most:
        found.append(schedules.begins_at(timer.pk, schedule, turn))
        turn = schedules.next_turn(schedule, after=turn, taken=timer.taken + len(found))
    return found
