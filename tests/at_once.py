"""What several do at the same moment, each with a connection of its own.

It takes PostgreSQL: SQLite has one writer at a time, and one connection in a test.
"""

import threading
from contextlib import contextmanager

import pytest
from django.db import connection, transaction

from apps.common.errors import PortalError


@pytest.fixture
def several_writers(transactional_db):
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has one writer at a time, and one connection in a test")


def at_once(*calls):
    """Call all of them at the same moment; gives the names of what they raised."""
    gate, raised = threading.Barrier(len(calls)), []

    def run(call):
        try:
            gate.wait()
            call()
        except PortalError as error:
            raised.append(type(error).__name__)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=[call]) for call in calls]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return raised


@contextmanager
def open_elsewhere(call):
    """Another has called it, and does not end its transaction as long as the block goes on."""
    done, go = threading.Event(), threading.Event()

    def run():
        with transaction.atomic():
            call()
            done.set()
            go.wait()
        connection.close()

    thread = threading.Thread(target=run)
    thread.start()
    assert done.wait(10)
    try:
        yield
    finally:
        go.set()
        thread.join()
