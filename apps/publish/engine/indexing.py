"""The entries of a publication: put into the index, and taken out of it again."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from apps.publish.engine import content
from apps.publish.engine.acting import as_publisher
from apps.publish.errors import WrongState
from apps.publish.models import Version
from apps.search import services as search
from apps.search.models import Task
from apps.search.types import EntryDraft, EntryRemoval, Operation


def put(version: Version, request_id: UUID) -> Task:
    """Let the subject have the entries of this version, and no others."""
    drafts = [
        EntryDraft(version.subject, content.of_part(version, part), part.visible_to, part.entry_id)
        for part in version.parts
    ]
    kept = {one.entry_id for one in drafts}
    gone = [one["entry_id"] for one in version.before_json if one["entry_id"] not in kept]
    return _submit(version, [*drafts, *(EntryRemoval(version.subject, entry_id) for entry_id in gone)], request_id)


def put_opened(version: Version, request_id: UUID) -> Task:
    """Let those see its main entry who were to see it after the embargo."""
    main = version.main
    drafts = [EntryDraft(version.subject, content.of_part(version, main), main.opens_to, main.entry_id)]
    return _submit(version, drafts, request_id)


def put_back(version: Version, request_id: UUID) -> Task:
    """Let it have those that it had before, and no others."""
    return _submit(version, list(_before(version)), request_id)


def remove(version: Version, request_id: UUID) -> Task:
    """Let it have none."""
    return _submit(version, [EntryRemoval(version.subject, part.entry_id) for part in version.parts], request_id)


def task_named(task_id: str) -> Task:
    return Task.objects.get(pk=task_id)


def trouble(task: Task) -> str:
    """Why it failed, in words."""
    told = [task.message, *(failure.reason for failure in search.failures(task=task, most=3))]
    return " ".join(filter(None, told))


def _before(version: Version) -> Iterator[Operation]:
    for one in version.before_json:
        sets = {name: tuple(principals) for name, principals in one["principal_sets"].items()}
        yield EntryDraft(version.subject, one["content"], tuple(one["visible_to"]), one["entry_id"], sets)
    had = {one["entry_id"] for one in version.before_json}
    yield from (EntryRemoval(version.subject, one.entry_id) for one in version.parts if one.entry_id not in had)


def _submit(version: Version, operations: list[Any], request_id: UUID) -> Task:
    if version.index is None:
        raise WrongState("The index that it is published to was deleted.")
    with as_publisher(version) as publisher:
        return search.submit_entries(index=version.index, actor=publisher, entries=operations, request_id=request_id)
