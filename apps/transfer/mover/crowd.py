"""Many lines of the ledger at once, by several hands; what became of them is written down by one."""

from __future__ import annotations

import logging
from collections import deque
from collections.abc import Iterable
from contextlib import suppress
from queue import Empty, SimpleQueue

from apps.storage.errors import QuotaExceeded
from apps.transfer.models import File
from apps.transfer.mover.crew import Do, Landing, Stack, Threads
from apps.transfer.mover.faults import Fault, pause_after
from apps.transfer.mover.job import TICK_S, Fatal, Interrupted, Job, Stopped, Why

log = logging.getLogger(__name__)
AHEAD = 500
"""Lines that are looked up at once: a question to the ledger takes as long as some files."""
STACK_BYTES = 1 << 20
GIVES_UP_AFTER = 16
"""So many faults of a storage, and no success between them: then its other files have them, too."""
TOLD_FAULTS = 100
State = File.State


class Crowd:
    """Does one kind of work on all lines that wait for it."""

    def __init__(self, job: Job, actions: Iterable[str], do: Do, *, threads: int) -> None:
        self.job, self.actions, self.do = job, list(actions), do
        self._landed: SimpleQueue[Landing] = SimpleQueue()
        self._threads = Threads(self._do, threads, self._landed)
        self._ahead: deque[File] = deque()
        self._last, self._is_more = 0, True
        self._setbacks = 0
        self._told = 0
        self._leaves: Interrupted | None = None
        self._fatal: Fatal | None = None

    def work(self) -> None:
        """
        Raises:
            Interrupted: not all is done; what is under way was brought to an end, or broken off.
            Fatal: the task is to end.
            TurnLost: another has the task.
        """
        try:
            self._feed()
        except (Interrupted, Fatal):
            self._break_off()
            raise
        except BaseException:
            self.job.stop.set()
            raise
        finally:
            self._threads.close()

    def _feed(self) -> None:
        while self._hand_out() or self._under_way:
            self._land()
        self.job.flush()
        if self._leaves is not None:
            raise self._leaves
        if self.job.ledger.is_open(self.actions):
            raise Interrupted(Why.NOT_YET, self.job.ledger.next_due(self.actions))

    @property
    def _under_way(self) -> int:
        return self._threads.under_way

    def _hand_out(self) -> bool:
        """Give everybody enough to do; whether anything was handed out."""
        before = self._under_way
        while self._leaves is None and not self._threads.is_full and (stack := self._stack()):
            self._threads.take(stack)
        return self._under_way > before

    def _stack(self) -> Stack:
        """The next lines, or none if no more wait."""
        stack: Stack = []
        size = 0
        while len(stack) < self._threads.lines and size < STACK_BYTES and (line := self._next()):
            stack.append(line)
            size += line.size
        return stack

    def _next(self) -> File | None:
        if not self._ahead and self._is_more:
            self._ahead.extend(
                self.job.ledger.waiting(self.actions, after=self._last, most=AHEAD, now=self.job.clock())
            )
            self._is_more = bool(self._ahead)
            self._last = self._ahead[-1].pk if self._ahead else self._last
        return self._ahead.popleft() if self._ahead else None

    def _do(self, line: File) -> None:
        self.job.go_on()
        self.do(line)

    def _land(self) -> None:
        done = sum(map(self._settle_all, self._all_landed()))
        if self._fatal is not None:
            raise self._fatal
        if self._setbacks >= GIVES_UP_AFTER:
            raise Interrupted(Why.NOT_YET, self.job.later(pause_after(self.job.task.setbacks + 4)))
        try:
            self.job.tick(files=done)
        except Interrupted as interruption:
            if interruption.why is not Why.OTHERS_WAIT:
                raise
            self._leaves = interruption  # large files under way are not broken off for others

    def _all_landed(self) -> list[Landing]:
        """Those that came to their end; waits for one, but not for long."""
        try:
            landed = [self._landing(timeout=TICK_S)]
        except Empty:
            self._threads.look()
            return []
        with suppress(Empty):
            while True:
                landed.append(self._landing(timeout=0))
        return landed

    def _landing(self, timeout: float | None = None) -> Landing:
        landing = self._landed.get(timeout=timeout)
        landing.crew.give_back(landing)
        return landing

    def _settle_all(self, landing: Landing) -> int:
        """How many lines they were."""
        for line, error in zip(landing.stack, landing.errors, strict=True):
            self._settle(line, error)
        return len(landing.stack)

    def _settle(self, line: File, error: BaseException | None) -> None:
        job = self.job
        if isinstance(error, Stopped):
            return
        if error is None:
            self._setbacks = 0
            job.succeeded()
            line.ended_at, line.error_code, line.due_at = job.clock(), "", None
        else:
            fault = error if isinstance(error, Fault) else Fault(_told(error), of_source=False)
            self._fail(line, fault)
        job.ledger.settle(line)

    def _fail(self, line: File, fault: Fault) -> None:
        job = self.job
        line.attempts += 1
        line.error_code, line.error_details = fault.code, fault.message
        self._setbacks += fault.is_of_storage
        if fault.is_final(line.attempts):
            is_skipped = job.options.skip_source_errors and fault.may_be_skipped
            line.state, line.ended_at = State.SKIPPED if is_skipped else State.FAILED, job.clock()
        else:
            line.due_at = job.later(pause_after(line.attempts))
        job.fault(fault)
        if self._told < TOLD_FAULTS:
            self._told += 1
            path = line.source_key if fault.of_source else line.destination_key
            job.ledger.tell(job.clock(), fault.code, fault.message, f"{path}\n{fault.message}", is_error=True)
        if isinstance(fault.error, QuotaExceeded) and job.options.fail_on_quota_errors:
            self._fatal = Fatal(fault)

    def _break_off(self) -> None:
        """Wait for what is at its next file or piece, and keep what was done."""
        self.job.stop.set()
        while self._under_way:
            self._settle_all(self._landing())
        self.job.flush()


def _told(error: BaseException) -> Exception:
    """A defect of ours is told as one, and kept in the log."""
    log.error("a transfer met an error that nobody foresaw", exc_info=error)
    return error if isinstance(error, Exception) else RuntimeError(str(error))
