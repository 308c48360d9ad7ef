"""Celery's way in: firings are begun. A message is a doorbell, and may be lost, late or doubled."""

from __future__ import annotations

from contextlib import suppress
from datetime import timedelta
from typing import Any

from celery import shared_task
from django.conf import settings
from django.utils import timezone
from kombu.exceptions import OperationalError

from apps.triggers import engine
from apps.triggers.models import Firing

MOST_IN_A_MESSAGE = 25


@shared_task
def sweep(**_later: Any) -> None:  # what a newer release may add to a message
    """Have begun what is due; look how it goes with what nobody told of."""
    engine.look_at_records(timezone.now())
    ring(engine.firings_due(timezone.now()))


@shared_task
def look(*, firing_ids: list[int], **_later: Any) -> None:
    for firing in Firing.objects.select_related("trigger").filter(pk__in=firing_ids).order_by("pk"):
        if firing.state == Firing.State.DUE:
            engine.begin(firing.pk, timezone.now())
        elif firing.state == Firing.State.GOING:
            engine.look_after(firing, timezone.now())


@shared_task
def forget_firings(**_later: Any) -> None:
    """Forget firings that were over long ago; without the setting none ever is."""
    kept = timedelta(days=settings.RUNS_KEPT_DAYS)
    while kept and engine.forget_firings(timezone.now(), kept=kept):
        pass


def ring(firing_ids: list[int]) -> None:
    """Have them looked at. A broker that is away loses nothing: they are swept up."""
    for number in range(0, len(firing_ids), MOST_IN_A_MESSAGE):
        with suppress(OperationalError):
            look.apply_async(kwargs={"firing_ids": firing_ids[number : number + MOST_IN_A_MESSAGE]}, expires=60)
