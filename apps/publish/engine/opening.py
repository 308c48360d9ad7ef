"""An embargo lifts by itself: from its day on those find the record, and read its files, who were to see it then."""

from __future__ import annotations

import logging
import uuid
from datetime import datetime

from apps.common.errors import PortalError
from apps.publish.engine import indexing, permitting, publishing
from apps.publish.models import Event, Submission, Version
from apps.search.models import Task

MOST_AT_ONCE = 100
log = logging.getLogger(__name__)


def lift(now: datetime) -> int:
    """Go on with all embargoes that are over; how many are open since."""
    due = Version.objects.joined().filter(state=Version.State.PUBLISHED, opens_at__lte=now, opened_at=None)
    return sum(_lifted(version, now) for version in due[:MOST_AT_ONCE])


def _lifted(version: Version, now: datetime) -> bool:
    try:
        permitting.permit(version, readers=version.main.opens_to)
        if not _is_found(version):
            return False
    except PortalError as error:
        log.warning("the embargo of %s cannot be lifted yet: %s", version, error)
        return False
    if Version.objects.filter(pk=version.pk, opened_at=None).update(opened_at=now):
        publishing.tell(version.submission, Event.Kind.OPENED, by="", now=now)
    return True


def _is_found(version: Version) -> bool:
    """Of a version that another one took the place of there is nothing in the index; and while the next is being
    published its entries are that one's."""
    submission = version.submission
    if submission.versions.filter(number__gt=version.number).exclude(state=Version.State.COMING).exists():
        return True
    if submission.state in {Submission.State.PUBLISHING, Submission.State.UNDOING}:
        return False
    assert version.run_id is not None  # it was published by one
    task = indexing.put_opened(version, uuid.uuid5(version.run_id, "opened"))
    return task.state == Task.State.SUCCESS
