"""Tasks, found by those whose they are."""

from __future__ import annotations

from uuid import UUID

from django.db.models import QuerySet

from apps.accounts.models import User
from apps.transfer.errors import NoSuchTask
from apps.transfer.models import Task


def tasks_of(actor: User) -> QuerySet[Task]:
    """The actor's own, the newest first."""
    return Task.objects.filter(owner=actor).select_related("owner", "source", "destination")


def get_task(task_id: UUID, *, actor: User) -> Task:
    """
    Raises:
        NoSuchTask: there is none, or it is another's. Administrators of the portal see all.
    """
    seen = Task.objects.select_related("owner", "source", "destination").filter(pk=task_id)
    task = seen.first() if actor.is_superuser else seen.filter(owner=actor).first()
    if task is None:
        raise NoSuchTask
    return task
