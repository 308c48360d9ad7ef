"""What the pages of tasks ask besides: whose there are, how fast they were, and what else became of files."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from apps.accounts.models import User
from apps.transfer.models import Event, File, Task
from apps.transfer.services.tasks import tasks_of

PROGRESS = "PROGRESS"
MOST_POINTS = 2000
State, Action = File.State, File.Action


@dataclass(frozen=True, slots=True)
class Stretch:
    """So many bytes and files were sent in the ``seconds`` before ``at``."""

    at: datetime
    seconds: float
    bytes_sent: int
    files: int


def visible_tasks(actor: User) -> QuerySet[Task]:
    """Everybody's for administrators of the portal, the actor's own for all others; the newest first."""
    if not actor.is_superuser:
        return tasks_of(actor)
    return Task.objects.select_related("owner", "source", "destination")


def stretches_of(task: Task) -> list[Stretch]:
    """How it went, the oldest first; at most the last ``MOST_POINTS``."""
    told = task.events.filter(code=PROGRESS).order_by("-id").values_list("at", "details")[:MOST_POINTS]
    return [_stretch(at, json.loads(details)) for at, details in reversed(told)]


def _stretch(at: datetime, told: dict[str, float]) -> Stretch:
    return Stretch(at, told["duration"], int(told["bytes_transferred"]), int(told["files_succeeded"]))


def log_of(task: Task, *, errors_only: bool = False) -> QuerySet[Event]:
    """What happened, without how fast it was; the newest first."""
    told = task.events.exclude(code=PROGRESS)
    return told.filter(is_error=True) if errors_only else told


def same_files(task: Task) -> QuerySet[File]:
    """What was at the destination already."""
    return task.ledger.filter(state=State.SAME, action__in=[Action.COPY, Action.LINK]).order_by("id")


def deleted_files(task: Task) -> QuerySet[File]:
    """Files and folders that the task deleted."""
    return task.ledger.filter(state=State.DONE, action__in=[Action.DELETE, Action.REMOVE]).order_by("id")


def waiting_files(task: Task) -> QuerySet[File]:
    """What is not done yet; of a task that is over, what never was."""
    return task.ledger.filter(state=State.WAITING).order_by("id")
