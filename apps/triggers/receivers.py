"""What triggers do when a run is over, and when one of them rests."""

from __future__ import annotations

from typing import Any

from django.dispatch import receiver
from django.utils import timezone

from apps.flows.models import Run
from apps.flows.signals import run_ended
from apps.triggers import engine
from apps.triggers import services as triggers
from apps.triggers.models import Trigger
from apps.triggers.signals import trigger_rests


@receiver(run_ended)
def run_is_over(run: Run, **_more: Any) -> None:  # what a newer sender says besides
    now = timezone.now()
    engine.ended(run.pk, now)
    engine.run_ended(run, now)


@receiver(trigger_rests)
def write_mail(trigger: Trigger, **_more: Any) -> None:
    triggers.write_to_owner(trigger)
