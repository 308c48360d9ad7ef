"""Many lines of the ledger at once, by several hands; what became of them is written down by one."""

from __future__ import annotations

import logging
from collections import deque
from collections.abc import Iterable
from contextlib import suppress
from queue import Empty, SimpleQueue

from apps.storage.errors import QuotaExceeded
from apps.transfer.models import File
from apps.transfer.mover.copying import is_small
from apps.transfer.mover.crew import Crew, Landing, Threads
from apps.transfer.mover.faults import Fault, pause_after
from apps.transfer.mover.hands import Do, Stack
from apps.transfer.mover.helpers import Helpers, helpers_for
from apps.transfer.mover.job import TICK_S, Fatal, Interrupted, Job, Why
from apps.transfer.mover.turns import TAKEN_OVER
from apps.transfer.mover.work import Stopped

log = logging.getLogger(__name__)
AHEAD = 500
"""Lines that are looked up at once: a question to the ledger takes as long as some files."""
STACK_BYTES = 1 << 20
MANY = 200
"""Small files among those looked up at once: then helpers are called."""
GIVES_UP_AFTER = 16
"""So many faults of a storage, and no success between them: then its other files have them, too."""
TOLD_FAULTS = 100
State = File.State


class Crowd:
    """Does one kind of work on all lines that wait for it."""

    def __init__(self, job: Job, actions: Iterable[str], do: Do, *, threads: int) -> None:
        self.job, self.actions, self.do = job, list(actions), do
        self._landed: SimpleQueue[Landing] = SimpleQueue()
        self._hands = threads
        self._threads = Threads(self._do, threads, self._landed)
        self._helpers: Helpers | None = None
        self._ahead: deque[File] = deque()
        self._last, self._is_more, self._are_many = 0, True, False
        self._setbacks = 0
        self._trouble: Fault | None = None
        self._told = 0
        self._leaves: Interrupted | None = None
        self._fatal: Fatal | None = None

    def work(self) -> None:
        """
        Raises:
            Interrupted: not all is done; what is under way was brought to an end, or broken off.
            Fatal: the task is to end. Fault: a storage does nothing right any more.
            TurnLost: another has the task.
        """
        try:
            self._feed()
        except BaseException as error:
            self._break_off()
            if isinstance(error, Interrupted | Fatal | Fault):
                self.job.flush()
            raise
        finally:
            for crew in self._crews:
                crew.close()

    @property
    def _crews(self) -> list[Crew]:
        return [self._threads, self._helpers] if self._helpers else [self._threads]

    @property
    def _under_way(self) -> int:
        return sum(crew.under_way for crew in self._crews)

    def _feed(self) -> None:
        while self._hand_out() or self._under_way:
            self._land()
        self.job.flush()
        if self._leaves is not None:
            raise self._leaves
        if self.job.ledger.is_open(self.actions):
            raise Interrupted(Why.NOT_YET, self.job.ledger.next_due(self.actions))

    def _hand_out(self) -> bool:
        """Give everybody enough to do; whether anything was handed out."""
        before = self._under_way
        while self._leaves is None and (line := self._peek()):
            crew = self._crew_for(line)
            if crew.is_full:
                break
            crew.take(self._stack(crew))
        return self._under_way > before

    def _crew_for(self, line: File) -> Crew:
        if not self._are_many or not is_small(line):
            return self._threads
        if self._helpers is None:
            self._helpers = helpers_for(self.job, self._hands, self._landed)
        return self._helpers if self._helpers and self._helpers.are_there else self._threads

    def _stack(self, crew: Crew) -> Stack:
        """The next lines, as far as they are for the same hands."""
        stack = [self._ahead.popleft()]
        size = stack[0].size
        while len(stack) < crew.lines and size < STACK_BYTES and (line := self._peek()):
            if is_small(line) != is_small(stack[0]):
                break
            size += line.size
            stack.append(self._ahead.popleft())
        return stack

    def _peek(self) -> File | None:
        """The next line; some are looked up at once."""
        if not self._ahead and self._is_more:
            lines = self.job.ledger.waiting(self.actions, after=self._last, most=AHEAD, now=self.job.clock())
            self._ahead.extend(lines)
            self._is_more, self._last = bool(lines), lines[-1].pk if lines else self._last
            self._are_many |= sum(map(is_small, lines)) >= MANY
        return self._ahead[0] if self._ahead else None

    def _do(self, line: File) -> None:
        self.job.go_on()
        self.do(line)

    def _land(self) -> None:
        done = sum(map(self._settle_all, self._all_landed()))
        if self._fatal is not None:
            raise self._fatal
        if self._setbacks >= GIVES_UP_AFTER and self._trouble is not None:
            raise self._trouble
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
            for crew in self._crews:
                crew.look()
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
        """How many lines it settled."""
        if landing.errors is None:
            self._take_up_again(landing.stack)
            return 0
        for line, error in zip(landing.stack, landing.errors, strict=True):
            self._settle(line, error)
        return len(landing.stack)

    def _take_up_again(self, stack: Stack) -> None:
        """Whoever had it is dead. What they left is swept away at the end, as after a mover that died."""
        self._ahead.extendleft(reversed(stack))
        told = "A process that sent files of the task ended. What it had is sent again."
        self.job.ledger.tell(self.job.clock(), TAKEN_OVER, told)

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
        if fault.is_of_storage:
            self._setbacks, self._trouble = self._setbacks + 1, fault
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
        for crew in self._crews:
            crew.stop()
        while self._under_way:
            self._settle_all(self._landing())


def _told(error: BaseException) -> Exception:
    """A defect of ours is told as one, and kept in the log."""
    log.error("a transfer met an error that nobody foresaw", exc_info=error)
    return error if isinstance(error, Exception) else RuntimeError(str(error))
