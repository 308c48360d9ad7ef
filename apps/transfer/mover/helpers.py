"""Processes beside this one that send its small files, since the threads of one process use one processor.

They are started for the first task of many small files, serve all tasks of this process from then on, and end with it.
They know no ledger and no lease: what they are done with is written down here. One that dies is as good as one that
never began: its files are sent again, and what it left is swept away.
"""

from __future__ import annotations

import logging
import os
import subprocess
import sys
import threading
from itertools import count
from multiprocessing.connection import Connection, Pipe
from queue import SimpleQueue
from typing import Any
from uuid import uuid4

from django.conf import settings

from apps.storage.services import OpenCollection
from apps.transfer.mover.crew import Crew, Landing
from apps.transfer.mover.hands import Stack
from apps.transfer.mover.parcels import packed, write_into
from apps.transfer.mover.work import Work

log = logging.getLogger(__name__)
START = "import sys, django; django.setup(); from apps.transfer.mover.helper import main; main(*map(int, sys.argv[1:]))"
COMMAND = [sys.executable, "-c", START]
MOST = 4
"""So many are started at most if nobody says how many."""


class Helper:
    """One of them. The thread that starts it hears it, too, as long as it lives: Linux kills it with that thread."""

    def __init__(self) -> None:
        self.is_ready = self.is_dead = False
        self.pid = 0
        self._connection, theirs = Pipe()
        self._lock, self._numbers = threading.Lock(), count()
        self._under_way: dict[int, tuple[Helpers, Stack]] = {}
        threading.Thread(target=self._hear, args=(theirs,), name="helper", daemon=True).start()

    def take(self, crew: Helpers, stack: Stack) -> bool:
        """Whether it lives, and so the stack will land."""
        with self._lock:
            if self.is_dead:
                return False
            number = next(self._numbers)
            self._under_way[number] = (crew, stack)
        self.say("do", crew.key, number, rights_of(crew.work), packed(stack))
        return True

    def say(self, *told: Any) -> None:
        """One that is dead hears nothing; what it had lands when its thread finds out."""
        try:
            with self._lock:
                self._connection.send(told)
        except OSError:
            log.debug("a helper ended before it was told to %s", told[0])

    def _hear(self, theirs: Connection) -> None:
        try:
            with _started(theirs) as process, self._connection:
                self.pid = process.pid
                while True:
                    self._land(*self._connection.recv())
        except (EOFError, OSError) as error:
            log.warning("a helper of the mover ended, or could not be started: %r", error)
        finally:
            self._bury()

    def _land(self, number: int | None, *told: Any) -> None:
        if number is None:
            self.is_ready = True
            return
        seconds, sent, checked, parcel = told
        crew, stack = self._under_way.pop(number)
        crew.work.tally.add(sent=sent, checked=checked)
        crew.landed.put(Landing(crew, stack, write_into(stack, parcel), seconds))

    def _bury(self) -> None:
        with self._lock:
            self.is_dead = True
        while self._under_way:
            _, (crew, stack) = self._under_way.popitem()
            crew.landed.put(Landing(crew, stack, None, 0.0))


def _started(connection: Connection) -> subprocess.Popen[bytes]:
    command = [*COMMAND, str(connection.fileno()), str(os.getpid())]
    with connection:
        return subprocess.Popen(command, pass_fds=[connection.fileno()], cwd=settings.BASE_DIR)


class Helpers(Crew):
    """Those who help with one task, so many hands together."""

    def __init__(self, work: Work, hands: int, landed: SimpleQueue[Landing], members: list[Helper]) -> None:
        super().__init__(hands, landed)
        self.key, self.work, self._members = uuid4().hex, work, members
        self._turns = count()
        ends = [end.collection if end else None for end in ends_of(work)]
        for member in members:
            member.say("open", self.key, ends, rights_of(work), work.options, -(-hands // len(members)))

    @property
    def are_there(self) -> bool:
        return any(not member.is_dead for member in self._members)

    def _hand_over(self, stack: Stack) -> None:
        """To each in turn: stacks take about as long as one another."""
        for _ in self._members:
            if self._members[next(self._turns) % len(self._members)].take(self, stack):
                return
        self.landed.put(Landing(self, stack, None, 0.0))

    def look(self) -> None:
        """They look themselves."""

    def stop(self) -> None:
        self._tell("stop")

    def close(self) -> None:
        self._tell("close")

    def _tell(self, what: str) -> None:
        for member in self._members:
            member.say(what, self.key)


def ends_of(work: Work) -> tuple[OpenCollection | None, OpenCollection]:
    return work.source, work.destination


def rights_of(work: Work) -> list[Any]:
    """They go with each stack: what was taken away from the owner is not used elsewhere either."""
    return [end.rights if end else None for end in ends_of(work)]


class _Staff:
    """The helpers of this process."""

    def __init__(self) -> None:
        self._all: list[Helper] = []
        self._lock = threading.Lock()
        self._is_hopeless = False

    def ready(self) -> list[Helper]:
        """All, once all are ready. Those who are missing are started, but for where none ever came to work."""
        with self._lock:
            self._is_hopeless |= any(one.is_dead and not one.is_ready for one in self._all)
            self._all = [one for one in self._all if not one.is_dead]
            while len(self._all) < wanted() and not self._is_hopeless:
                self._all.append(Helper())
            return list(self._all) if all(one.is_ready for one in self._all) else []


def wanted() -> int:
    """One alone would do no more than this process does itself."""
    processors = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    told = settings.TRANSFER_PROCESSES or min(processors, MOST)
    return int(told) if told > 1 else 0


_staff = _Staff()


def helpers_for(work: Work, hands: int, landed: SimpleQueue[Landing]) -> Helpers | None:
    """Whoever is ready to help; None if nobody is (yet)."""
    members = _staff.ready()
    return Helpers(work, hands, landed, members) if members else None
