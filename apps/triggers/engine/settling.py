"""Files settle: looked at again, they are as they were, and nobody writes to them."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction

from apps.storage.errors import AccessDenied, NoSuchFile
from apps.storage.services import OpenCollection
from apps.storage.types import Entry, FilePath
from apps.triggers.engine.holding import held
from apps.triggers.engine.noticing import due_of
from apps.triggers.models import SeenFile, Trigger
from apps.triggers.types import Files

State = SeenFile.State
MOST_AT_ONCE = 500
STILL_WRITTEN = timedelta(seconds=1)
LONGEST_WAIT_FOR_MARKER = timedelta(minutes=1)


def settle(trigger: Trigger, files: Files, there: OpenCollection, now: datetime) -> int:
    """Look again at those that are due. How many were."""
    rows = list(trigger.files.filter(state=State.NEW, due_at__lte=now).order_by("due_at")[:MOST_AT_ONCE])
    versions = {row.pk: row.version for row in rows}
    gone = {row.pk for row in rows if not _settle(row, files, there, now)}
    _save(trigger, [row for row in rows if row.pk not in gone], gone, versions)
    return len(rows)


@transaction.atomic
def _save(trigger: Trigger, kept: list[SeenFile], gone: set[int], versions: dict[int, str]) -> None:
    """But for what another watcher, who thought that this one was dead, has done something with meanwhile."""
    held(trigger.pk)
    unsettled = trigger.files.filter(pk__in=versions, state=State.NEW)
    ours = {pk for pk, version in unsettled.values_list("pk", "version") if version == versions[pk]}
    if gone:
        trigger.files.filter(pk__in=gone & ours).delete()
    fields = ["size", "version", "modified_at", "state", "message", "seen_at", "due_at", "settled_at"]
    SeenFile.objects.bulk_update([row for row in kept if row.pk in ours], fields, batch_size=200)


def next_due(trigger: Trigger) -> datetime | None:
    """When a file may have settled next."""
    due = trigger.files.filter(state=State.NEW).order_by("due_at").values_list("due_at", flat=True)
    return due.first()


def _settle(row: SeenFile, files: Files, there: OpenCollection, now: datetime) -> bool:
    """False: it is not there any more."""
    path = row.place
    try:
        entry = there.stat(path)
    except (NoSuchFile, AccessDenied):
        return False
    if not entry.is_file:
        return False
    if entry.version != row.version:
        row.size, row.version, row.modified_at, row.seen_at = entry.size, entry.version, entry.modified_at, now
        row.due_at = due_of(row, files, now)
    elif there.being_written(path):
        row.due_at, row.message = now + max(STILL_WRITTEN, timedelta(seconds=files.settle_s)), "It is still written to."
    elif why := _misfit(entry, files):
        row.state, row.message, row.due_at = State.IGNORED, why, None
    elif files.marks_single_files and not _is_marked(path, files, there):
        waited = now - row.seen_at
        row.due_at = now + min(max(waited, STILL_WRITTEN), LONGEST_WAIT_FOR_MARKER)
        row.message = f"Its marker, {files.marker.replace('{name}', path.name)}, is not there."
    else:
        row.state, row.settled_at, row.due_at, row.message = State.SETTLED, now, None, ""
    return True


def _misfit(entry: Entry, files: Files) -> str:
    if entry.size < files.least_bytes:
        return f"It has {entry.size} bytes, fewer than {files.least_bytes}."
    if files.most_bytes is not None and entry.size > files.most_bytes:
        return f"It has {entry.size} bytes, more than {files.most_bytes}."
    return ""


def _is_marked(path: FilePath, files: Files, there: OpenCollection) -> bool:
    return there.find(path.parent / files.marker.replace("{name}", path.name)) is not None
