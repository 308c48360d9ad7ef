"""Settled files are gathered: when a batch is complete, all of it is taken at once, and starts one run."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import islice
from uuid import UUID, uuid4

from django.db import transaction
from django.db.models import Count, Exists, Max, OuterRef, QuerySet

from apps.triggers.engine.holding import held
from apps.triggers.facts import facts_of_files
from apps.triggers.models import Firing, SeenFile, Trigger
from apps.triggers.types import Files

State = SeenFile.State
MOST_FILES = 10_000
"""In one batch: a run is told of each of them."""
MOST_BATCHES = 100


@transaction.atomic
def gather(trigger: Trigger, files: Files, now: datetime) -> list[int]:
    """Take what is complete, or the first of it: the ids of its firings. Those are written down together with that the
    files are taken, so that whatever dies each file is in one."""
    locked = held(trigger.pk)
    if locked is None or locked.state != Trigger.State.ACTIVE:
        return []
    batches = list(islice(_complete(trigger, files, now), MOST_BATCHES))
    firings = [_firing(trigger, files, batch, now) for batch in batches]
    Firing.objects.bulk_create(firings)
    for firing, batch in zip(firings, batches, strict=True):
        for row in batch:
            row.state, row.firing = State.TAKEN, firing
    SeenFile.objects.bulk_update([row for batch in batches for row in batch], ["state", "firing"], batch_size=400)
    return [firing.pk for firing in firings]


def next_quiet(trigger: Trigger, files: Files) -> datetime | None:
    """When a group may be complete because nothing new came."""
    if files.batch.quiet_s is None:
        return None
    groups = _settled(trigger).values("group_id").annotate(last=Max("settled_at")).order_by("last")
    first = groups.values_list("last", flat=True).first()
    return None if first is None else first + timedelta(seconds=files.batch.quiet_s)


def _complete(trigger: Trigger, files: Files, now: datetime) -> Iterator[list[SeenFile]]:
    """Of one kind at a time, because a file may be part of two."""
    batch, is_none = files.batch, True
    if batch.count is not None:
        for found in _by_count(trigger, batch.count):
            is_none = False
            yield found
    if is_none and files.marker and not files.marks_single_files:
        for found in _by_marker(trigger):
            is_none = False
            yield found
    if is_none and batch.quiet_s is not None:
        yield from _by_quiet(trigger, now - timedelta(seconds=batch.quiet_s))


def _by_count(trigger: Trigger, count: int) -> Iterator[list[SeenFile]]:
    groups = _settled(trigger).values("group_id").annotate(there=Count("pk")).filter(there__gte=count)
    for group_id, there in list(groups.order_by("group_id").values_list("group_id", "there")):
        whole = min(there // count, MOST_BATCHES)
        rows = _of(trigger, group_id, whole * count)
        yield from (rows[number * count : (number + 1) * count] for number in range(len(rows) // count))


def _by_marker(trigger: Trigger) -> Iterator[list[SeenFile]]:
    """Its group is whole; those that have not settled yet are waited for."""
    unsettled = trigger.files.filter(group_id=OuterRef("group_id"), state=State.NEW)
    for marker in list(trigger.files.filter(state=State.MARKER).exclude(Exists(unsettled)).order_by("pk")):
        rows = _of(trigger, marker.group_id, MOST_FILES)
        if len(rows) < MOST_FILES:
            SeenFile.objects.filter(pk=marker.pk).update(state=State.TAKEN)
        if rows:
            yield rows


def _by_quiet(trigger: Trigger, since: datetime) -> Iterator[list[SeenFile]]:
    unsettled = trigger.files.filter(group_id=OuterRef("group_id"), state=State.NEW)
    groups = _settled(trigger).values("group_id").annotate(last=Max("settled_at")).filter(last__lte=since)
    for group_id in list(groups.exclude(Exists(unsettled)).order_by("group_id").values_list("group_id", flat=True)):
        yield _of(trigger, group_id, MOST_FILES)


def _settled(trigger: Trigger) -> QuerySet[SeenFile]:
    return SeenFile.objects.filter(trigger=trigger, state=State.SETTLED)


def _of(trigger: Trigger, group_id: UUID | None, most: int) -> list[SeenFile]:
    """Of one group, in the order of paths."""
    return list(_settled(trigger).filter(group_id=group_id).order_by("path")[:most])


def _firing(trigger: Trigger, files: Files, batch: list[SeenFile], now: datetime) -> Firing:
    facts = facts_of_files(files, batch)
    return Firing(trigger=trigger, key=str(uuid4()), at=now, due_at=now, count=len(batch), facts=facts)
