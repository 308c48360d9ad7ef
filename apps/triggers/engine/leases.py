"""Which process watches which folders: each trigger is in the care of one, and of another soon after that one died."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db.models import Q

from apps.triggers.models import Trigger

MOST = 500
"""Folders that one process watches."""


def take(watcher: UUID, now: datetime) -> list[Trigger]:
    """Keep those that one has, and take those that nobody cares for: all that the watcher has now."""
    until = now + timedelta(seconds=settings.WATCH_LEASE_S)
    at_work = Trigger.objects.filter(kind=Trigger.Kind.FILES, state=Trigger.State.ACTIVE)
    ours = at_work.filter(watcher=watcher)
    kept = ours.update(watched_until=until)
    free = at_work.filter(Q(watched_until__isnull=True) | Q(watched_until__lt=now))
    for trigger_id in free.values_list("pk", flat=True)[: max(MOST - kept, 0)]:
        free.filter(pk=trigger_id).update(watcher=watcher, watched_until=until)
    return list(ours.select_related("owner"))


def let_go(watcher: UUID) -> None:
    """Of all: others need not wait."""
    Trigger.objects.filter(watcher=watcher).update(watcher=None, watched_until=None)
