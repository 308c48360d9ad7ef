"""A task once more: a new one, which leaves alone what is there with the same checksum."""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID

from apps.accounts.models import User
from apps.storage.models import Collection
from apps.transfer.errors import InvalidTask
from apps.transfer.models import File, Item, Task
from apps.transfer.services.reporting import failed_files
from apps.transfer.services.submitting import MOST_ITEMS, submit_delete, submit_transfer
from apps.transfer.types import Options, Submission, SyncLevel, Wish

_AS_ASKED = {"NOT_A_FILE": False, "NOT_A_DIRECTORY": True}
"""Whether it was asked for recursively, by the fault which says that it could not be."""
_SENT = [File.Action.COPY, File.Action.LINK, File.Action.FOLDER]
_DELETED = [File.Action.DELETE, File.Action.REMOVE]


def repeat_task(*, task: Task, actor: User, only_failed: bool, submission_id: UUID | None = None) -> Task:
    """Submit what a task was asked for again, or what of it failed. Rights are those of now.

    Raises:
        InvalidTask: a collection was deleted, nothing failed, or too much did to be named one by one.
        AccessDenied: the actor may not do it any more.
    """
    items = _failed(task) if only_failed else [_wish(item) for item in task.items.all()]
    asked = Submission(items, _options(task, only_failed=only_failed), task.label, submission_id=submission_id)
    destination = _there(task.destination)
    if task.is_transfer:
        return submit_transfer(actor=actor, source=_there(task.source), destination=destination, asked=asked)[0]
    return submit_delete(actor=actor, collection=destination, asked=asked)[0]


def _options(task: Task, *, only_failed: bool) -> Options:
    if not task.is_transfer:
        return replace(task.options, ignore_missing=True)
    options = replace(task.options, sync_level=SyncLevel.CHECKSUM)
    if only_failed:  # a list of files says nothing about what is beside them
        return replace(options, delete_destination_extra=False)
    return options


def _there(collection: Collection | None) -> Collection:
    if collection is None:
        raise InvalidTask("A collection of this task was deleted. Submit a new one with another.")
    return collection


def _failed(task: Task) -> list[Wish]:
    lines = failed_files(task).filter(action__in=_SENT if task.is_transfer else _DELETED)
    several = {line.destination_key: _wish_again(line) for line in lines[: MOST_ITEMS + 1]}
    if not several:
        raise InvalidTask("Nothing of this task failed by itself. Submit all of it again.")
    if len(several) > MOST_ITEMS:
        raise InvalidTask(f"More than {MOST_ITEMS:,} failed. Submit all of it again: what is there is not sent twice.")
    return list(several.values())


def _wish_again(line: File) -> Wish:
    if line.action in _DELETED:
        return Wish(line.destination)
    return Wish(
        line.destination,
        line.source,
        is_recursive=_AS_ASKED.get(line.error_code),
        is_link=line.action == File.Action.LINK,
        checksum=line.wanted_checksum,
        algorithm=line.algorithm,
    )


def _wish(item: Item) -> Wish:
    return Wish(
        item.destination,
        item.source if item.source_key else None,
        is_recursive=item.is_recursive,
        is_into=item.is_into,
        is_link=item.is_link,
        checksum=item.checksum,
        algorithm=item.algorithm,
        pattern=item.pattern,
    )
