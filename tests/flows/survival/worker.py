"""What ``manage.py serve --no-web`` runs, in one process without Celery: a broker that forgets all when it dies.

The tasks are Celery's own functions; their messages go through a queue in the memory of the process, so that a killed
one loses its doorbells, as workers of a folder or of Redis may. Leases are short, so that tests need not wait.
"""

from __future__ import annotations

import os
import random
import sched
import signal
import threading
import time
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import django
from django.apps import apps

if not apps.ready:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
    django.setup()

from celery import Task
from django.db import connection, connections

from apps.flows import tasks as flows
from apps.flows.engine import acting, asking
from apps.search import tasks as search
from apps.transfer import tasks as transfer

LEASE_S = 3.0
THREADS = 3
FLOWS, FILES = "flows", "files"


def run(database: dict[str, Any], kind: str, dies: float = 0) -> None:
    """Serve until somebody kills this process: runs and their actions, or files and entries.

    ``dies``: how often, of all times, it is dead when a provider has done what it was asked and nobody wrote it down:
    the worst of all moments, and one that is over in a millisecond.
    """
    connections.settings["default"].update(database)
    acting.LEASE = asking.LEASE = timedelta(seconds=LEASE_S)
    acting.BEAT_S, flows.OLD_NEWS = LEASE_S / 4, timedelta(seconds=LEASE_S)
    if dies:
        _die_after_asking(dies)
    bells = _bells()
    if kind == FLOWS:
        _again(flows.sweep, 0.5)
        for _ in range(THREADS - 1):
            _thread(lambda: _serve(bells))
    else:
        _again(transfer.work, 0.05)
        _again(search.sweep, 0.2)
    _serve(bells)


def _die_after_asking(dies: float) -> None:
    ask = acting._asked

    def asked(*told: Any) -> Any:
        answer = ask(*told)
        if random.random() < dies:
            os.kill(os.getpid(), signal.SIGKILL)
        return answer

    acting._asked = asked


def _bells() -> sched.scheduler:
    """Messages are kept here, in the place of Celery's broker."""
    bells = sched.scheduler(time.monotonic, time.sleep)

    def send(task: Task, *, kwargs: dict[str, Any] | None = None, countdown: float = 0, **_how: Any) -> None:
        bells.enter(countdown, 1, _whole, (task, kwargs or {}))

    Task.apply_async = send
    return bells


def _serve(bells: sched.scheduler) -> None:
    while True:
        bells.run(blocking=False)
        time.sleep(0.02)


def _whole(task: Callable[..., None], kwargs: dict[str, Any]) -> None:
    """As Celery does it: what a task raises is told, and the worker goes on; its connection is closed."""
    try:
        task(**kwargs)
    except Exception as error:
        print(f"{task} raised {error!r}", flush=True)
    finally:
        connection.close()


def _again(task: Callable[..., None], pause_s: float) -> None:
    def again() -> None:
        while True:
            _whole(task, {})
            time.sleep(pause_s)

    _thread(again)


def _thread(work: Callable[..., object]) -> None:
    threading.Thread(target=work, daemon=True).start()
