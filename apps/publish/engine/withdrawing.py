"""A record is withdrawn: its entries, the rules on its files and its identifiers go, and a tombstone stays."""

from __future__ import annotations

import uuid
from datetime import datetime

from apps.publish.engine import indexing, leases, naming, permitting
from apps.publish.models import Submission, Version
from apps.search.models import Task


def go_on(submission_id: uuid.UUID, now: datetime) -> datetime | None:
    """Do what can be done now. When to look again; None if all is done, or somebody else is at it.

    The pages of the portal tell of it as withdrawn from the beginning; this is what lies elsewhere.
    """
    return leases.go_on(submission_id, Submission.State.WITHDRAWN, now, lambda: _is_gone(submission_id, now))


def _is_gone(submission_id: uuid.UUID, now: datetime) -> bool:
    versions = list(Version.objects.joined().filter(submission_id=submission_id, state=Version.State.WITHDRAWN))
    for version in versions:
        permitting.forbid(version)
    newest = versions[0]
    if not _entries_are_gone(newest):
        return False
    for version in versions:
        if version.identifier and not version.undo_json.get("hidden"):
            naming.minter_of(version).hide(naming.wish_for(version, now))
            version.undo_json = {**version.undo_json, "hidden": True}
            version.save(update_fields=["undo_json"])
    return True


def _entries_are_gone(newest: Version) -> bool:
    """Those of the newest version are the only ones that an index holds."""
    if newest.index is None:
        return True
    known = newest.undo_json.get("removed", "")
    task = Task.objects.filter(pk=known).first() if known else None
    if task is None or task.state == Task.State.FAILED:
        task = indexing.remove(newest, uuid.uuid4())
        newest.undo_json = {**newest.undo_json, "removed": str(task.pk)}
        newest.save(update_fields=["undo_json"])
    return task.state == Task.State.SUCCESS
