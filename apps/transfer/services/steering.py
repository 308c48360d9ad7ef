"""What an owner does with a task that goes on."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from apps.transfer.errors import InvalidTask, TaskOver
from apps.transfer.models import Event, Task
from apps.transfer.signals import task_ended
from apps.transfer.tasks import ring


def change_task(*, task: Task, label: str | None = None, deadline: datetime | None = None) -> Task:
    """
    Raises:
        TaskOver: it is. InvalidTask: the deadline is past.
    """
    if deadline is not None and deadline <= timezone.now():
        raise InvalidTask("The deadline is past. Choose a later one.", place="deadline")
    told = {"label": label, "deadline": deadline}
    _set(task, **{name: value for name, value in told.items() if value is not None})
    return task


def pause_task(task: Task) -> None:
    """What is on its way is kept, and goes on from there.

    Raises:
        TaskOver: it is.
    """
    _want(task, Task.Wanted.PAUSE)


def resume_task(task: Task) -> None:
    """
    Raises:
        TaskOver: it is.
    """
    _want(task, Task.Wanted.RUN)


def cancel_task(task: Task) -> bool:
    """End it; whether it is over at once. What was done stays; what is on its way is thrown away, within a moment.

    Raises:
        TaskOver: it is over already.
    """
    _want(task, Task.Wanted.CANCEL)
    untouched = Task.objects.unfinished().filter(pk=task.pk, served_at=None)
    is_over = bool(
        untouched.update(
            completed_at=timezone.now(),
            status=Task.Status.FAILED,
            fatal_code="CANCELED",
            fatal_message="The task was canceled before it began.",
        )
    )
    if is_over:
        task.refresh_from_db()
        task_ended.send_robust(sender=Task, task=task)
    return is_over


def _want(task: Task, wanted: Task.Wanted) -> None:
    with transaction.atomic():
        _set(task, wanted=wanted, due_at=None)
        said = {"pause": "paused", "run": "resumed", "cancel": "canceled"}[wanted]
        Event.objects.create(task=task, at=timezone.now(), code=said.upper(), description=f"The task was {said}.")
        ring()


def _set(task: Task, **told: object) -> None:
    """
    Raises:
        TaskOver: it is. A task that is to be canceled is over, too, for everything but being canceled.
    """
    going_on = Task.objects.unfinished().filter(pk=task.pk)
    if told.get("wanted") != Task.Wanted.CANCEL:
        going_on = going_on.exclude(wanted=Task.Wanted.CANCEL)
    if told and not going_on.update(**told):
        raise TaskOver
    for name, value in told.items():
        setattr(task, name, value)
