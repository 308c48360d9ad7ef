"""A worker in a thread of the test, for what asks over HTTP how a run goes."""

import threading
from contextlib import contextmanager

from django.db import connection
from django.utils import timezone

from apps.flows import engine


@contextmanager
def worker_running():
    """Does what is due, until the end of the block."""
    stop = threading.Event()

    def work():
        while not stop.wait(0.05):
            due = engine.due(timezone.now())
            for run_id in due.runs:
                engine.advance(run_id, timezone.now, lambda action: None)
            for action in due.actions:
                engine.perform(action.pk, timezone.now, lambda action: None)
        connection.close()

    thread = threading.Thread(target=work)
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join()
