"""Celery's way in. A message is a doorbell: it says that a submission wants to be looked at, and may be lost."""

from __future__ import annotations

import uuid
from typing import Any

from celery import shared_task
from django.db import transaction
from django.utils import timezone
from kombu.exceptions import OperationalError

from apps.publish.engine import undoing
from apps.publish.models import Submission

MOST_AT_ONCE = 100


@shared_task
def undo(*, submission_id: str, **_later: Any) -> None:  # what a newer release may add to a message
    now = timezone.now()
    if (next_at := undoing.go_on(uuid.UUID(submission_id), now)) is not None:
        _ring(submission_id, (next_at - now).total_seconds())


@shared_task
def sweep(**_later: Any) -> None:
    """Ring for what is due and was not looked at."""
    due = Submission.objects.filter(state=Submission.State.UNDOING, due_at__lte=timezone.now())
    for submission_id in due.values_list("pk", flat=True)[:MOST_AT_ONCE]:
        _ring(str(submission_id), 0)


def ring_undo(submission_id: uuid.UUID) -> None:
    """When the transaction is committed."""
    transaction.on_commit(lambda: _ring(str(submission_id), 0))


def _ring(submission_id: str, in_s: float) -> None:
    """A broker that is away loses nothing: the sweeper comes by."""
    try:
        undo.apply_async(kwargs={"submission_id": submission_id}, countdown=in_s)
    except OperationalError:
        pass
