"""Celery's way in: the clock strikes. A message is a doorbell, and may be lost, late or doubled."""

from __future__ import annotations

import logging
from contextlib import suppress
from typing import Any

from celery import shared_task
from django.utils import timezone
from kombu.exceptions import OperationalError

from apps.timers import engine
from apps.timers.models import Turn

log = logging.getLogger(__name__)


@shared_task
def strike(**_later: Any) -> None:  # what a newer release may add to a message
    """Write down what is due, and have it begun; look how it goes with what nobody told of."""
    now = timezone.now()
    for timer_id in engine.timers_due(now):
        try:
            engine.strike(timer_id, now)
        except Exception:  # one that breaks keeps no other waiting
            log.exception("timer %s could not strike", timer_id)
    for turn_id in engine.turns_due(timezone.now()):
        _ring(turn_id)


@shared_task
def look(*, turn_id: int, **_later: Any) -> None:
    look_here(turn_id)


def look_here(turn_id: int) -> None:
    """What ``look`` does, in this process."""
    turn = Turn.objects.select_related("timer__owner").filter(pk=turn_id).first()
    if turn is not None and turn.state == Turn.State.DUE:
        engine.begin(turn_id, timezone.now())
    elif turn is not None and turn.state == Turn.State.GOING:
        engine.look_after(turn, timezone.now())


def _ring(turn_id: int) -> None:
    """A broker that is away loses nothing: the clock strikes again."""
    with suppress(OperationalError):
        look.apply_async(kwargs={"turn_id": turn_id}, expires=60)
