"""Runs that ended long ago are forgotten, if the administrator wants it so."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction

from apps.access import services as access
from apps.flows.models import Run

MOST_AT_ONCE = 100


def forget_runs(now: datetime, *, kept: timedelta) -> int:
    """Forget runs that ended longer ago than they are kept, with their logs and actions; how many, of some at once."""
    old = list(Run.objects.filter(ended_at__lt=now - kept).order_by("ended_at")[:MOST_AT_ONCE])
    for run in old:
        with transaction.atomic():
            access.withdraw_all(run.resource)
            run.delete()
    return len(old)
