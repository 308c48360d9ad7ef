"""Submissions: checked whole, written down whole, and then acknowledged."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import timedelta

from django.db import IntegrityError, transaction
from django.utils import timezone

from apps.accounts.models import User
from apps.storage import services as storage
from apps.storage.models import Collection
from apps.storage.services.rules import denied
from apps.storage.types import FilePath
from apps.transfer.errors import InvalidTask, NoItems
from apps.transfer.models import Event, Item, Task
from apps.transfer.tasks import ring
from apps.transfer.types import Submission, Wish

LASTS = timedelta(days=1)
MOST_ITEMS = 100_000


def new_submission_id() -> uuid.UUID:
    """An id under which a submission counts once, however often it is sent."""
    return uuid.uuid4()


def submit_transfer(
    *,
    actor: User,
    source: Collection,
    destination: Collection,
    asked: Submission,
) -> tuple[Task, bool]:
    """The task, and whether it is new: one that this submission id made before is told of again, unchanged.

    Raises:
        AccessDenied: the actor may not read an item, or not write where it is to go.
        InvalidTask: it cannot be done like this, such as a folder into itself.
    """
    items = asked.items
    if asked.options.encrypt_data:
        for collection in (source, destination):
            _require_encryption(collection)
    _require_destinations(items, actor, destination)
    _require_sources(items, actor, source)
    _refuse_circles(items, source, destination)
    _refuse_clashes(items)
    task = Task(task_type=Task.Type.TRANSFER, source=source, source_name=source.name)
    return _submitted(task, actor, destination, asked)


def submit_delete(
    *,
    actor: User,
    collection: Collection,
    asked: Submission,
) -> tuple[Task, bool]:
    """The task, and whether it is new, as ``submit_transfer``.

    Raises:
        AccessDenied: the actor may not write an item.
        InvalidTask: it cannot be done like this: the root of a collection is never deleted.
    """
    if any(not item.destination.names and not item.pattern for item in asked.items):
        raise InvalidTask("The root of a collection is not deleted. Name what is in it.", place="DATA")
    _require_destinations(asked.items, actor, collection)
    task = Task(task_type=Task.Type.DELETE)
    return _submitted(task, actor, collection, asked)


def _submitted(task: Task, actor: User, destination: Collection, asked: Submission) -> tuple[Task, bool]:
    items, deadline = asked.items, asked.deadline
    if not items:
        raise NoItems(place="DATA")
    if len(items) > MOST_ITEMS:
        raise InvalidTask(f"A task has at most {MOST_ITEMS:,} items. Submit several.", place="DATA")
    now = timezone.now()
    if deadline is not None and deadline <= now:
        raise InvalidTask("The deadline is past. Choose a later one.", place="deadline")
    task.owner, task.label, task.options_json = actor, asked.label, asked.options.as_json()
    task.destination, task.destination_name = destination, destination.name
    task.submission_id = asked.submission_id or new_submission_id()
    task.requested_at, task.deadline = now, deadline or now + LASTS
    try:
        with transaction.atomic():
            task.save(force_insert=True)
            Item.objects.bulk_create([_line(task, number, wish) for number, wish in enumerate(items)], batch_size=500)
            Event.objects.create(task=task, at=now, code="SUBMITTED", description="The task was submitted.")
            ring()
    except IntegrityError:
        earlier = Task.objects.filter(owner=actor, submission_id=task.submission_id).first()
        if earlier is None:
            raise
        return earlier, False
    return task, True


def _line(task: Task, number: int, wish: Wish) -> Item:
    return Item(
        task=task,
        number=number,
        source_key=wish.source.key if wish.source else "",
        destination_key=wish.destination.key,
        is_recursive=wish.is_recursive,
        is_into=wish.is_into,
        is_link=wish.is_link,
        pattern=wish.pattern,
        checksum=wish.checksum,
        algorithm=wish.algorithm,
    )


def _require_destinations(items: Sequence[Wish], actor: User, collection: Collection) -> None:
    rights = storage.rights_of(actor, collection)
    for item in items:
        if not rights.may("rw", item.destination):
            raise denied("rw", collection, item.destination)


def _require_sources(items: Sequence[Wish], actor: User, collection: Collection) -> None:
    """Of a folder it is enough that something in it may be read: that is what is transferred."""
    rights = storage.rights_of(actor, collection)
    for item in items:
        if item.source is not None and not rights.may_below(item.source):
            raise denied("r", collection, item.source)


def _refuse_circles(items: Sequence[Wish], source: Collection, destination: Collection) -> None:
    """A file is not sent onto itself, nor a folder into itself, whichever collections show it."""
    whence, whither = storage.place_of(source), storage.place_of(destination)
    if whence[0] != whither[0]:
        return
    for item in items:
        old = (item.source or FilePath()).below(whence[1])
        new = item.destination.below(whither[1])
        if new == old or (new.is_within(old) and item.is_recursive is not False):
            raise InvalidTask(f"{item.source} cannot be transferred onto or into itself.", place="DATA")


def _refuse_clashes(items: Sequence[Wish]) -> None:
    """Of two that go to one place, one would be lost."""
    taken: set[FilePath] = set()
    for number, item in enumerate(items):
        name = item.source.name if item.source and item.is_into and item.is_recursive is False else ""
        path = item.destination / name if name else item.destination
        if path in taken and not item.is_into:
            raise InvalidTask(f"Another item goes to {path}, too. Choose another place.", place=f"DATA.{number}")
        taken.add(path)


def _require_encryption(collection: Collection) -> None:
    if not storage.is_encrypted(collection):
        raise InvalidTask(
            f"The way to “{collection.name}” is not encrypted. Leave encrypt_data out, or choose another collection.",
            place="encrypt_data",
        )
