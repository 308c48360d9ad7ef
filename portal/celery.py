"""The Celery application. Its messages are doorbells: they say that a row wants to be looked at, and may be lost."""

import gc
import os
from typing import Any

from celery import Celery
from celery.exceptions import WorkerShutdown
from celery.signals import worker_init, worker_shutting_down

from portal import broker

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")

broker.use()
app = Celery("vitrine")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()


def leave_at_once(**_about: Any) -> None:
    """End the worker's wait for messages, which would go on for seconds; the tasks that run are still waited for."""
    raise WorkerShutdown(0)


worker_shutting_down.connect(leave_at_once)


def collect_seldom(**_about: Any) -> None:
    """A round of an ingest makes a hundred thousand objects that all live to its end: looking through them again and
    again took a tenth of its time.
    """
    gc.freeze()
    gc.set_threshold(100_000, 50, 100)


worker_init.connect(collect_seldom)
