"""The clock strikes: turns that are due are written down, each once, and the timer waits for its next one."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Iterable, Iterator
from datetime import datetime, timedelta
from itertools import islice

from django.db import transaction

from apps.common.writing import Writes
from apps.timers import schedules
from apps.timers.models import Timer, Turn
from apps.timers.types import Missed, Schedule

LATE = timedelta(minutes=10)
"""So late a turn was missed: until then the workers were busy."""
MOST_AT_ONCE = 1_000
MOST_TAKEN = 100
MOST_MISSED = 100_000


def timers_due(now: datetime) -> list[uuid.UUID]:
    """Those that have a turn to be taken, the longest due first."""
    due = Timer.objects.filter(state=Timer.State.ACTIVE, due_at__lte=now).order_by("due_at")
    return list(due.values_list("pk", flat=True)[:MOST_AT_ONCE])


@transaction.atomic
def strike(timer_ids: Collection[uuid.UUID], now: datetime) -> None:
    """Write down the turns that are due; they are to be begun. Nothing of those for which another process was faster
    or is at it."""
    held = Timer.objects.select_for_update(of=("self",), skip_locked=True)
    timers = list(held.filter(pk__in=timer_ids, state=Timer.State.ACTIVE, due_at__lte=now))
    turns, writes, with_turns = list[Turn](), Writes(), _with_turns(timers)
    for timer in timers:
        turns += _struck(timer, now, has_turns=timer.pk in with_turns)
        writes.update(timer, ["taken", "turn_at", "due_at", "state"])
    writes.insert(turns)
    writes.send()


def _with_turns(timers: Iterable[Timer]) -> set[uuid.UUID]:
    """Of those that take each turn, the ones that have some to be begun."""
    each = [timer.pk for timer in timers if timer.missed == Missed.ALL]
    waiting = Turn.objects.filter(timer__in=each, state=Turn.State.DUE).order_by()
    return set(waiting.values_list("timer", flat=True).distinct()) if each else set()


def _struck(timer: Timer, now: datetime, *, has_turns: bool) -> list[Turn]:
    """The turns that are due; the timer waits for its next one. Nothing is saved.

    Of several that are taken the first is to be begun now; each is let by the one before it.
    """
    schedule = timer.schedule
    most = MOST_TAKEN if timer.missed == Missed.ALL else MOST_MISSED
    passed = list(islice(_passed(timer, schedule, now), most))
    taken, missed = _taken(passed, Missed(timer.missed), is_late=is_late(timer, passed[-1], now))
    made = [Turn(timer=timer, at=at, due_at=None if has_turns or at != taken[0] else now) for at in taken]
    if missed:
        told = "Nobody was there to take it: the portal was down, or busy."
        made.append(Turn(timer=timer, at=missed[0], count=len(missed), state=Turn.State.MISSED, message=told))
    timer.taken += len(taken)
    wait_for(timer, schedule, after=max([*taken, *missed]))
    return made


def wait_for(timer: Timer, schedule: Schedule, *, after: datetime | None) -> None:
    """Let it wait for its next turn, or end if there is none. It is not saved."""
    timer.turn_at = schedules.next_turn(schedule, after=after, taken=timer.taken)
    if timer.turn_at is None:
        timer.due_at, timer.state = None, Timer.State.ENDED
    else:
        timer.due_at = schedules.begins_at(timer.pk, schedule, timer.turn_at)


def is_late(timer: Timer, turn: datetime, now: datetime) -> bool:
    return now - schedules.begins_at(timer.pk, timer.schedule, turn) > LATE


def _passed(timer: Timer, schedule: Schedule, now: datetime) -> Iterator[datetime]:
    """The turns that are due, from the one that it waited for."""
    turn, is_each_taken = timer.turn_at, timer.missed == Missed.ALL
    taken = timer.taken
    while turn is not None and schedules.begins_at(timer.pk, schedule, turn) <= now:
        yield turn
        taken += is_each_taken
        turn = schedules.next_turn(schedule, after=turn, taken=taken)


def _taken(passed: list[datetime], policy: Missed, *, is_late: bool) -> tuple[list[datetime], list[datetime]]:
    """Those that are taken, and those that were missed. ``is_late``: so is the last of them."""
    if policy is Missed.ALL:
        return passed, []
    if policy is Missed.LAST or not is_late:
        return passed[-1:], passed[:-1]
    return [], passed
