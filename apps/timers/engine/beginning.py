"""Turns are begun: a transfer is submitted, or a run started, in the name of the timer's owner."""

from __future__ import annotations

import logging
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from apps.common.errors import PortalError, Unavailable
from apps.flows.errors import UNFORESEEN
from apps.timers.actions import begin_now
from apps.timers.engine import ending
from apps.timers.models import Timer, Turn
from apps.timers.types import Missed, Overlap

LEASE = timedelta(minutes=2)
SOON, LATER = timedelta(seconds=10), timedelta(minutes=10)
MOST_TRIES = 20
MOST_AT_ONCE = 1_000
log = logging.getLogger(__name__)


def turns_due(now: datetime) -> list[int]:
    """Those that are to be begun, the longest due first."""
    return list(Turn.objects.filter(due_at__lte=now).order_by("due_at").values_list("pk", flat=True)[:MOST_AT_ONCE])


def begin(turn_id: int, now: datetime) -> None:
    """Begin what the turn is for. Done twice it begins the same: a submission is known by its timer and its time.

    One that overlaps with the one before is skipped, or waits; what is away is asked again.
    """
    until = now + LEASE
    ours = Turn.objects.filter(pk=turn_id, state=Turn.State.DUE, due_at__lte=now)
    if not ours.update(due_at=until):
        return
    turn = Turn.objects.select_related("timer__owner").get(pk=turn_id)
    if _is_kept_waiting(turn, now):
        return
    try:
        begun = begin_now(turn)
    except Unavailable as error:
        _try_again(turn, now, error.message)
    except PortalError as error:
        ending.fail(turn, error.message, now)
    except Exception:  # of a run or a transfer, whatever it is: the turn is tried again, and fails in the end
        log.exception("turn %s of timer %s met an error that nobody foresaw", turn.pk, turn.timer_id)
        _try_again(turn, now, UNFORESEEN)
    else:
        _going(turn, begun, now)


def _is_kept_waiting(turn: Turn, now: datetime) -> bool:
    """By the one before, which goes on still."""
    timer = turn.timer
    before = timer.turns.filter(at__lt=turn.at)
    if timer.missed == Missed.ALL and before.filter(state=Turn.State.DUE).exists():  # one after the other
        Turn.objects.filter(pk=turn.pk).update(due_at=now + SOON)
        return True
    if timer.overlap == Overlap.LET or not before.filter(state=Turn.State.GOING).exists():
        return False
    if timer.overlap == Overlap.WAIT:
        Turn.objects.filter(pk=turn.pk).update(due_at=now + LATER)  # the end of what goes on rings before
    else:
        told = "What the turn before began was still going on."
        Turn.objects.filter(pk=turn.pk).update(state=Turn.State.SKIPPED, due_at=None, ended_at=now, message=told)
    return True


def _try_again(turn: Turn, now: datetime, why: str) -> None:
    turn.tries += 1
    if turn.tries >= MOST_TRIES:
        ending.fail(turn, why, now)
        return
    due_at = now + min(SOON * 2 ** (turn.tries - 1), LATER)
    Turn.objects.filter(pk=turn.pk).update(tries=turn.tries, due_at=due_at, message=why)


@transaction.atomic
def _going(turn: Turn, begun: UUID, now: datetime) -> None:
    going = Turn.objects.filter(pk=turn.pk, state=Turn.State.DUE)
    going.update(state=Turn.State.GOING, begun_id=begun, begun_at=now, due_at=now + ending.LOOK_AFTER, message="")
    Timer.objects.filter(pk=turn.timer_id).update(last_turn_at=now)
