"""Triggers are found by their owners, and by nobody else."""

from __future__ import annotations

from uuid import UUID

from django.db.models import Count, QuerySet

from apps.accounts.models import User
from apps.triggers.errors import NoSuchTrigger
from apps.triggers.models import Firing, SeenFile, Trigger


def get_trigger(trigger_id: UUID, *, actor: User) -> Trigger:
    """
    Raises:
        NoSuchTrigger: there is none, or it is somebody else's.
    """
    found = Trigger.objects.select_related("owner").filter(pk=trigger_id, owner=actor).first()
    if found is None:
        raise NoSuchTrigger
    return found


def find_triggers(*, actor: User) -> QuerySet[Trigger]:
    """One's own, the oldest first."""
    return Trigger.objects.filter(owner=actor)


def firings_of(trigger: Trigger) -> QuerySet[Firing]:
    """What happened and what it started, the newest first."""
    return trigger.firings.all()


def files_of(trigger: Trigger) -> QuerySet[SeenFile]:
    """The files that it saw, those seen last first, with what became of them."""
    return trigger.files.select_related("firing")


def counts_of_files(trigger: Trigger) -> dict[str, int]:
    """How many there are in each state that some are in."""
    counted = trigger.files.order_by().values("state").annotate(count=Count("pk"))
    return {one["state"]: one["count"] for one in counted}
