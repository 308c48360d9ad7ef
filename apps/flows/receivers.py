"""What flows do when something has happened: in the apps below them, or where functions are run."""

from __future__ import annotations

from typing import Any

from django.dispatch import receiver
from django.utils import timezone

from apps.flows import engine, tasks
from apps.flows import services as flows
from apps.flows.models import Job, Run
from apps.flows.signals import job_ended, jobs_wait, run_ended, run_rests
from apps.search import models as search_models
from apps.search import signals as search
from apps.transfer import models as transfer_models
from apps.transfer import signals as transfer


@receiver(transfer.task_ended)
def look_at_transfers(task: transfer_models.Task, **_more: Any) -> None:  # what a newer sender says besides
    _announce(f"transfer:{task.pk}")


@receiver(search.task_ended)
def look_at_ingests(task: search_models.Task, **_more: Any) -> None:
    _announce(f"search:{task.pk}")


def _announce(awaits: str) -> None:
    """The actions that wait for this are due."""
    for action in engine.announce(awaits, timezone.now()):
        tasks.ring_action(action)


@receiver(jobs_wait)
def ring_for_jobs(queue: str, **_more: Any) -> None:
    tasks.ring_jobs(queue)


@receiver(job_ended)
def look_at_computing(job: Job, **_more: Any) -> None:
    """The action that asked for the job is due when it was the last."""
    if not Job.objects.filter(action_id=job.action_id, ended_at=None).exists():
        for action in engine.announce(f"compute:{job.action_id}", timezone.now()):
            tasks.ring_action(action)


@receiver(run_ended)
@receiver(run_rests)
def look_at_runs(run: Run, **_more: Any) -> None:
    """A run may be an action of another."""
    _announce(f"run:{run.pk}")


@receiver(run_ended)
@receiver(run_rests)
def tell_owner(run: Run, **_more: Any) -> None:
    flows.write_to_owner(run)
