"""How tasks are written down: operations as compressed parts, in the order in which the index applies them.

What is acknowledged is in the database. A part is a few megabytes at most, so that a stream of any size passes through.
Its first line is a JSON list of operations; each line behind it is the content of an entry to be put, in their order.
"""

from __future__ import annotations

import json
import uuid
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import F

from apps.common import quick_json
from apps.search import types
from apps.search.codec import decode, encode
from apps.search.errors import IndexNotOpen
from apps.search.models import Index, Part, Task
from apps.search.types import Clause, Operation

PART_DOCUMENTS = 1000
PART_BYTES = 4_000_000

_NAMES = {"put": types.EntryText, "patch": types.EntryPatch, "drop": types.SubjectRemoval, "cut": types.EntryRemoval}
_NAMES["bad"] = types.Problem
_SHORT = {cls: name for name, cls in _NAMES.items()} | {types.EntryDraft: "put"}

Written = types.EntryText | types.EntryPatch | types.SubjectRemoval | types.EntryRemoval | types.Problem
"""An operation as it is read again."""


def open_task(
    *, index: Index, task_type: str, created_by: str, now: datetime, request_id: uuid.UUID | None = None
) -> Task:
    """A task that is still being received; ``close`` puts it into the queue."""
    return Task.objects.create(
        index=index,
        task_type=task_type,
        state=Task.State.CREATING,
        created_by=created_by,
        request_id=request_id,
        created_at=now,
        heard_at=now,
    )


def append(task: Task, operations: Iterable[Operation], *, now: Any) -> int:  # Any: a callable clock
    """Write operations behind those that the task has; returns how many. Consumes the iterable part by part."""
    total, number = 0, task.parts.count()
    for count, lines in _packs(operations):
        text = "\n".join(lines)
        packed = zlib.compress(text.encode(), 1)
        with transaction.atomic():
            Part.objects.create(
                task=task, number=number, operations=packed, characters=len(text), first=total, count=count
            )
            Task.objects.filter(pk=task.pk).update(heard_at=now())
        total, number = total + count, number + 1
    return total


def append_query(task: Task, filters: tuple[Clause, ...]) -> None:
    """Write a delete by query: which subjects it means is asked when its turn comes."""
    packed = zlib.compress(json.dumps({"filters": encode(filters)}).encode(), 1)
    Part.objects.create(task=task, number=0, operations=packed, count=0)


def close(task: Task, *, documents: int, now: datetime) -> None:
    """Put a received task into the queue of its index; one that holds nothing is done at once.

    Raises:
        IndexNotOpen: the index was deleted meanwhile.
    """
    with transaction.atomic():
        index = Index.objects.filter(pk=task.index_id, status=Index.Status.OPEN)
        if not index.update(last_position=F("last_position") + 1):
            raise IndexNotOpen
        position = Index.objects.values_list("last_position", flat=True).get(pk=task.index_id)
        task.position, task.documents, task.state = position, documents, Task.State.PENDING
        if not task.parts.exists():
            task.state, task.completed_at = Task.State.SUCCESS, now
        task.save(update_fields=["position", "documents", "state", "completed_at"])


def abandon(task_id: uuid.UUID, *, message: str, now: datetime) -> None:
    """Give up a task that was not received whole: nothing of it is applied."""
    with transaction.atomic():
        creating = Task.objects.filter(pk=task_id, state=Task.State.CREATING)
        if creating.update(state=Task.State.FAILED, message=message, completed_at=now):
            Part.objects.filter(task_id=task_id).delete()


def read(part: Part) -> list[Written]:
    """The operations of a part."""
    first, *contents = zlib.decompress(part.operations).decode().split("\n")
    following = iter(contents)
    return [_read(name, fields, following) for name, fields in quick_json.loads(first)]


def read_query(part: Part) -> tuple[Clause, ...] | None:
    """The filters of a delete by query, or None when the part holds operations."""
    document = json.loads(zlib.decompress(part.operations))
    return decode(document["filters"]) if isinstance(document, dict) else None


def _packs(operations: Iterable[Operation]) -> Iterator[tuple[int, list[str]]]:
    """Parts of so many operations each, as lines."""
    several: list[str] = []
    contents: list[str] = []
    size = 0
    for operation in operations:
        several.append(json_text([_SHORT[type(operation)], _fields(operation)]))
        if isinstance(operation, types.EntryDraft):
            contents.append(json_text(operation.content))
            size += len(contents[-1])
        size += len(several[-1])
        if len(several) >= PART_DOCUMENTS or size >= PART_BYTES:
            yield len(several), [f"[{','.join(several)}]", *contents]
            several, contents, size = [], [], 0
    if several:
        yield len(several), [f"[{','.join(several)}]", *contents]


def json_text(value: Any) -> str:  # Any: JSON
    """JSON on one line, as entries keep it."""
    return quick_json.dumps(value).decode()


def _fields(operation: Operation) -> dict[str, Any]:
    if isinstance(operation, types.EntryDraft):  # asdict would copy the content, which has a line of its own.
        return {
            "subject": operation.subject,
            "visible_to": operation.visible_to,
            "entry_id": operation.entry_id,
            "principal_sets": operation.principal_sets,
            **({"only_if": operation.only_if} if operation.only_if else {}),
        }
    return asdict(operation)


def _read(name: str, fields: dict[str, Any], contents: Iterator[str]) -> Written:
    if name == "put":
        fields["content_text"] = next(contents)
    return _NAMES[name](**fields)  # type: ignore[no-any-return]  # an operation, by its name
