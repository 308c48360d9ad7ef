"""Builds an index anew into a store beside the one that is searched, compares the two, and swaps them.

People search the old store meanwhile; what is ingested goes to both. Where it stands is in the index's row, so that a
rebuild that was killed goes on from there. Which store is searched is a row too (not an engine's alias), so that the
swap is one update for every engine, in step with the database.
"""

from __future__ import annotations

import logging
import time
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

from django.db import transaction
from django.db.models import Q

from apps.search import projection
from apps.search.backends import engine
from apps.search.errors import EngineUnavailable, RebuildIncomplete, RebuildRuns
from apps.search.ingest import Clock, drain
from apps.search.models import Entry, Index, Lease, Part, Path, SplitSubject
from apps.search.projection import Source
from apps.search.types import Audience, Query, Store, SubjectViews

CHUNK = 1000
SPAN = timedelta(seconds=120)
log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Progress:
    """How many of the index's entries were seen so far."""

    done: int
    total: int


@dataclass(frozen=True, slots=True)
class Rebuild:
    index_id: uuid.UUID
    holder: str
    clock: Clock

    def hold(self, **changes: object) -> None:
        """Write how far it is, as long as it is ours."""
        until = self.clock() + SPAN
        held = Index.objects.filter(pk=self.index_id, rebuild_lease=self.holder)
        if not held.update(rebuild_lease_until=until, **changes):
            raise RebuildRuns


def rebuild(index_id: uuid.UUID, *, clock: Clock) -> Iterator[Progress]:
    """Rebuild, or go on with a rebuild that was killed; yields after each chunk. Done when the iterator ends.

    Raises:
        RebuildRuns: another process is rebuilding this index.
        RebuildIncomplete: the new store lacks subjects or has too many; the old one is still searched.
    """
    run = _claim(index_id, clock)
    try:
        store = _begin(run)
        yield from _fill(run, store)
        _swap(run, store)
    finally:
        Index.objects.filter(pk=index_id, rebuild_lease=run.holder).update(rebuild_lease="", rebuild_lease_until=None)


def answer(index_id: uuid.UUID, *, clock: Clock) -> None:
    """Rebuild the index if somebody asked for it. What came of it is in its row, whatever becomes of the message."""
    if not Index.objects.filter(pk=index_id, rebuild_asked_at__isnull=False).exists():
        return
    problem = ""
    try:
        for _ in rebuild(index_id, clock=clock):
            pass
    except RebuildRuns:  # Another worker is at it, and will say how it ended.
        return
    except EngineUnavailable as error:
        log.warning("the rebuild of index %s goes on when the sweeper rings again: %s", index_id, error)
        return
    except RebuildIncomplete as error:
        problem = error.message
    Index.objects.filter(pk=index_id).update(rebuild_asked_at=None, rebuild_problem=problem)


def _claim(index_id: uuid.UUID, clock: Clock) -> Rebuild:
    run = Rebuild(index_id, uuid.uuid4().hex, clock)
    free = Q(rebuild_lease="") | Q(rebuild_lease_until__lt=clock())
    until = clock() + SPAN
    if not Index.objects.filter(free, pk=index_id).update(rebuild_lease=run.holder, rebuild_lease_until=until):
        raise RebuildRuns
    return run


def _begin(run: Rebuild) -> Store:
    index = Index.objects.get(pk=run.index_id)
    if index.building is None:
        _choose_paths(index)
        generation = max([index.generation, *engine().stores(str(index.pk))]) + 1
        engine().create(Store(str(index.pk), generation, is_stemmed=index.is_stemmed))
        run.hold(building=generation, rebuilt_to=0)
        index.refresh_from_db()
    store = index.stores[-1]
    if not engine().exists(store):  # What was built so far is gone: begin again.
        engine().create(store)
        run.hold(rebuilt_to=0)
    return store


def _choose_paths(index: Index) -> None:
    """The most frequent paths get fields of their own, up to the budget."""
    lines = Path.objects.filter(index=index)
    kept = list(lines.order_by("-entries", "path").values_list("pk", flat=True)[: index.field_budget])
    with transaction.atomic():
        lines.update(is_indexed=False)
        for start in range(0, len(kept), 500):
            lines.filter(pk__in=kept[start : start + 500]).update(is_indexed=True)


def _fill(run: Rebuild, store: Store) -> Iterator[Progress]:
    index = Index.objects.get(pk=run.index_id)
    last, done = index.rebuilt_to, Entry.objects.filter(index=index, pk__lte=index.rebuilt_to).count()
    while True:
        rows = Entry.objects.filter(index=index, pk__gt=last).order_by("pk").values_list("pk", "subject")[:CHUNK]
        chunk = list(rows)
        if not chunk:
            return
        with engine().writer(store) as writer:
            version = Index.objects.values_list("version", flat=True).get(pk=index.pk)  # Before what is read below.
            writer.add(list(views_of(index, {subject for _, subject in chunk})), version=version)
        last, done = chunk[-1][0], done + len(chunk)
        run.hold(rebuilt_to=last)
        yield Progress(done, max(done, index.num_entries))


def views_of(index: Index, subjects: set[str]) -> Iterator[SubjectViews]:
    """The views of these subjects as the database has them now."""
    unindexed = Path.objects.filter(index=index, is_indexed=False).exists()
    lines = Path.objects.filter(index=index, is_indexed=True)
    indexed = frozenset(lines.values_list("path", flat=True)) if unindexed else None
    ordered = sorted(subjects)
    for start in range(0, len(ordered), 500):
        chunk = ordered[start : start + 500]
        split = dict(SplitSubject.objects.filter(index=index, subject__in=chunk).values_list("subject", "views"))
        sources: dict[str, list[Source]] = {}
        for entry in Entry.objects.filter(index=index, subject__in=chunk).order_by("subject", "entry_id"):
            found = projection.leaves(entry.content, index.geo_fields)
            source = projection.source(entry.visible_to, entry.principal_sets, found)
            sources.setdefault(entry.subject, []).append(source)
        for subject, several in sources.items():
            yield projection.views(subject, several, stale=split.get(subject, 1), indexed=indexed)


def _swap(run: Rebuild, store: Store) -> None:
    """Compare and swap while no task is being applied, so that the counts stand still."""
    lease = _quiet(run)
    try:
        have = engine().search(store, Query(limit=0), Audience.everything()).total
        want = Entry.objects.filter(index_id=run.index_id).values("subject").distinct().count()
        if have != want:
            run.hold(building=None, rebuilt_to=0)
            engine().drop(store)
            raise RebuildIncomplete(f"The new store has {have} subjects, the database {want}. Start the rebuild again.")
        old = Index.objects.get(pk=run.index_id).store
        run.hold(generation=store.generation, building=None, rebuilt_to=0)
    finally:
        lease.release()
    engine().drop(old)


def _quiet(run: Rebuild) -> Lease:
    """The right to apply tasks, with none half applied."""
    half = Part.objects.filter(task__index_id=run.index_id, is_stored=True, is_done=False)
    while True:
        run.hold()
        lease = Lease.claim(run.index_id, now=run.clock())
        if lease is not None:
            if not half.exists():
                return lease
            lease.release()
            drain(run.index_id, clock=run.clock)
        time.sleep(0.1)  # Another worker's round takes a second or two.
