"""Celery's way in: the clock strikes. A message is a doorbell, and may be lost, late or doubled."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from celery import shared_task
from django.conf import settings
from django.utils import timezone
from kombu.exceptions import OperationalError

from apps.timers import engine
from apps.timers.models import Turn

TOGETHER = 100
"""So many timers strike in one transaction."""
A_RING = 20
"""So many turns are begun by one message: a message costs half of what a turn does."""
log = logging.getLogger(__name__)


@shared_task
def strike(**_later: Any) -> None:  # what a newer release may add to a message
    """Write down what is due, and have it begun; look how it goes with what nobody told of."""
    now = timezone.now()
    timers = engine.timers_due(now)
    for first in range(0, len(timers), TOGETHER):
        _strike(timers[first : first + TOGETHER], now)
    now = timezone.now()
    turns = engine.turns_due(now)
    held = engine.hold(turns, now)
    for first in range(0, len(turns), A_RING):
        _ring(turns[first : first + A_RING], held)


@shared_task
def look(*, turn_ids: list[int], held: str, **_later: Any) -> None:
    look_here(turn_ids, datetime.fromisoformat(held))


@shared_task
def forget_turns(**_later: Any) -> None:
    """Forget turns that were over long ago; without the setting none ever is."""
    kept = timedelta(days=settings.RUNS_KEPT_DAYS)
    while kept and engine.forget_turns(timezone.now(), kept=kept):
        pass


def look_here(turn_ids: Sequence[int], held: datetime | None = None) -> None:
    """What ``look`` does, in this process."""
    now = timezone.now()
    engine.begin(turn_ids, now, held)
    going = Turn.objects.select_related("timer__owner").filter(pk__in=turn_ids, state=Turn.State.GOING)
    for turn in going.exclude(begun_at=now):
        engine.look_after(turn, now)


def _strike(timer_ids: Sequence[UUID], now: datetime) -> None:
    """One that breaks keeps no other waiting."""
    try:
        engine.strike(timer_ids, now)
    except Exception:  # whatever it is, it is due again; the others strike without it
        if len(timer_ids) == 1:
            log.exception("timer %s could not strike", timer_ids[0])
            return
        for timer_id in timer_ids:
            _strike([timer_id], now)


def _ring(turn_ids: list[int], held: datetime) -> None:
    """A broker that is away loses nothing: the clock strikes again."""
    with suppress(OperationalError, OSError):
        look.apply_async(kwargs={"turn_ids": turn_ids, "held": held.isoformat()}, expires=60)
