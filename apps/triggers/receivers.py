"""What triggers do when a run is over."""

from __future__ import annotations

from typing import Any

from django.dispatch import receiver
from django.utils import timezone

from apps.flows.models import Run
from apps.flows.signals import run_ended
from apps.triggers import engine


@receiver(run_ended)
def run_is_over(run: Run, **_more: Any) -> None:  # what a newer sender says besides
    now = timezone.now()
    engine.ended(run.pk, now)
    engine.run_ended(run, now)
