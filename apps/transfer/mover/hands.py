"""Threads that work on lines of the ledger, a stack at a time: what one of them does in a row.

To hand over a single small file takes Python as long as to copy it.
"""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from time import monotonic, perf_counter, process_time

from apps.transfer.models import File

Do = Callable[[File], None]
Stack = list[File]
Errors = list[BaseException | None]
"""One for each line of a stack, None where all went well."""
Done = Callable[[Stack, Errors, float], None]


class Hands:
    """So many of this process. ``done`` is called once for each stack, in any thread, with how many seconds it took."""

    def __init__(self, do: Do, number: int, done: Done) -> None:
        self._do, self._done = do, done
        self._pool = ThreadPoolExecutor(number, thread_name_prefix="transfer")
        self._waiting: deque[Stack] = deque()
        self._gate = _Gate(number)

    def take(self, stack: Stack) -> None:
        self._waiting.append(stack)
        if self._gate.enter():
            self._pool.submit(self._work)

    def look(self, *, is_quick: bool = False) -> None:
        """To be called now and then: whether another hand is wanted. ``is_quick``: for small files."""
        if self._gate.wants_another(is_quick=is_quick):
            self._pool.submit(self._work)

    def close(self) -> None:
        self._pool.shutdown()

    def _work(self) -> None:
        """Stack by stack, until none waits or a hand less is wanted."""
        while (stack := self._next()) is not None:
            began = perf_counter()
            errors = [_outcome(self._do, line) for line in stack]
            self._done(stack, errors, perf_counter() - began)
            self.look(is_quick=len(stack) > 1)

    def _next(self) -> Stack | None:
        with self._gate.lock:
            if self._waiting and not self._gate.is_crowded:
                return self._waiting.popleft()
            self._gate.inside -= 1
            return None


class _Gate:
    """How many threads work at once: fewer while they have the processor for themselves, because of the threads of a
    process only one runs Python. Where files are small and nothing has to be waited for, two take longer than one."""

    EVERY_S = 0.025
    BUSY, IDLE = 0.9, 0.7

    def __init__(self, most: int) -> None:
        self.lock = threading.Lock()
        self.inside = 0
        self._most = self._wanted = most
        self._looked_at, self._spent = monotonic(), process_time()

    @property
    def is_crowded(self) -> bool:
        return self.inside > self._wanted

    def enter(self) -> bool:
        """Whether another one may begin now."""
        with self.lock:
            may_enter = self.inside < self._wanted
            self.inside += may_enter
            return may_enter

    def wants_another(self, *, is_quick: bool) -> bool:
        """Whether another one is to begin, as was found out just now. Only what is ``is_quick`` works in Python most
        of its time."""
        with self.lock:
            now = monotonic()
            if now - self._looked_at < self.EVERY_S:
                return False
            spent = process_time()
            load = (spent - self._spent) / (now - self._looked_at)
            self._looked_at, self._spent = now, spent
            if load < self.IDLE:
                self._wanted = min(self._most, 2 * self._wanted)
            elif is_quick and load > self.BUSY:
                self._wanted = max(1, self._wanted - 1)
        return self.enter()


def _outcome(do: Do, line: File) -> BaseException | None:
    """What went wrong with it."""
    try:
        do(line)
    except BaseException as error:
        return error
    return None
