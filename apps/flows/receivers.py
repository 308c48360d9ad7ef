"""What flows do when something has happened in the apps below them."""

from __future__ import annotations

from typing import Any

from django.dispatch import receiver
from django.utils import timezone

from apps.flows import engine, tasks
from apps.transfer.models import Task
from apps.transfer.signals import task_ended


@receiver(task_ended)
def look_at_transfers(task: Task, **_more: Any) -> None:  # what Django and a newer sender say besides
    """The actions that wait for this task are due."""
    for action in engine.announce(f"transfer:{task.pk}", timezone.now()):
        tasks.ring_action(action)
