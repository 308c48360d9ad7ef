"""Celery's way in. A message is a doorbell: it says that an index has work, and may be lost, late or doubled."""

from __future__ import annotations

import logging
import uuid
from datetime import timedelta
from typing import Any

from celery import Task as CeleryTask
from celery import shared_task
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from kombu.exceptions import OperationalError

from apps.search import ingest, ledger
from apps.search import rebuild as rebuilding
from apps.search.models import Index, Task

SILENCE = timedelta(minutes=10)
log = logging.getLogger(__name__)


@shared_task
def drain(*, index_id: str, **_later: Any) -> None:  # what a newer release may add to a message
    ingest.drain(uuid.UUID(index_id), clock=timezone.now)


@shared_task
def rebuild(*, index_id: str, **_later: Any) -> None:
    rebuilding.answer(uuid.UUID(index_id), clock=timezone.now)


@shared_task
def sweep(**_later: Any) -> None:
    """Do what is due and was not looked at, and give up what was never sent to its end."""
    now = timezone.now()
    for task_id in Task.objects.filter(state=Task.State.CREATING, heard_at__lt=now - SILENCE).values_list(
        "pk", flat=True
    ):
        ledger.abandon(task_id, message="The upload broke off. Send it again.", now=now)
    free = Q(lease="") | Q(lease_until__lt=now)
    due = Q(retry_at=None) | Q(retry_at__lte=now)
    unfinished = Task.objects.unfinished().values("index_id")
    for index_id in Index.objects.filter(free, due, pk__in=unfinished).values_list("pk", flat=True):
        ingest.drain(index_id, clock=timezone.now)
    for index in Index.objects.filter(status=Index.Status.DELETE_PENDING, delete_at__lt=now):
        ingest.remove(index)
    idle = Q(rebuild_lease="") | Q(rebuild_lease_until__lt=now)
    for index_id in Index.objects.filter(idle, rebuild_asked_at__isnull=False).values_list("pk", flat=True):
        ring(index_id, rebuild)  # It takes long, and the next sweep should not wait for it.


def ring(index_id: uuid.UUID, task: CeleryTask = drain) -> None:
    """Say, once the database has it, that an index has work. A broker that is away is no error: the sweeper comes."""

    def say() -> None:
        try:
            task.apply_async(kwargs={"index_id": str(index_id)}, retry=False)
        except (OperationalError, OSError) as error:
            log.warning("the broker is away, the sweeper will see to index %s: %s", index_id, error)

    transaction.on_commit(say)
