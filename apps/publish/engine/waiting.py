"""What goes on by itself cannot now: why, since when, and when to try again."""

from __future__ import annotations

import uuid
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import QuerySet

from apps.publish.engine import publishing
from apps.publish.models import Event, Submission

LEAST, MOST = timedelta(minutes=1), timedelta(minutes=15)
"""Between two attempts."""
PATIENCE = timedelta(minutes=5)
"""What is away for less than this is no news."""


@transaction.atomic
def wait(held: QuerySet[Submission], why: str, now: datetime) -> datetime:
    """Write down what it waits for, and tell it, once, when it has waited long. When to try again: the longer it has
    waited, the later. ``held``: it, as long as it is ours."""
    submission = held.select_for_update(of=("self",)).first()
    if submission is None:
        return now + LEAST
    since = submission.waits_since or now
    due_at = now + min(max(LEAST, (now - since) / 4), MOST)
    held.update(due_at=due_at, waits_for=why, waits_since=since)
    if now - since >= PATIENCE and not _is_told(submission, since):
        publishing.tell(submission, Event.Kind.STUCK, by="", now=now, note=why)
    return due_at


def end(submission_id: uuid.UUID) -> None:
    """It waits for nothing any more."""
    waiting = Submission.objects.filter(pk=submission_id, waits_since__isnull=False)
    waiting.update(waits_for="", waits_since=None)


def _is_told(submission: Submission, since: datetime) -> bool:
    return submission.events.filter(kind=Event.Kind.STUCK, at__gte=since).exists()
