"""What timers do when something that a turn began is over."""

from __future__ import annotations

from typing import Any

from django.dispatch import receiver
from django.utils import timezone

from apps.flows.models import Run
from apps.flows.signals import run_ended
from apps.timers import engine
from apps.transfer.models import Task
from apps.transfer.signals import task_ended


@receiver(run_ended)
def end_turn_of_run(run: Run, **_more: Any) -> None:  # what a newer sender says besides
    engine.ended(run.pk, timezone.now())


@receiver(task_ended)
def end_turn_of_task(task: Task, **_more: Any) -> None:
    engine.ended(task.pk, timezone.now())
