"""The engine: carries runs from state to state, durably. No HTTP, no Celery.

``advance`` is pure: what a state, the data and an event lead to. ``turns`` makes the transitions of one run that are
due, in one transaction; ``acting`` performs actions outside of it. Both are harmless when they are asked for twice.
Messages between processes carry an id and say "look now"; ``due`` finds what a lost one was about.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from apps.flows.engine import acting
from apps.flows.engine.acting import Clock
from apps.flows.engine.asking import document_of
from apps.flows.engine.bodies import require_valid
from apps.flows.engine.turns import Turned, turn
from apps.flows.models import Action, Run

MOST_AT_ONCE = 200
HandOver = Callable[[Action], None]


def advance(run_id: uuid.UUID, clock: Clock, hand_over: HandOver) -> Turned:
    """Carry a run as far as it goes by itself. Of actions that begin together one is performed here, the others are
    handed over."""
    return follow(turn(run_id, clock(), holder=uuid.uuid4().hex), clock, hand_over)


def perform(action_id: uuid.UUID, clock: Clock, hand_over: HandOver) -> Turned:
    """Do what is due for an action, and carry its run on, if that waited for it."""
    action = acting.take(action_id, clock())
    if action is None:
        return Turned()
    return follow(acting.perform(action, clock), clock, hand_over)


def follow(turned: Turned, clock: Clock, hand_over: HandOver) -> Turned:
    """Go on with what a turn has begun."""
    while True:
        mine = [action for action in turned.actions if action.lease]
        for action in turned.actions:
            if not action.lease:
                hand_over(action)
        if mine:
            done = acting.perform(mine[0], clock)
            turned = replace(turned, actions=(), later=done.later) if done.later else done
        elif turned.run_id is not None and turned.due_at is not None and turned.due_at <= clock():
            turned = turn(turned.run_id, clock(), holder=uuid.uuid4().hex)
        else:
            return turned


def announce(awaits: str, now: datetime) -> list[Action]:
    """What some actions await has happened: they are due now."""
    found = Action.objects.filter(awaits=awaits, completed_at=None)
    found.update(due_at=now)
    return list(found)


@dataclass(frozen=True, slots=True)
class Due:
    """What wants to be looked at: some of it, the longest due first."""

    runs: Iterable[uuid.UUID]
    actions: Iterable[Action]


def due(now: datetime) -> Due:
    runs = Run.objects.filter(ended_at=None, due_at__lte=now).order_by("due_at")
    actions = acting.free(now).order_by("due_at")
    return Due(list(runs.values_list("pk", flat=True)[:MOST_AT_ONCE]), list(actions[:MOST_AT_ONCE]))


__all__ = [
    "Clock",
    "Due",
    "HandOver",
    "Turned",
    "advance",
    "announce",
    "document_of",
    "due",
    "perform",
    "require_valid",
    "turn",
]
