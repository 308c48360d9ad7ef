"""What is to be done again and again while something else takes its time."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from time import monotonic

from django.db import DatabaseError, connection

log = logging.getLogger(__name__)


@contextmanager
def beating(beat: Callable[[], object], *, every_s: float, what: str) -> Iterator[None]:
    """Call ``beat`` every so often, in a thread with a database connection of its own, until the block is left.

    So a lease is kept however long the work takes: a killed process beats no more, and others soon take over. A
    database that is away is no end: the next beat may come in time. ``what`` is told in the log then.
    """
    stop = threading.Event()

    def run() -> None:
        while not stop.wait(every_s):
            with closing(connection):
                try:
                    beat()
                except DatabaseError as error:
                    log.warning("a beat for %s failed: %s", what, error)

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join()


def seldom(do: Callable[[], object], *, every_s: float) -> Callable[[], None]:
    """What may be called as often as one likes and then calls ``do``, at most every so often, at first at once.

    What ``do`` raises is raised; that the database is away is not, because it may be back the next time.
    """
    next_at = monotonic()

    def call() -> None:
        nonlocal next_at
        if monotonic() < next_at:
            return
        next_at = monotonic() + every_s
        try:
            do()
        except DatabaseError as error:
            log.warning("the database is away: %s", error)

    return call
