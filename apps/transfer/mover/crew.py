"""Who works on lines of the ledger: some threads of this process. Lines are handed out in stacks.

A stack is what one of them does in a row, some milliseconds' worth: to hand over a single small file takes Python as
long as to copy it.
"""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from queue import SimpleQueue
from time import monotonic, perf_counter, process_time

from apps.transfer.models import File

Do = Callable[[File], None]
Stack = list[File]
AIM_S = 0.02
MOST_LINES = 16
PREPARED = 4
"""How many stacks wait for each hand."""


@dataclass(frozen=True, slots=True)
class Landing:
    """A stack that somebody is done with. ``errors`` has one for each line, None where all went well."""

    crew: Threads
    stack: Stack
    errors: list[BaseException | None]
    seconds: float


class Threads:
    """So many hands of this process. What they are done with lands in a queue, each stack once, whatever happened.

    ``under_way`` counts stacks that were taken and not given back; ``lines`` is how many make the next stack.
    """

    def __init__(self, do: Do, hands: int, landed: SimpleQueue[Landing]) -> None:
        self._do, self._hands, self.landed = do, hands, landed
        self.under_way = 0
        self.lines = 1
        self._pool = ThreadPoolExecutor(hands, thread_name_prefix="transfer")
        self._waiting: deque[Stack] = deque()
        self._gate = _Gate(hands)

    @property
    def is_full(self) -> bool:
        return self.under_way >= self._hands * PREPARED

    def take(self, stack: Stack) -> None:
        self.under_way += 1
        self._waiting.append(stack)
        if self._gate.enter():
            self._pool.submit(self._work)

    def give_back(self, landing: Landing) -> None:
        """It was taken out of the queue. The next stacks have as many ``lines`` as take about ``AIM_S``."""
        self.under_way -= 1
        wanted = int(AIM_S * len(landing.stack) / max(landing.seconds, 1e-6))
        self.lines = max(1, min(wanted, 2 * self.lines, MOST_LINES))

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
            self.landed.put(Landing(self, stack, errors, perf_counter() - began))
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
