"""What became of a task, line by line."""

from __future__ import annotations

from django.db.models import QuerySet

from apps.transfer.models import Event, File, Task

State, Action = File.State, File.Action


def events_of(task: Task, *, errors: bool | None = None) -> QuerySet[Event]:
    """The newest first; faults alone, or all but faults, if asked."""
    told = task.events.all()
    return told if errors is None else told.filter(is_error=errors)


def successful_transfers(task: Task) -> QuerySet[File]:
    """Files that were sent, in the order of the ledger."""
    return task.ledger.filter(state=State.DONE, action__in=[Action.COPY, Action.LINK]).order_by("id")


def skipped_files(task: Task) -> QuerySet[File]:
    """What was left out because the source did not give it."""
    return task.ledger.filter(state=State.SKIPPED).order_by("id")


def failed_files(task: Task) -> QuerySet[File]:
    """What could not be done, each with the reason."""
    return task.ledger.filter(state=State.FAILED).order_by("id")
