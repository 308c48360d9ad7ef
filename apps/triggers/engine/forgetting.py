"""Firings that were over long ago are forgotten, with the runs that they started, if the administrator wants it so.

The files that a trigger saw are not: each is to be taken once.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db.models import Q

from apps.triggers.models import Firing

MOST_AT_ONCE = 1_000


def forget_firings(now: datetime, *, kept: timedelta) -> int:
    """Forget what was over longer ago than it is kept; how many, of some at once."""
    over = Firing.objects.exclude(state__in=[Firing.State.DUE, Firing.State.GOING]).order_by()
    old = over.filter(Q(ended_at=None) | Q(ended_at__lt=now - kept), at__lt=now - kept)
    found = list(old.values_list("pk", flat=True)[:MOST_AT_ONCE])
    Firing.objects.filter(pk__in=found).delete()
    return len(found)
