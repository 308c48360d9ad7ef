"""Turns that were over long ago are forgotten, with the runs that they began, if the administrator wants it so."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db.models import Q

from apps.timers.models import Turn

MOST_AT_ONCE = 1_000


def forget_turns(now: datetime, *, kept: timedelta) -> int:
    """Forget what was over longer ago than it is kept; how many, of some at once."""
    over = Turn.objects.exclude(state__in=[Turn.State.DUE, Turn.State.GOING]).order_by()
    old = over.filter(Q(ended_at=None) | Q(ended_at__lt=now - kept), at__lt=now - kept)
    found = list(old.values_list("pk", flat=True)[:MOST_AT_ONCE])
    Turn.objects.filter(pk__in=found).delete()
    return len(found)
