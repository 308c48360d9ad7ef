"""What happened is written down, to be begun: once, whoever tells of it how often."""

from __future__ import annotations

from datetime import datetime
from uuid import uuid4

from django.db import transaction

from apps.triggers.errors import TooManyWait
from apps.triggers.models import Firing, Trigger
from apps.triggers.types import Happening

MOST_WAITING = 10_000
"""Firings of one trigger that are not begun yet; who tells of more is refused."""


@transaction.atomic
def happen(trigger: Trigger, happening: Happening, now: datetime) -> tuple[Firing, bool]:
    """The firing, and whether it is new.

    Raises:
        TooManyWait.
    """
    key = happening.key or str(uuid4())
    known = trigger.firings.filter(key=key).first()
    if known is not None:
        return known, False
    if trigger.firings.filter(state=Firing.State.DUE).count() >= MOST_WAITING:
        raise TooManyWait
    told = {"at": now, "due_at": now, "facts": happening.facts, "count": 1}
    return Firing.objects.get_or_create(trigger=trigger, key=key, defaults=told)
