"""Applies the tasks of one index, in their order: entries to the database, views to the engine, then the task is done.

Each round takes some parts, and can be done again at any point without harm: entries are put by their key, views
replace views, and a part counts as done only after the engine has its documents. So a worker that is killed leaves
nothing lost or doubled. One lease an index keeps rounds in order; a worker that lost it can change nothing any more.

Half of the time of a round is Python's and half the engine's, so the two overlap: one thread sends the views of a round
while the next is prepared and stored. That thread alone writes, so rounds reach the engine in order; it never asks the
database, so that leases, rows and connections stay the business of one thread.
"""

from __future__ import annotations

import logging
import uuid
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import AbstractContextManager, ExitStack
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import islice

from django.db import transaction
from django.db.models import Q, Sum

from apps.access import services as access
from apps.accounts import services as accounts
from apps.search import ledger, places, projection, signals
from apps.search.backends import engine
from apps.search.backends.base import NoSuchStore, Writer
from apps.search.errors import EngineUnavailable
from apps.search.models import Index, Lease, Part, Task
from apps.search.round import Round
from apps.search.types import Audience, Clause, Query, Store, SubjectRemoval, SubjectViews

ROUND_DOCUMENTS = 4000
ROUND_CHARACTERS = 32_000_000
"""Of what a round unpacks; two rounds at most are in memory, as views that take some times as much."""
RETRY_AFTER = timedelta(seconds=5)

log = logging.getLogger(__name__)
Clock = Callable[[], datetime]


class LeaseLost(Exception):
    """Another worker applies this index's tasks now."""


@dataclass(frozen=True, slots=True)
class Turn:
    """The parts of one round, and the lease under which it runs."""

    lease: Lease
    parts: list[Part]
    clock: Clock

    def begin(self) -> None:
        """Let the tasks say that they are in progress."""
        for part in self.parts:
            part.task.state = Task.State.PROGRESS
        tasks = Task.objects.filter(pk__in={part.task_id for part in self.parts})
        tasks.filter(state=Task.State.PENDING).update(state=Task.State.PROGRESS)

    def hold(self) -> None:
        if not self.lease.renew(now=self.clock()):
            raise LeaseLost


@dataclass(frozen=True, slots=True)
class Flight:
    """A round that is stored, and on its way to the engine."""

    turn: Turn
    written: Future[None]

    @property
    def last(self) -> Part:
        return self.turn.parts[-1]

    def land(self) -> None:
        """Wait until the engine has the round, and write down that it is done.

        Raises:
            LeaseLost: another worker has the index now; the round does not count.
            EngineUnavailable: the engine has not all of it; the round will be done again.
        """
        self.written.result()
        with transaction.atomic():
            self.turn.hold()
            _finish(self.turn)


def drain(index_id: uuid.UUID, *, clock: Clock) -> None:
    """Apply all that waits for this index. Returns at once when another worker does so already.

    When the engine is away the work stays where it is, and the sweeper comes back for it.
    """
    while waiting_parts(index_id, most=1):
        lease = Lease.claim(index_id, now=clock())
        if lease is None:
            return
        try:
            with lease.beating(clock):
                apply(lease, clock)
        except LeaseLost:
            log.warning("another worker took over index %s", index_id)
            return
        except (EngineUnavailable, NoSuchStore) as error:
            log.warning("index %s waits for its engine: %s", index_id, error)
            Index.objects.filter(pk=index_id).update(retry_at=clock() + RETRY_AFTER)
            return
        finally:
            lease.release()


def waiting_parts(index_id: uuid.UUID, *, most: int, behind: Part | None = None) -> list[Part]:
    """The next parts in order (``behind`` a certain one), so many documents at most and no more than memory holds.

    A delete by query comes alone.
    """
    waiting = Part.objects.filter(
        task__index_id=index_id, task__state__in=[Task.State.PENDING, Task.State.PROGRESS], is_done=False
    )
    if behind is not None:
        later = Q(task__position=behind.task.position, number__gt=behind.number)
        waiting = waiting.filter(later | Q(task__position__gt=behind.task.position))
    parts: list[Part] = []
    documents = characters = 0
    for part in waiting.select_related("task").order_by("task__position", "number").iterator(chunk_size=8):
        documents, characters = documents + part.count, characters + part.characters
        if parts and (part.count == 0 or documents > most or characters > ROUND_CHARACTERS):
            break
        parts.append(part)
        if part.count == 0 or documents == most:
            break
    return parts


def apply(lease: Lease, clock: Clock) -> None:
    """Do round after round, until nothing waits and the engine has it all.

    Raises:
        LeaseLost: another worker has the index now; what is not done yet will not count.
        EngineUnavailable: the entries of one round or two are stored, their views are not; these will be done again.
    """
    flight: Flight | None = None
    with ThreadPoolExecutor(max_workers=1) as thread:
        while parts := waiting_parts(lease.index_id, most=ROUND_DOCUMENTS, behind=flight.last if flight else None):
            turn = Turn(lease, parts, clock)
            turn.begin()
            query = _query(parts[0])
            if query:
                _land(flight)  # A delete by query must find all that comes before it.
                flight = None
                _expand(turn, query)
                continue
            try:
                views = store(turn)
            finally:
                _land(flight)  # Whatever became of the round behind it.
            flight = _send(turn, views, thread)
        _land(flight)


def _query(part: Part) -> Query | None:
    """What a delete by query asks for; None if the part holds operations."""
    filters = ledger.read_query(part) if part.count == 0 else None
    return None if filters is None else Query(filters=filters, by_subject=True, limit=1000, counts_total=False)


def store(turn: Turn) -> list[SubjectViews]:
    """Store the entries of a round, and give the views that the engine is to have.

    Raises:
        LeaseLost: another worker has the index now; nothing of this round will count.
    """
    made = Round(Index.objects.get(pk=turn.lease.index_id))
    made.apply(turn.parts)
    views = made.views()
    with transaction.atomic():
        turn.hold()
        made.store(now=turn.clock(), depth=projection.depth(views))
    return views


def _send(turn: Turn, views: list[SubjectViews], thread: ThreadPoolExecutor) -> Flight:
    """Let the thread write the views to every store that there is now that the entries are stored."""
    index = Index.objects.get(pk=turn.lease.index_id)
    with ExitStack() as opened:
        writers = [opened.enter_context(_writer(store)) for store in index.stores]
        turn.hold()  # Whoever waited for a writer may have lost the index meanwhile.
        return Flight(turn, thread.submit(_write, opened.pop_all(), writers, views, index.version))


def _writer(store: Store) -> AbstractContextManager[Writer]:
    engine().create(store)
    return engine().writer(store)


def _write(opened: ExitStack, writers: Sequence[Writer], views: list[SubjectViews], version: int) -> None:
    with opened:
        for writer in writers:
            writer.add(views, version=version)


def _land(flight: Flight | None) -> None:
    if flight:
        flight.land()


def _finish(turn: Turn) -> None:
    Part.objects.filter(pk__in=[part.pk for part in turn.parts]).update(is_done=True)
    for task in {part.task for part in turn.parts}:
        _settle(task, now=turn.clock())
    Index.objects.filter(pk=turn.lease.index_id).update(changed_at=turn.clock(), retry_at=None)


def _settle(task: Task, *, now: datetime) -> None:
    """Add up what is done of a task; it ends with its last part."""
    sums = task.parts.filter(is_done=True).aggregate(done=Sum("done"), failed=Sum("failed"))
    task.done, task.failed = sums["done"] or 0, sums["failed"] or 0
    if not task.parts.filter(is_done=False).exists():
        task.state = Task.State.FAILED if task.failed else Task.State.SUCCESS
        task.completed_at = now
        if task.failed:
            task.message = f"{task.failed} of {task.done + task.failed} documents failed; the others are in."
        task.parts.all().delete()
    task.save(update_fields=["done", "failed", "state", "completed_at", "message"])
    if task.completed_at is not None:
        transaction.on_commit(lambda: signals.task_ended.send(sender=Task, task=task))


def _expand(turn: Turn, query: Query) -> None:
    """Turn a delete by query into removals, in the same task: once, so that a replay removes no more than this."""
    [part] = turn.parts
    index = Index.objects.get(pk=turn.lease.index_id)
    with transaction.atomic():
        turn.hold()
        total = ledger.append(
            part.task, (SubjectRemoval(subject) for subject in subjects(index, query)), now=turn.clock
        )
        Part.objects.filter(pk=part.pk).update(is_done=True)
        Task.objects.filter(pk=part.task_id).update(documents=total)
        if not total:
            _settle(part.task, now=turn.clock())


def subjects(index: Index, query: Query) -> Iterator[str]:
    """All subjects of an index that match, whoever may see them, in their order."""
    audience = Audience.everything()

    def find(clause: Clause) -> list[str]:
        return list(islice(_walk(index, replace(query, filters=(clause,))), places.MOST_CANDIDATES + 1))

    yield from _walk(index, places.resolve(index, query, audience, find))


def _walk(index: Index, query: Query) -> Iterator[str]:
    while True:
        try:
            hits = engine().search(index.store, query, Audience.everything()).hits
        except NoSuchStore:
            return
        yield from (hit.subject for hit in hits)
        if len(hits) < query.limit:
            return
        query = replace(query, after=hits[-1].cursor)


def remove(index: Index) -> None:
    """Remove an index for good: its stores, then its roles and rows. Doing it again after a crash does the rest."""
    for generation in engine().stores(str(index.pk)):
        engine().drop(Store(str(index.pk), generation))
    with transaction.atomic():
        access.withdraw_all(index.resource)
        accounts.record("index.removed", kind="index", id=index.pk, name=index.display_name)
        index.delete()
