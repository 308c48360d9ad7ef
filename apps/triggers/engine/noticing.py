"""Files are noticed: written down once, and again when they have changed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from apps.storage.types import Entry, FilePath
from apps.triggers.engine.holding import held
from apps.triggers.models import SeenFile, Trigger
from apps.triggers.paths import Part, Reading, path_id, read_path
from apps.triggers.types import Files

State = SeenFile.State
MOST_IGNORED = 200
"""So many of those that a trigger ignores are told of, the newest."""
WHEN_ELSEWHERE = "It was there before the trigger began."


@transaction.atomic
def notice(
    trigger: Trigger,
    files: Files,
    entries: Sequence[Entry],
    now: datetime,
    *,
    was_there: bool = False,
    tells_ignored: bool = True,
) -> None:
    """Write down files that are there. Told again, nothing changes; one that has changed has to settle anew.

    ``was_there``: they were found by the first look, and count only if they are new, or old ones are wanted. Without
    ``tells_ignored`` those that do not fit the pattern leave no trace.
    """
    readings = {path_id(one.path): (one, read_path(files, one.path)) for one in entries}
    if held(trigger.pk) is None:  # another may watch for a moment, too
        return
    known = {one.path_id: one for one in trigger.files.filter(path_id__in=list(readings))}
    made, changed = list[SeenFile](), list[SeenFile]()
    for its_id, (entry, reading) in readings.items():
        if reading.part is Part.NAME_MARKER:
            assert reading.marked is not None  # it marks a file
            _wake(trigger, path_id(reading.marked), now)
            continue
        if reading.part is Part.NOTHING and not tells_ignored:
            continue
        row = known.get(its_id)
        if row is None:
            row = SeenFile(trigger=trigger, path_id=its_id, path=entry.path.key)
            made.append(row)
        elif not _is_other(row, entry, reading, files):
            continue
        else:
            changed.append(row)
        _tell(row, entry, now)
        _judge(row, reading, files, now)
        if was_there and row.state == State.NEW and not files.takes_old and _is_old(entry, trigger):
            row.state, row.message, row.due_at = State.IGNORED, WHEN_ELSEWHERE, None
    _save(trigger, made, changed)


def _save(trigger: Trigger, made: list[SeenFile], changed: list[SeenFile]) -> None:
    SeenFile.objects.bulk_create(made, ignore_conflicts=True)
    fields = ["size", "version", "modified_at", "state", "message", "seen_at", "due_at", "settled_at", "group_id"]
    SeenFile.objects.bulk_update(changed, fields, batch_size=200)
    if any(one.group_id is None for one in made):
        _forget_strangers(trigger)


@transaction.atomic
def forget(trigger: Trigger, gone: Sequence[FilePath]) -> None:
    """What is gone, or was below a folder that is, waits for no others any more. What was taken stays remembered."""
    keys = {one.key for one in gone}
    held(trigger.pk)
    rows = _waiting(trigger).only("path_id", "path").iterator()
    forget_missing(trigger, [row.path_id for row in rows if not keys.isdisjoint(_on_the_way(row.path))])


def waiting_for_others(trigger: Trigger) -> set[UUID]:
    """The ids of the paths of files that have settled, and of markers."""
    return set(_waiting(trigger).values_list("path_id", flat=True))


def forget_missing(trigger: Trigger, path_ids: Sequence[UUID]) -> None:
    """Those of them that wait for others wait no more."""
    for start in range(0, len(path_ids), 500):
        _waiting(trigger).filter(path_id__in=path_ids[start : start + 500]).delete()


def _waiting(trigger: Trigger) -> QuerySet[SeenFile]:
    return SeenFile.objects.filter(trigger=trigger, state__in=[State.SETTLED, State.MARKER])


def _on_the_way(key: str) -> Iterator[str]:
    """It, and the folders above it."""
    while key:
        yield key
        key = key.rpartition("/")[0]


@transaction.atomic
def begin_anew(trigger: Trigger) -> None:
    """Other files are watched for: what was not taken is to be judged anew. What was there before stays what it is."""
    held(trigger.pk)
    trigger.files.exclude(state=State.TAKEN).exclude(message=WHEN_ELSEWHERE).delete()


def has_room_for_ignored(trigger: Trigger) -> bool:
    return _strangers(trigger).count() < MOST_IGNORED


def _strangers(trigger: Trigger) -> QuerySet[SeenFile]:
    """Those that do not fit the pattern, and are kept to be told of alone."""
    return SeenFile.objects.filter(trigger=trigger, state=State.IGNORED, group_id=None)


def _forget_strangers(trigger: Trigger) -> None:
    """All but the newest."""
    newest = _strangers(trigger).order_by("-pk").values_list("pk", flat=True)
    for its_id in newest[MOST_IGNORED : MOST_IGNORED + 1]:
        _strangers(trigger).filter(pk__lte=its_id).delete()


def _wake(trigger: Trigger, marked: UUID, now: datetime) -> None:
    trigger.files.filter(path_id=marked, state=State.NEW).update(due_at=now)


def _is_other(row: SeenFile, entry: Entry, reading: Reading, files: Files) -> bool:
    """Whether it has to be looked at anew."""
    if row.version == entry.version:
        return False
    return row.state != State.TAKEN or files.is_taken_again or reading.part is Part.MARKER


def _tell(row: SeenFile, entry: Entry, now: datetime) -> None:
    row.size, row.version, row.modified_at, row.seen_at = entry.size, entry.version, entry.modified_at, now
    row.settled_at, row.message = None, ""


def _judge(row: SeenFile, reading: Reading, files: Files, now: datetime) -> None:
    row.group_id = reading.group_id
    match reading.part:
        case Part.FILE:
            row.state, row.due_at = State.NEW, due_of(row, files, now)
        case Part.MARKER:
            row.state, row.due_at = State.MARKER, None
        case _:
            row.state, row.message, row.due_at = State.IGNORED, reading.why, None


def due_of(row: SeenFile, files: Files, now: datetime) -> datetime:
    """When it may have settled."""
    settled = now + timedelta(seconds=files.settle_s)
    if not files.least_age_s or row.modified_at is None:
        return settled
    return max(settled, row.modified_at + timedelta(seconds=files.least_age_s))


def _is_old(entry: Entry, trigger: Trigger) -> bool:
    """Not changed since the trigger began: a first look that was cut off is done again, and meanwhile new ones came."""
    began = trigger.active_since
    return entry.modified_at is None or began is None or entry.modified_at < began
