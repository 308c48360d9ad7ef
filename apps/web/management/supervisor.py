"""Keeps a few child processes running: restarts one that dies, and stops all of them together.

A supervisor of our own, because the whole portal starts with one command on a machine that has nothing but Python.
Each child leads a session of its own: Ctrl-C reaches the supervisor alone, which then stops the children in order, and
whatever a dead child left behind can be found and ended.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from queue import Empty, SimpleQueue

TIED = Path(__file__).with_name("tied.py")
GRACE_S = 5.0
STEADY_S = 10.0
PAUSES_S = (0.1, 0.5, 1, 2, 5, 10, 30)


@dataclass(eq=False)
class Child:
    """A command to keep running. ``shares`` are file descriptors that it inherits.

    ``stops_by`` is the signal that asks it to end, ``farewell`` what it is sent when the supervisor is killed outright.
    One that ``may_end`` is not started again when it has ended well.
    """

    name: str
    command: list[str]
    shares: tuple[int, ...] = ()
    stops_by: int = signal.SIGTERM
    farewell: int = signal.SIGTERM
    may_end: bool = False
    process: subprocess.Popen[str] | None = field(default=None, init=False)
    started_at: float = field(default=0.0, init=False)
    quick_deaths: int = field(default=0, init=False)

    def pause_s(self) -> float:
        """How long to wait before it is started again: hardly at all, longer if it keeps dying young."""
        lived_s = time.monotonic() - self.started_at
        self.quick_deaths = 0 if lived_s > STEADY_S else min(self.quick_deaths + 1, len(PAUSES_S) - 1)
        return PAUSES_S[max(self.quick_deaths - 1, 0)]


class Supervisor:
    """Runs the children until SIGTERM, SIGINT or SIGHUP; a second signal ends them at once."""

    def __init__(self, children: list[Child], *, say: Callable[[str], None]) -> None:
        self.children = children
        self.say = say
        # What happened, in order: a child died, or is to be started; None is the wish to stop. A SimpleQueue may be
        # written to by a signal handler, and is read by the main thread alone: a child is tied to the thread that
        # started it.
        self._events: SimpleQueue[tuple[Callable[[Child], None], Child] | None] = SimpleQueue()
        self._orphaned: set[int] = set()

    def run(self) -> None:
        for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
            signal.signal(number, lambda *_: self._events.put(None))
        try:
            for child in self.children:
                self._start(child)
            while event := self._events.get():
                act, child = event
                act(child)
        finally:
            self._stop()

    def _start(self, child: Child) -> None:
        child.started_at = time.monotonic()
        child.process = subprocess.Popen(
            [sys.executable, str(TIED), str(os.getpid()), str(int(child.farewell)), *child.command],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
            pass_fds=child.shares,
            start_new_session=True,
        )
        threading.Thread(target=self._copy, args=(child, child.process), daemon=True).start()
        threading.Thread(target=self._watch, args=(child, child.process), daemon=True).start()

    def _copy(self, child: Child, process: subprocess.Popen[str]) -> None:
        for line in process.stdout or ():
            self.say(f"{child.name:<7} | {line.rstrip()}")

    def _watch(self, child: Child, process: subprocess.Popen[str]) -> None:
        process.wait()
        self._events.put((self._restart, child))

    def _restart(self, child: Child) -> None:
        assert child.process
        self._relieve(child.process.pid)
        code = child.process.returncode
        if child.may_end and code == 0:
            return
        pause_s = child.pause_s()
        how = signal.Signals(-code).name if code < 0 else f"exit code {code}"
        self.say(f"{child.name:<7} | ended ({how}); starts again in {pause_s:g} s")
        _later(pause_s, self._events.put, (self._start, child))

    def _relieve(self, group: int) -> None:
        """A master that was killed leaves its workers behind: they may finish what they are at, and no more."""
        self._orphaned.add(group)
        _signal(group, signal.SIGTERM)
        _later(GRACE_S, self._bury, group)

    def _bury(self, group: int) -> None:
        self._orphaned.discard(group)
        _signal(group, signal.SIGKILL)

    def _stop(self) -> None:
        """Ask all to end, wait a little, end what is left. Every step of the work survives being cut off."""
        running = [child for child in self.children if child.process and child.process.poll() is None]
        for child in running:
            child.process.send_signal(child.stops_by)  # type: ignore[union-attr]  # it has one: see above
        began = time.monotonic()
        while any(child.process.poll() is None for child in running) and time.monotonic() < began + GRACE_S:  # type: ignore[union-attr]  # too
            try:
                is_repeated = self._events.get(timeout=0.1) is None
            except Empty:
                continue
            if is_repeated and time.monotonic() > began + 1:  # make passes on a signal that was sent to all.
                break
        for group in {*self._orphaned, *(child.process.pid for child in self.children if child.process)}:
            _signal(group, signal.SIGKILL)


def _signal(group: int, number: int) -> None:
    """Send a signal to all processes of a session that a child leads, or led."""
    try:
        os.killpg(group, number)
    except ProcessLookupError:
        pass


def _later(pause_s: float, act: Callable[..., None], argument: object) -> None:
    timer = threading.Timer(pause_s, act, [argument])
    timer.daemon = True
    timer.start()
