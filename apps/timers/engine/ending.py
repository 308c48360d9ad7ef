"""Turns end: what they began has succeeded, or not; a timer of which nothing comes any more rests."""

from __future__ import annotations

import uuid
from datetime import datetime, timedelta

from django.db import transaction

from apps.timers.actions import outcome_of
from apps.timers.models import Timer, Turn
from apps.timers.signals import timer_rests

LOOK_AFTER = timedelta(minutes=5)
"""Their end is announced; whoever missed that looks now and then."""


def ended(begun_id: uuid.UUID, now: datetime) -> None:
    """What perhaps a turn began is over; told again nothing changes."""
    turn = Turn.objects.select_related("timer__owner").filter(begun_id=begun_id, state=Turn.State.GOING).first()
    if turn is not None:
        look_after(turn, now)


def look_after(turn: Turn, now: datetime) -> None:
    """See how it goes with what the turn began."""
    outcome = outcome_of(turn)
    if outcome is None:
        Turn.objects.filter(pk=turn.pk, state=Turn.State.GOING).update(due_at=now + LOOK_AFTER)
    elif outcome.has_succeeded:
        _succeed(turn, now)
    else:
        fail(turn, outcome.why, now)


@transaction.atomic
def _succeed(turn: Turn, now: datetime) -> None:
    timer = _held(turn)
    if timer is None:
        return
    done = Turn.objects.filter(pk=turn.pk, state=Turn.State.GOING)
    if done.update(state=Turn.State.DONE, ended_at=now, due_at=None):
        if timer.failures:
            timer.failures = 0
            timer.save(update_fields=["failures"])
        let_next(turn, now)


@transaction.atomic
def fail(turn: Turn, why: str, now: datetime) -> None:
    """Nothing came of it. After so many in a row the timer rests, and says why."""
    timer = _held(turn)
    if timer is None:
        return
    open_ = Turn.objects.filter(pk=turn.pk, state__in=[Turn.State.DUE, Turn.State.GOING])
    if not open_.update(state=Turn.State.FAILED, ended_at=now, due_at=None, message=why):
        return
    timer.errors += 1
    timer.failures += 1
    if timer.failures >= timer.most_failures and timer.state == Timer.State.ACTIVE:
        timer.state, timer.inactive = Timer.State.PAUSED, {"cause": "failures", "detail": {"message": why}}
        # It rests, whatever listeners make of it.
        transaction.on_commit(lambda: timer_rests.send(sender=Timer, timer=timer), robust=True)
    timer.save(update_fields=["errors", "failures", "state", "inactive"])
    let_next(turn, now)


def _held(turn: Turn) -> Timer | None:
    """The turn's timer, which whoever changes its turns holds before them: else two would wait for each other. None: it
    was deleted."""
    return Timer.objects.select_for_update(of=("self",)).select_related("owner").filter(pk=turn.timer_id).first()


def let_next(turn: Turn, now: datetime) -> list[int]:
    """The next one may have waited for it; which, if there is one. The timer is held."""
    following = Turn.objects.filter(timer=turn.timer_id, at__gt=turn.at, state=Turn.State.DUE).order_by("at")
    found = list(following.values_list("pk", flat=True)[:1])
    if found:
        Turn.objects.filter(pk__in=found).update(due_at=now)
    return found
