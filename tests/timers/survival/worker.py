"""A worker of timers in a process of its own, by a clock that the test moves, with a broker that loses and doubles."""

from __future__ import annotations

import random
import time
from datetime import UTC, datetime
from typing import Any

from tests.publish.faults.worker import die_after  # first: it sets Django up

# isort: split
from celery import Task
from django.db import connections

from apps.timers import tasks

LOST, DOUBLED = 0.03, 0.1


class Clock:
    """What the test says, to all processes: a number without a lock, which the dead would keep."""

    def __init__(self, shown: Any) -> None:
        self.shown = shown

    def now(self) -> datetime:
        return datetime.fromtimestamp(self.shown.value, UTC)

    def show(self, moment: datetime) -> datetime:
        """The same to the microsecond: what workers will read."""
        self.shown.value = moment.timestamp()
        return self.now()


def run(database: dict[str, Any], clock: Clock, writes: int) -> None:
    """Serve until somebody kills this process, or until it dies before one write to the database more."""
    connections.settings["default"].update(database)
    die_after(writes)
    tasks.timezone = clock
    rung: list[dict[str, Any]] = []

    def send(task: Task, *, kwargs: dict[str, Any] | None = None, **_how: Any) -> None:
        if task.name == tasks.look.name and kwargs and random.random() > LOST:  # runs and tasks of files wait
            rung.extend([kwargs] * (1 + (random.random() < DOUBLED)))

    Task.apply_async = send
    while True:
        tasks.strike()
        random.shuffle(rung)
        while rung:
            tasks.look(**rung.pop())
        time.sleep(0.01)
