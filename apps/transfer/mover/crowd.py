"""Many lines of the ledger at once, each by a thread; what became of them is written down by one."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from queue import Empty, SimpleQueue

from apps.storage.errors import QuotaExceeded
from apps.transfer.models import File
from apps.transfer.mover.faults import Fault, pause_after
from apps.transfer.mover.job import TICK_S, Fatal, Interrupted, Job, Stopped, Why

log = logging.getLogger(__name__)
Do = Callable[[File], None]
PREPARED = 8
"""How many lines wait for each thread."""
GIVES_UP_AFTER = 16
"""So many faults of a storage, and no success between them: then its other files have them, too."""
TOLD_FAULTS = 100
State = File.State


class Crowd:
    """Does one kind of work on all lines that wait for it."""

    def __init__(self, job: Job, actions: Iterable[str], do: Do, *, threads: int) -> None:
        self.job, self.actions, self.do = job, list(actions), do
        self.threads = threads
        self._flying: dict[Future[None], File] = {}
        self._landed: SimpleQueue[Future[None]] = SimpleQueue()
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
        with ThreadPoolExecutor(self.threads, thread_name_prefix="transfer") as pool:
            try:
                self._feed(pool)
            except (Interrupted, Fatal):
                self._break_off()
                raise
            except BaseException:
                self.job.stop.set()
                raise

    def _feed(self, pool: ThreadPoolExecutor) -> None:
        last, is_more = 0, True
        while (is_more and self._leaves is None) or self._flying:
            if is_more and self._leaves is None and len(self._flying) < self.threads * PREPARED // 2:
                most = self.threads * PREPARED - len(self._flying)
                lines = self.job.ledger.waiting(self.actions, after=last, most=most, now=self.job.clock())
                for line in lines:
                    flight = pool.submit(self._do, line)
                    self._flying[flight] = line
                    flight.add_done_callback(self._landed.put)
                last, is_more = (lines[-1].pk, True) if lines else (last, False)
            self._land()
        self.job.flush()
        if self._leaves is not None:
            raise self._leaves
        if self.job.ledger.is_open(self.actions):
            raise Interrupted(Why.NOT_YET, self.job.ledger.next_due(self.actions))

    def _do(self, line: File) -> None:
        self.job.go_on()
        self.do(line)

    def _land(self) -> None:
        done = self._all_landed()
        for flight in done:
            self._settle(self._flying.pop(flight), flight.exception())
        if self._fatal is not None:
            raise self._fatal
        if self._setbacks >= GIVES_UP_AFTER:
            raise Interrupted(Why.NOT_YET, self.job.later(pause_after(self.job.task.setbacks + 4)))
        try:
            self.job.tick(files=len(done))
        except Interrupted as interruption:
            if interruption.why is not Why.OTHERS_WAIT:
                raise
            self._leaves = interruption  # large files under way are not broken off for others

    def _all_landed(self) -> list[Future[None]]:
        """Those that came to their end; waits for one, but not for long."""
        landed = []
        with suppress(Empty):
            landed.append(self._landed.get(timeout=TICK_S))
            while True:
                landed.append(self._landed.get_nowait())
        return landed

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
        """Wait for what is at its next piece, and keep what was done."""
        self.job.stop.set()
        for flight in self._flying:
            flight.cancel()
        for flight, line in self._flying.items():
            if not flight.cancelled():
                self._settle(line, flight.exception())
        self.job.flush()


def _told(error: BaseException) -> Exception:
    """A defect of ours is told as one, and kept in the log."""
    log.error("a transfer met an error that nobody foresaw", exc_info=error)
    return error if isinstance(error, Exception) else RuntimeError(str(error))
