"""Who looks at a submission now: one at a time, for as long as any question to a service that is away takes."""

from __future__ import annotations

import uuid
from datetime import datetime, timedelta

from apps.publish.models import Submission

LEASE = timedelta(minutes=2)


def take(submission_id: uuid.UUID, state: str, now: datetime) -> bool:
    """Whether it is due, and nobody else is at it: then they are not for the time of a lease."""
    due = Submission.objects.filter(pk=submission_id, state=state, due_at__lte=now)
    return bool(due.update(due_at=now + LEASE))


def look_again(submission_id: uuid.UUID, state: str, at: datetime | None) -> None:
    """None: there is nothing left to do."""
    Submission.objects.filter(pk=submission_id, state=state).update(due_at=at)
