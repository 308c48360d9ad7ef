"""A task in the hands of this process: its two ends, its ledger, and whether it should go on."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from time import monotonic
from typing import Any

from django.db.models import F

from apps.storage import services as storage
from apps.storage.models import Collection
from apps.storage.services import OpenCollection
from apps.transfer.models import Task
from apps.transfer.mover.faults import Fault
from apps.transfer.mover.ledger import Ledger, progress
from apps.transfer.mover.turns import Clock, Turn, waiting
from apps.transfer.mover.work import Gone, Work

TICK_S = 0.5
SHORTEST_TURN_S = 5.0
FIRST_PROGRESS_S = 2.0


class Why(StrEnum):
    PAUSED = "paused"
    CANCELED = "canceled"
    EXPIRED = "expired"
    OTHERS_WAIT = "others wait"
    NOT_YET = "not yet"


class Interrupted(Exception):
    """The task is not worked on any longer for now. ``due_at`` is when it is to be looked at again."""

    def __init__(self, why: Why, due_at: datetime | None = None) -> None:
        super().__init__(why)
        self.why, self.due_at = why, due_at


class Fatal(Exception):
    """What the task was asked to end at has happened."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault.message)
        self.fault = fault


@dataclass(kw_only=True)
class Job(Work):
    """The ledger keeps how far those came who were stopped."""

    turn: Turn
    task: Task
    clock: Clock
    ledger: Ledger
    _began: float = field(default_factory=monotonic)
    _ticked: float = 0.0
    _told_at: float = field(default_factory=monotonic)
    _sent: int = 0
    _files: int = 0
    _faults: int = 0
    _trouble: Fault | None = None
    _has_succeeded: bool = False
    _is_leaving: bool = False

    def tick(self, *, files: int = 0) -> None:
        """Called often; twice a second it writes down what was done and looks whether to go on.

        Raises:
            Interrupted: not now. TurnLost: another has the task.
        """
        self._files += files
        now = monotonic()
        if now - self._ticked >= TICK_S:
            self._ticked = now
            self.flush()
            self._look()

    def flush(self) -> None:
        sent, checked = self.tally.take()
        self._sent += sent
        self._tell_progress()
        told = {"bytes_sent": F("bytes_sent") + sent, "bytes_checked": F("bytes_checked") + checked}
        told["faults"] = F("faults") + self._faults
        self._faults = 0
        self.ledger.flush(**told, **self._troubles())

    def _tell_progress(self) -> None:
        """An event now and then: seldom for tasks that last long, so that a graph of one has some hundred points."""
        age = (self.clock() - self.task.requested_at).total_seconds()
        passed = monotonic() - self._told_at
        if self._sent and passed >= max(FIRST_PROGRESS_S, age / 100):
            self.ledger.tell(self.clock(), "PROGRESS", "Progress", progress(self._sent, self._files, passed))
            self._sent, self._files, self._told_at = 0, 0, monotonic()

    def _troubles(self) -> dict[str, Any]:
        code, message = (self._trouble.code, self._trouble.message) if self._trouble else ("", "")
        told = {"trouble": code, "trouble_details": message}
        return told | ({"setbacks": 0} if self._has_succeeded else {})

    def fault(self, fault: Fault) -> None:
        """A line could not be done; its next attempt is the crowd's business."""
        self._faults += 1
        self._trouble = fault

    def succeeded(self) -> None:
        """A line was done: the task has got over its last fault."""
        self._trouble, self._has_succeeded = None, True

    def _look(self) -> None:
        told = Task.objects.values("wanted", "deadline").get(pk=self.task.pk)
        now = self.clock()
        if told["wanted"] == Task.Wanted.CANCEL:
            raise Interrupted(Why.CANCELED)
        if told["deadline"] <= now:
            raise Interrupted(Why.EXPIRED)
        if told["wanted"] == Task.Wanted.PAUSE:
            raise Interrupted(Why.PAUSED)
        if not self._is_leaving and monotonic() - self._began >= SHORTEST_TURN_S and waiting(now):
            self._is_leaving = True
            raise Interrupted(Why.OTHERS_WAIT)
        self._renew_rights()

    def _renew_rights(self) -> None:
        """What was taken away from the owner meanwhile is not used any longer."""
        for files in (self.source, self.destination):
            if files is not None:
                files.rights = storage.rights_of(self.task.owner, files.collection)

    def later(self, span: timedelta) -> datetime:
        return self.clock() + span


@contextmanager
def opened(turn: Turn, clock: Clock) -> Iterator[Job]:
    """The task's job, with its storages open.

    Raises:
        Gone: a collection was deleted. InvalidCollection, SignInFailed, StorageAway: a storage cannot be opened.
    """
    task = Task.objects.select_related("owner", "source__parent", "destination__parent").get(pk=turn.task_id)
    with ExitStack() as open_ends:

        def end(collection: Collection | None) -> OpenCollection:
            if collection is None:
                raise Gone("A collection of this task was deleted.")
            return open_ends.enter_context(storage.opened(collection, actor=task.owner))

        destination = end(task.destination)
        source = end(task.source) if task.is_transfer else None
        yield Job(
            turn=turn,
            task=task,
            clock=clock,
            ledger=Ledger(turn),
            destination=destination,
            source=source,
            options=task.options,
        )
