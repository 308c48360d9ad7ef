"""What goes on by itself: one at a time looks at a submission, until nothing is left to do, whatever is away."""

from __future__ import annotations

import logging
import uuid
from collections.abc import Callable
from datetime import datetime, timedelta

from apps.common.errors import PortalError
from apps.flows.errors import UNFORESEEN
from apps.publish.engine import waiting
from apps.publish.models import Submission

LEASE = timedelta(minutes=2)
"""As long as any question to a service that is away takes."""
SOON = timedelta(seconds=1)
log = logging.getLogger(__name__)


def go_on(submission_id: uuid.UUID, state: str, now: datetime, do: Callable[[], bool]) -> datetime | None:
    """Do what can be done now of what there is to do in ``state``; ``do`` says whether that was all, and may be done
    again. When to look again; None if all is done, nothing is due, or somebody else is at it."""
    until = _taken(submission_id, state, now)
    if until is None:
        return None
    held = Submission.objects.filter(pk=submission_id, state=state, due_at=until)
    try:
        next_at = None if do() else now + SOON
    except PortalError as error:
        log.warning("submission %s, %s, cannot go on yet: %s", submission_id, state, error)
        return waiting.wait(held, error.message, now)
    except Exception:  # whatever it is, the submission says that it waits, and is looked at again
        log.exception("submission %s, %s, met an error that nobody foresaw", submission_id, state)
        return waiting.wait(held, UNFORESEEN, now)
    waiting.end(submission_id)
    held.update(due_at=next_at)
    return next_at


def _taken(submission_id: uuid.UUID, state: str, now: datetime) -> datetime | None:
    """Until when the submission is ours; None if it is not due, or somebody else is at it."""
    until = now + LEASE
    due = Submission.objects.filter(pk=submission_id, state=state, due_at__lte=now)
    return until if due.update(due_at=until) else None
