"""Celery's way in. A message is a doorbell: it says that a submission wants to be looked at, and may be lost."""

from __future__ import annotations

import uuid
from contextlib import suppress
from typing import Any

from celery import shared_task
from django.db import transaction
from django.utils import timezone
from kombu.exceptions import OperationalError

from apps.publish.engine import opening, undoing, withdrawing
from apps.publish.models import Submission

MOST_AT_ONCE = 100


@shared_task
def look(*, submission_id: str, **_later: Any) -> None:  # what a newer release may add to a message
    """Go on with what is being undone, or withdrawn."""
    now, key = timezone.now(), uuid.UUID(submission_id)
    for going_on in (undoing.go_on, withdrawing.go_on):
        if (next_at := going_on(key, now)) is not None:
            _ring(submission_id, (next_at - now).total_seconds())


@shared_task
def sweep(**_later: Any) -> None:
    """Ring for what is due and was not looked at, and lift the embargoes that are over."""
    now = timezone.now()
    for submission_id in Submission.objects.filter(due_at__lte=now).values_list("pk", flat=True)[:MOST_AT_ONCE]:
        _ring(str(submission_id), 0)
    opening.lift(now)


def ring(submission_id: uuid.UUID) -> None:
    """When the transaction is committed."""
    transaction.on_commit(lambda: _ring(str(submission_id), 0))


def _ring(submission_id: str, in_s: float) -> None:
    """A broker that is away loses nothing: the sweeper comes by."""
    with suppress(OperationalError):
        look.apply_async(kwargs={"submission_id": submission_id}, countdown=in_s)
