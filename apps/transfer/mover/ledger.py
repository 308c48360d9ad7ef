"""What is written down while a task is worked on: always by the turn's holder alone."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from contextlib import closing
from datetime import datetime
from typing import Any

from django.db import connection, transaction
from django.db.models import F, Min, Q, QuerySet, Sum

from apps.transfer.models import Event, File
from apps.transfer.mover.rows import insert, update
from apps.transfer.mover.turns import Turn

SETTLED = ["state", "size", "modified_at", "version", "checksum", "algorithm", "upload", "receipts", "sent"]
SETTLED += ["attempts", "due_at", "ended_at", "error_code", "error_details"]
COUNTERS = {File.State.DONE: "subtasks_done", File.State.SAME: "subtasks_done", File.State.FAILED: "subtasks_failed"}
COUNTERS |= {File.State.SKIPPED: "subtasks_skipped"}
State, Action = File.State, File.Action


class Ledger:
    """The lines of one task, for the turn that works on it."""

    def __init__(self, turn: Turn) -> None:
        self._turn = turn
        self._settled: list[File] = []
        self._events: list[Event] = []

    @property
    def lines(self) -> QuerySet[File]:
        return File.objects.filter(task_id=self._turn.task_id)

    def add(self, lines: Sequence[File]) -> None:
        """Write them down; those that are known already stay as they are."""
        with transaction.atomic():
            self._turn.hold(**_sums(lines))
            insert(lines)

    def count(self) -> None:
        """Set the task's sums to what the ledger holds: lines that were found twice were added twice."""
        sent = self.lines.filter(action=Action.COPY)
        ended = dict.fromkeys(COUNTERS.values(), 0)
        for state, name in COUNTERS.items():
            ended[name] += self.lines.filter(state=state).count()
        self._turn.hold(
            files=sent.count(),
            bytes_known=sent.aggregate(all=Sum("size"))["all"] or 0,
            folders=self.lines.filter(action=Action.FOLDER).count(),
            links=self.lines.filter(action=Action.LINK).count(),
            subtasks=self.lines.count(),
            **ended,
        )

    def waiting(self, actions: Iterable[str], *, after: int, most: int, now: datetime) -> list[File]:
        """Lines that may be worked on now, in their order."""
        due = Q(due_at=None) | Q(due_at__lte=now)
        return list(self._open(actions).filter(due, pk__gt=after).order_by("pk")[:most])

    def next_due(self, actions: Iterable[str]) -> datetime | None:
        """When the first of those that wait is due; None if none has to wait."""
        first: datetime | None = self._open(actions).aggregate(first=Min("due_at"))["first"]
        return first

    def is_open(self, actions: Iterable[str]) -> bool:
        """Whether any line waits, now or for later."""
        return self._open(actions).exists()

    def _open(self, actions: Iterable[str]) -> QuerySet[File]:
        return self.lines.filter(state=State.WAITING, action__in=list(actions))

    def settle(self, line: File) -> None:
        """What became of a line. It is in the database after the next ``flush``."""
        self._settled.append(line)

    def tell(self, at: datetime, code: str, description: str, details: str = "", *, is_error: bool = False) -> None:
        """An event, for the next ``flush``."""
        task_id = self._turn.task_id
        told = {"code": code, "description": description[:200], "details": details, "is_error": is_error}
        self._events.append(Event(task_id=task_id, at=at, **told))

    def flush(self, **changes: Any) -> None:
        """Write all of it, with changes of the task itself.

        Raises:
            TurnLost: the task is another's.
        """
        lines, events = self._settled, self._events
        self._settled, self._events = [], []
        with transaction.atomic():
            self._turn.hold(**_ended(lines), **changes)
            update(lines, SETTLED)
            if events:
                Event.objects.bulk_create(events)

    def keep(self, line: File, *fields: str) -> None:
        """Write some of a line at once: how a large file goes on is known before it does. From any thread, which is
        left without a connection: threads come and go, and theirs would stay."""
        with closing(connection):
            ours = File.objects.filter(pk=line.pk, task__lease=self._turn.holder)
            ours.update(**{name: getattr(line, name) for name in fields})


def _sums(lines: Sequence[File]) -> dict[str, Any]:
    copies = [line for line in lines if line.action == Action.COPY]
    return {
        "subtasks": F("subtasks") + len(lines),
        "files": F("files") + len(copies),
        "folders": F("folders") + sum(line.action == Action.FOLDER for line in lines),
        "bytes_known": F("bytes_known") + sum(line.size for line in copies),
    }


def _ended(lines: Sequence[File]) -> dict[str, Any]:
    """By how much the task's counters grow."""
    grown: dict[str, int] = {}
    for line in lines:
        names = [COUNTERS[State(line.state)]] if line.state in COUNTERS else []
        if line.action == Action.COPY:
            names += {State.DONE: ["files_done"], State.SAME: ["files_same"]}.get(State(line.state), [])
        for name in names:
            grown[name] = grown.get(name, 0) + 1
    return {name: F(name) + number for name, number in grown.items()}


def progress(bytes_sent: int, files: int, seconds: float) -> str:
    """The details of an event of progress, as clients of Globus read them."""
    speed = round(bytes_sent * 8 / seconds / 1e6, 2) if seconds else 0.0
    told = {"bytes_transferred": bytes_sent, "files_succeeded": files, "duration": round(seconds, 2), "mbps": speed}
    return json.dumps(told)
