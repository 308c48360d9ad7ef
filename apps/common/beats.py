"""What is to be done again and again while something else takes its time."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from heapq import heappop, heappush
from itertools import count
from time import monotonic

from django.db import DatabaseError, connection

log = logging.getLogger(__name__)


class _Later:
    """Calls what is still wanted when its time has come, in one thread that is there while anything waits.

    Whatever takes a moment needs no thread of its own for what is to be done after seconds.
    """

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._thread: threading.Thread | None = None
        self._waiting: list[tuple[float, int]] = []
        self._calls: dict[int, Callable[[], object]] = {}
        self._numbers = count()

    def after(self, pause_s: float, call: Callable[[], object]) -> Callable[[], bool]:
        """Gives what takes it back, and says whether that was in time."""
        with self._changed:
            number = next(self._numbers)
            self._calls[number] = call
            heappush(self._waiting, (monotonic() + pause_s, number))
            if self._thread is None or not self._thread.is_alive():
                self._thread = threading.Thread(target=self._run, daemon=True)
                self._thread.start()
            elif self._waiting[0][1] == number:
                self._changed.notify()

        def take_back() -> bool:
            with self._changed:
                return self._calls.pop(number, None) is not None

        return take_back

    def _run(self) -> None:
        with self._changed:
            while self._waiting:
                due_at, number = self._waiting[0]
                if number in self._calls and due_at > monotonic():
                    self._changed.wait(due_at - monotonic())
                    continue
                heappop(self._waiting)
                if call := self._calls.pop(number, None):
                    call()
            self._thread = None


_later = _Later()


@contextmanager
def beating(beat: Callable[[], object], *, every_s: float, what: str) -> Iterator[None]:
    """Call ``beat`` every so often, in a thread with a database connection of its own, until the block is left.

    So a lease is kept however long the work takes: a killed process beats no more, and others soon take over. A
    database that is away is no end: the next beat may come in time. ``what`` is told in the log then.
    """
    stop = threading.Event()

    def run() -> None:
        while not stop.is_set():
            with closing(connection):
                try:
                    beat()
                except DatabaseError as error:
                    log.warning("a beat for %s failed: %s", what, error)
            stop.wait(every_s)

    thread = threading.Thread(target=run, daemon=True)
    take_back = _later.after(every_s, thread.start)
    try:
        yield
    finally:
        stop.set()
        if not take_back() and thread.is_alive():
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
