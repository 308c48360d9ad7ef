"""What timers do when something that a turn began is over, or when one of them rests."""

from __future__ import annotations

from typing import Any

from django.dispatch import receiver
from django.utils import timezone

from apps.flows.models import Run
from apps.flows.signals import run_ended
from apps.timers import engine
from apps.timers import services as timers
from apps.timers.models import Timer
from apps.timers.signals import timer_rests
from apps.transfer.models import Task
from apps.transfer.signals import task_ended


@receiver(run_ended)
def end_turn_of_run(run: Run, **_more: Any) -> None:  # what a newer sender says besides
    engine.ended(run.pk, timezone.now())


@receiver(task_ended)
def end_turn_of_task(task: Task, **_more: Any) -> None:
    engine.ended(task.pk, timezone.now())


@receiver(timer_rests)
def tell_owner(timer: Timer, **_more: Any) -> None:
    timers.write_to_owner(timer)
