"""Writing: every change is a task that is acknowledged when it is on disk, and applied by a worker in its turn."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Iterator

from django.db import transaction
from django.utils import timezone

from apps.access import services as access
from apps.access.services import Actor
from apps.accounts.models import User
from apps.search import ledger
from apps.search.errors import NoSuchTask
from apps.search.models import Failure, Index, Task
from apps.search.services.indexes import require
from apps.search.tasks import ring
from apps.search.types import EntryRemoval, Operation, Query, SubjectRemoval

MOST_TASKS = 1000


def submit_entries(
    *, index: Index, actor: Actor, entries: Iterable[Operation], request_id: uuid.UUID | None = None
) -> Task:
    """Queue entries to be put, all in one transaction. For writers.

    With a ``request_id`` that came before, the task is that of then.
    """
    with transaction.atomic():
        return _submit(index, actor, Task.Type.INGEST, entries, request_id)


def submit_stream(*, index: Index, actor: Actor, operations: Iterable[Operation]) -> Task:
    """Queue operations as they come, part by part on disk; none is applied before the last one is there.

    If the iterable raises, the task is given up and nothing of it is applied. For writers.
    """
    return _submit(index, actor, Task.Type.INGEST, operations)


def remove_subjects(
    *, index: Index, actor: Actor, subjects: Iterable[str], request_id: uuid.UUID | None = None
) -> Task:
    """Queue the removal of these subjects, whoever may see them. For writers. ``request_id`` as in
    ``submit_entries``."""
    with transaction.atomic():
        return _submit(index, actor, Task.Type.DELETE_BY_SUBJECT, map(SubjectRemoval, subjects), request_id)


def remove_entry(
    *, index: Index, actor: Actor, subject: str, entry_id: str, request_id: uuid.UUID | None = None
) -> Task:
    """Queue the removal of one entry. For writers. ``request_id`` as in ``submit_entries``."""
    with transaction.atomic():
        return _submit(index, actor, Task.Type.DELETE_ENTRY, [EntryRemoval(subject, entry_id)], request_id)


def remove_by_query(*, index: Index, actor: Actor, query: Query, request_id: uuid.UUID | None = None) -> Task:
    """Queue the removal of all subjects that match when its turn comes, whoever may see them. For writers.
    ``request_id`` as in ``submit_entries``."""
    require(index=index, actor=actor, role="writer", is_open=True)
    known = _asked_before(request_id)
    if known is not None:
        return known
    with transaction.atomic():
        task = _open(index, actor, Task.Type.DELETE_BY_QUERY, request_id)
        ledger.append_query(task, (query.text, *query.filters, *query.post_filters))
        ledger.close(task, documents=0, now=timezone.now())
        ring(index.pk)
    return task


def _submit(
    index: Index,
    actor: Actor,
    task_type: str,
    operations: Iterable[Operation],
    request_id: uuid.UUID | None = None,
) -> Task:
    require(index=index, actor=actor, role="writer", is_open=True)
    known = _asked_before(request_id)
    if known is not None:
        return known
    task = _open(index, actor, task_type, request_id)
    try:
        documents = ledger.append(task, operations, now=timezone.now)
        ledger.close(task, documents=documents, now=timezone.now())
    except BaseException:
        if not transaction.get_connection().in_atomic_block:
            ledger.abandon(task.pk, message="The upload broke off. Send it again.", now=timezone.now())
        raise
    ring(index.pk)
    return task


def _asked_before(request_id: uuid.UUID | None) -> Task | None:
    return None if request_id is None else Task.objects.filter(request_id=request_id).first()


def _open(index: Index, actor: Actor, task_type: str, request_id: uuid.UUID | None = None) -> Task:
    creator = access.principal_of(actor) if isinstance(actor, User) else ""
    now = timezone.now()
    return ledger.open_task(index=index, task_type=task_type, created_by=creator, now=now, request_id=request_id)


def map_fields(*, index: Index, actor: Actor, mapping: dict[str, str]) -> None:
    """Declare which paths are points or shapes; a declaration stays. For writers."""
    require(index=index, actor=actor, role="writer", is_open=True)
    with transaction.atomic():
        held = Index.objects.select_for_update().get(pk=index.pk)
        held.geo_fields = {**held.geo_fields, **mapping}
        held.save(update_fields=["geo_fields"])


def task(*, task_id: uuid.UUID, actor: Actor) -> Task:
    """A task, for writers of its index.

    Raises:
        NoSuchTask: there is none, or the actor may not see it.
    """
    found = Task.objects.select_related("index").filter(pk=task_id).first()
    if found is None or not access.may(actor, "writer", found.index.resource):
        raise NoSuchTask
    return found


def tasks(*, index: Index, actor: Actor) -> list[Task]:
    """The newest tasks of an index, at most 1,000. For writers."""
    require(index=index, actor=actor, role="writer")
    return list(index.tasks.order_by("-created_at")[:MOST_TASKS])


def failures(*, task: Task, most: int, offset: int = 0) -> list[Failure]:
    """The first documents of a task that were not taken, behind ``offset`` of them."""
    return list(task.failures.order_by("number")[offset : offset + most])


def each_failure(*, task: Task) -> Iterator[Failure]:
    """All documents of a task that were not taken, however many."""
    return task.failures.order_by("number").iterator()
