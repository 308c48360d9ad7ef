"""A worker in a process of its own, which publishes until it is done, or until it kills itself as ``kill -9`` does."""

from __future__ import annotations

import itertools
import multiprocessing
import os
import signal
from datetime import datetime
from typing import Any

import django
from django.apps import apps

if not apps.ready:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
    django.setup()

from celery import Task
from django.db import connections
from django.db.backends.signals import connection_created

from apps.flows.actions import provider_named
from tests.flows.conftest import Clock
from tests.publish.working import goes_on

FORKS = multiprocessing.get_context("forkserver")
ROUNDS = 30
WRITES = ("INSERT", "UPDATE", "DELETE")


def work(database: dict[str, Any], submission_id: Any, moment: str, *, since: datetime) -> bool:
    """Publish, or undo, by a clock that begins ``since``; whether it died of it. ``moment`` is when it dies: "copy
    asked", "copy done" (and nobody wrote it down), "17" after so many writes to the database."""
    process = FORKS.Process(target=_work, args=(database, submission_id, moment, since))
    process.start()
    process.join(60)
    assert process.exitcode in {0, -signal.SIGKILL}, process.exitcode
    return process.exitcode != 0


def _work(database: dict[str, Any], submission_id: Any, moment: str, since: datetime) -> None:
    connections.settings["default"].update(database)
    Task.apply_async = lambda *_, **__: None  # a broker that loses all
    if moment.isdecimal():
        die_after(int(moment))
    else:
        _die_at(*moment.split())
    clock = Clock()
    clock.now = max(clock.now, since)
    for _ in range(ROUNDS):
        if not goes_on(submission_id, clock):
            break
        clock.forward(1)


def _die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def _die_at(step: str, when: str) -> None:
    provider = type(provider_named(f"publication/{step}"))
    begin = provider.begin

    def begun(self: Any, order: Any) -> Any:
        if when == "asked":
            _die()
        begin(self, order)
        _die()

    provider.begin = begun


def die_after(writes: int) -> None:
    """Before the first write that would be one more, whichever thread would do it."""
    numbers = itertools.count(1)

    def counted(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:  # Django's
        if sql.startswith(WRITES) and next(numbers) > writes:
            _die()
        return execute(sql, params, many, context)

    connection_created.connect(lambda connection, **_: connection.execute_wrappers.append(counted), weak=False)
