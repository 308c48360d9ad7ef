"""Turns are begun: transfers are submitted and runs started, in the names of the timers' owners.

Many at a time, because many timers are due at noon. What is begun and what is written down of it is one transaction, in
which the timers' rows are held: whoever dies has begun nothing, and nobody else begins it meanwhile.
"""

from __future__ import annotations

import logging
from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from time import monotonic
from uuid import UUID

from django.db import transaction
from django.db.models import Min, Q

from apps.access import services as access
from apps.common.errors import PortalError, Unavailable
from apps.common.writing import Writes
from apps.flows.errors import UNFORESEEN
from apps.timers.actions import begin_now
from apps.timers.engine import ending
from apps.timers.engine.striking import is_late
from apps.timers.models import Timer, Turn
from apps.timers.types import Missed, Overlap

SOON, LATER = timedelta(seconds=10), timedelta(minutes=10)
RINGS_AGAIN = timedelta(seconds=10)
"""Who was rung for has begun by then, or the doorbell was lost."""
MOST_TRIES = 20
MOST_AT_ONCE = 1_000
LONGEST_S = 0.1
"""No new turn is begun in a transaction that is older: others wait for it where only one may write."""
Oldest = dict[tuple[UUID, str], datetime]
"""By timer and state, the time of the first of its turns that is in the state."""
log = logging.getLogger(__name__)


def turns_due(now: datetime) -> list[int]:
    """Those that somebody has to look at, the longest due first."""
    due = Turn.objects.filter(due_at__lte=now).order_by("due_at", "at")
    return list(due.values_list("pk", flat=True)[:MOST_AT_ONCE])


def hold(turn_ids: Collection[int], now: datetime) -> datetime:
    """Keep them for who is rung for now. Until when: they say so to ``begin``.

    Those that somebody is at are let be: who begins them holds several, too, and each would wait for the other.
    """
    until = now + RINGS_AGAIN
    with transaction.atomic():
        free = Turn.objects.select_for_update(skip_locked=True).filter(pk__in=turn_ids, due_at__lte=now)
        Turn.objects.filter(pk__in=list(free.values_list("pk", flat=True))).update(due_at=until)
    return until


def begin(turn_ids: Sequence[int], now: datetime, held: datetime | None = None) -> None:
    """Begin what those of the turns are for that are due, or ``held`` for who asks. Done twice it begins the same.

    One that overlaps with the one before is skipped, or waits; what is away is asked again.
    """
    left = list(turn_ids)
    while left:
        done, let = _begin_some(left, now, held)
        left = left[done:] + let


@transaction.atomic
def _begin_some(turn_ids: Sequence[int], now: datetime, held: datetime | None) -> tuple[int, list[int]]:
    """Some of the first, each of another timer. How many, and which of later ones they let."""
    of_turns = Turn.objects.filter(pk__in=turn_ids).values("timer")
    locked = Timer.objects.select_for_update(of=("self",)).select_related("owner").prefetch_related("owner__identities")
    timers = {timer.pk: timer for timer in locked.filter(pk__in=of_turns).order_by("pk")}
    ours = Turn.objects.filter(Q(due_at__lte=now) | Q(due_at=held), pk__in=turn_ids, state=Turn.State.DUE)
    turns = {turn.pk: turn for turn in ours if turn.timer_id in timers}
    oldest, until, writes = _oldest(timers), monotonic() + LONGEST_S, Writes()
    done, let = 0, list[int]()
    with access.remembering():
        for turn in map(turns.get, turn_ids):
            timer = timers.pop(turn.timer_id, None) if turn else None
            if monotonic() > until or (turn and not timer):
                break
            done += 1
            if turn and timer:
                turn.timer = timer
                _begin(turn, oldest, now, writes)
                if timer.missed == Missed.ALL and turn.state != Turn.State.DUE:
                    let += ending.let_next(turn, now)
    writes.send()
    return done, let


def _oldest(timers: Collection[UUID]) -> Oldest:
    open_ones = Turn.objects.filter(timer__in=timers, state__in=[Turn.State.DUE, Turn.State.GOING]).order_by()
    return {(timer, state): at for timer, state, at in open_ones.values_list("timer", "state").annotate(Min("at"))}


def _begin(turn: Turn, oldest: Oldest, now: datetime, writes: Writes) -> None:
    if _is_kept_waiting(turn, oldest, now):
        writes.update(turn, ["state", "due_at", "ended_at", "message"])
        return
    try:
        with transaction.atomic():
            begun = begin_now(turn)
    except Unavailable as error:
        _try_again(turn, now, error.message)
    except PortalError as error:
        ending.fail(turn, error.message, now)
    except Exception:  # of a run or a transfer, whatever it is: the turn is tried again, and fails in the end
        log.exception("turn %s of timer %s met an error that nobody foresaw", turn.pk, turn.timer_id)
        _try_again(turn, now, UNFORESEEN)
    else:
        turn.state, turn.begun_id, turn.begun_at, turn.message = Turn.State.GOING, begun, now, ""
        turn.due_at = now + ending.LOOK_AFTER
        turn.timer.last_turn_at = now
        writes.update(turn, ["state", "begun_id", "begun_at", "due_at", "message"])
        writes.update(turn.timer, ["last_turn_at"])


def _is_kept_waiting(turn: Turn, oldest: Oldest, now: datetime) -> bool:
    """By one before, which goes on still. What was missed comes one after the other, and is not skipped."""
    timer = turn.timer
    is_each_taken = timer.missed == Missed.ALL
    if is_each_taken and oldest.get((timer.pk, Turn.State.DUE), turn.at) < turn.at:
        turn.due_at = None  # the one before lets it
        return True
    if timer.overlap == Overlap.LET or oldest.get((timer.pk, Turn.State.GOING), turn.at) >= turn.at:
        return False
    if timer.overlap == Overlap.WAIT or (is_each_taken and is_late(timer, turn.at, now)):
        turn.due_at = now + LATER  # the end of what goes on rings before
    else:
        turn.state, turn.due_at, turn.ended_at = Turn.State.SKIPPED, None, now
        turn.message = "What the turn before began was still going on."
    return True


def _try_again(turn: Turn, now: datetime, why: str) -> None:
    turn.tries += 1
    if turn.tries >= MOST_TRIES:
        ending.fail(turn, why, now)
        return
    due_at = now + min(SOON * 2 ** (turn.tries - 1), LATER)
    Turn.objects.filter(pk=turn.pk).update(tries=turn.tries, due_at=due_at, message=why)
