"""A publication that failed, or was canceled, is undone: afterwards files, rules, entries and identifiers are as they
were before it began.

What has to go follows from the version that was written down, and not from how far its run came: so each step may be
done again, and may find nothing to do. It is driven by a doorbell and a sweeper until all is done, whatever is away.
"""

from __future__ import annotations

import uuid
from datetime import datetime

from django.db import transaction

from apps.common.errors import Conflict, Unavailable
from apps.flows.models import Action
from apps.publish.engine import copying, indexing, leases, naming, permitting, publishing
from apps.publish.models import Event, Submission, Version
from apps.search.models import Task as SearchTask
from apps.storage import services as storage
from apps.storage.errors import FolderNotEmpty, NoSuchFile
from apps.storage.types import FilePath
from apps.transfer import services as transfer
from apps.transfer.models import Task as TransferTask
from apps.transfer.types import Options, Wish
from apps.transfer.types import Submission as Asked

State = Submission.State


def begin(version: Version, *, cause: str, now: datetime) -> None:
    """From now on it is undone. Asked for again it changes nothing."""
    begun = Submission.objects.filter(pk=version.submission_id, run_id=version.run_id, state=State.PUBLISHING)
    begun.update(state=State.UNDOING, trouble=cause, due_at=now)


def go_on(submission_id: uuid.UUID, now: datetime) -> datetime | None:
    """Do what can be done now. When to look again; None if all is done, nothing is to be undone, or somebody else is
    at it."""
    return leases.go_on(submission_id, State.UNDOING, now, lambda: _undone(submission_id, now))


def _undone(submission_id: uuid.UUID, now: datetime) -> bool:
    """Whether it is over: all undone, or found to be published after all."""
    coming = Version.objects.joined().filter(submission_id=submission_id, state=Version.State.COMING)
    version = coming.get()  # it goes with the state, in one transaction
    if _is_in_hand(version, now):
        return False
    if _is_released(version, now):
        publishing.finish(version, now)
        return True
    if not _no_copy_goes_on(version):
        return False
    permitting.put_back(version)
    if not (_entries_are_back(version) and _files_are_gone(version)):
        return False
    _end(version, now)
    return True


def _is_in_hand(version: Version, now: datetime) -> bool:
    """A worker may be in the middle of a step: it ends, or loses its lease."""
    assert version.run_id is not None  # what is coming has one
    steps = Action.objects.filter(run=version.run_id, lease_until__gt=now, completed_at=None).exclude(lease="")
    return steps.exclude(provider="publication/take_back").exists()


def _is_released(version: Version, now: datetime) -> bool:
    """Give the identifier back; one that is found already stays for ever, and what it names with it."""
    if not version.identifier:
        return False
    try:
        naming.minter_of(version).delete(naming.wish_for(version, now))
    except Conflict:
        return True
    return False


def _no_copy_goes_on(version: Version) -> bool:
    going_on = [task for task in copying.tasks_of(version) if not task.is_over]
    if going_on:
        copying.cancel(version)
    return not going_on


def _has_own_folder(version: Version) -> bool:
    return bool(version.undo_json.get("kept"))


def _entries_are_back(version: Version) -> bool:
    known = version.undo_json.get("entries", "")
    task = SearchTask.objects.filter(pk=known).first() if known else None
    if task is None or task.state == SearchTask.State.FAILED:
        if version.index is None:
            return True
        told = indexing.trouble(task) if task else ""
        task = indexing.put_back(version, uuid.uuid4())
        _note(version, entries=str(task.pk))
        if told:
            raise Unavailable(f"The entries could not be put back as they were. {told}")
    return task.state == SearchTask.State.SUCCESS


def _files_are_gone(version: Version) -> bool:
    if version.collection is None or version.folder is None or not _has_own_folder(version):
        return True
    publisher, folder = version.submission.form.publisher, version.folder
    with storage.opened(version.collection, actor=publisher) as files:
        if files.find(folder) is None:
            _clear(files, folder.parent, FilePath.from_key(version.undo_json["kept"]))
            return True
    known = version.undo_json.get("files", "")
    task = TransferTask.objects.filter(pk=known).first() if known else None
    if task is None or task.is_over:
        told = f"{task.fatal_message} {transfer.advice_on(task.fatal_code)}".strip() if task else ""
        asked = Asked([Wish(folder)], options=Options(is_recursive=True, ignore_missing=True), label=f"Undo {version}")
        task, _ = transfer.submit_delete(actor=publisher, collection=version.collection, asked=asked)
        _note(version, files=str(task.pk))
        if told:
            raise Unavailable(f"The files that were copied could not be deleted. {told}")
    return False


def _clear(files: storage.OpenCollection, folder: FilePath, kept: FilePath) -> None:
    """Take the folders away that were made on the way, as long as nothing else is in them."""
    while folder != kept and folder.is_within(kept):
        try:
            files.delete(folder)
        except NoSuchFile:
            pass
        except FolderNotEmpty:
            return
        folder = folder.parent


def _note(version: Version, **told: str) -> None:
    version.undo_json = {**version.undo_json, **told}
    version.save(update_fields=["undo_json"])


@transaction.atomic
def _end(version: Version, now: datetime) -> None:
    """The draft is as it was."""
    submission = Submission.objects.select_for_update(of=("self",)).get(pk=version.submission_id)
    if submission.state != State.UNDOING:
        return
    version.delete()
    submission.state, submission.run_id, submission.due_at = State.DRAFT, None, None
    submission.save(update_fields=["state", "run_id", "due_at"])
    publishing.tell(submission, Event.Kind.UNDONE, by="", now=now, note=submission.trouble)
