"""What comes, and what was, day by day: of all timers of a person."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Case, IntegerField, Min, Sum, Value, When

from apps.accounts.models import User
from apps.timers.models import Timer, Turn
from apps.timers.tallies import Tally, tallies

MOST_TIMERS = 100


@dataclass(frozen=True, slots=True)
class PastTurns:
    """So many turns of a timer on one day that went alike, the first of them at ``first_at``."""

    day: int
    timer: Timer
    state: str
    count: int
    first_at: datetime


def coming_turns(days: Sequence[datetime], *, actor: User) -> tuple[list[tuple[Timer, list[Tally]]], bool]:
    """Of each timer of the actor's how many turns come between these moments, which follow on one another; and whether
    there are more timers than are looked at: those that strike next are."""
    active = Timer.objects.filter(owner=actor, state=Timer.State.ACTIVE, turn_at__lt=days[-1]).order_by("turn_at")
    several = list(active[: MOST_TIMERS + 1])
    told = [(timer, _tallies(timer, days)) for timer in several[:MOST_TIMERS]]
    return told, len(several) > MOST_TIMERS


def past_turns(days: Sequence[datetime], *, actor: User) -> list[PastTurns]:
    """The turns that were between these moments; the database counts them."""
    numbered = Case(
        *(When(at__lt=end, then=Value(number)) for number, end in enumerate(days[1:])), output_field=IntegerField()
    )
    turns = Turn.objects.filter(timer__owner=actor, at__gte=days[0], at__lt=days[-1]).order_by()
    counted = list(
        turns.annotate(day=numbered)
        .values_list("day", "timer", "state")
        .annotate(several=Sum("count"), first_at=Min("at"))
        .order_by("day", "first_at")
    )
    timers = Timer.objects.in_bulk({timer for _day, timer, *_ in counted})
    return [PastTurns(day, timers[timer], *rest) for day, timer, *rest in counted if timer in timers]


def _tallies(timer: Timer, days: Sequence[datetime]) -> list[Tally]:
    assert timer.turn_at is not None  # it is active
    return tallies(timer.schedule, days, since=timer.turn_at, taken=timer.taken)
