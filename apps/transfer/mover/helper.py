"""A process that sends small files for a mover, which it hears over an open descriptor. It ends when that is closed, as
it is however the mover ends."""

from __future__ import annotations

import ctypes
import gc
import logging
import os
import signal
import sys
import threading
from multiprocessing.connection import Connection
from typing import Any

from apps.storage import services as storage
from apps.transfer.models import File
from apps.transfer.mover.copying import transfer
from apps.transfer.mover.hands import Errors, Hands, Stack
from apps.transfer.mover.parcels import Parcel, answer, unpacked
from apps.transfer.mover.work import Work

log = logging.getLogger(__name__)
LOOKS_EVERY_S = 0.5
DIE_WITH_PARENT = 1  # PR_SET_PDEATHSIG


class Desk:
    """What is done for one task."""

    def __init__(self, say: Any, ends: list[Any], rights: list[Any], options: Any, hands: int) -> None:
        source, destination = (
            storage.open_with(end, right) if end else None for end, right in zip(ends, rights, strict=True)
        )
        self.work = Work(source=source, destination=destination, options=options)  # type: ignore[arg-type]  # every task has one
        self._say = say
        self._numbers: dict[int, int] = {}
        self.hands = Hands(self._do, hands, self._done)

    def take(self, number: int, rights: list[Any], parcel: Parcel) -> None:
        for end, right in zip((self.work.source, self.work.destination), rights, strict=True):
            if end:
                end.rights = right
        stack = unpacked(parcel)
        self._numbers[id(stack)] = number
        self.hands.take(stack)

    def _do(self, line: File) -> None:
        self.work.go_on()
        transfer(self.work, line, send=_unable)

    def _done(self, stack: Stack, errors: Errors, seconds: float) -> None:
        self._say(self._numbers.pop(id(stack)), seconds, *self.work.tally.take(), answer(stack, errors))

    def close(self) -> None:
        self.hands.close()
        for end in (self.work.source, self.work.destination):
            if end:
                end.storage.close()


def _unable(line: File) -> None:
    raise RuntimeError(f"{line} is large, and helpers send small files alone.")


def serve(connection: Connection) -> None:
    """Until the mover has ended, or closes the connection."""
    lock, desks = threading.Lock(), dict[str, Desk]()

    def say(*told: Any) -> None:
        with lock:
            connection.send(told)

    say(None)
    while True:
        while desks and not connection.poll(LOOKS_EVERY_S):
            for desk in desks.values():
                desk.hands.look()
        what, key, *told = connection.recv()
        match what:
            case "open":
                desks[key] = Desk(say, *told)
            case "do":
                desks[key].take(*told)
            case "stop":
                desks[key].work.stop.set()
            case "close":
                desks.pop(key).close()


def main(descriptor: int, parent: int) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the mover
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(DIE_WITH_PARENT, signal.SIGKILL)
    if os.getppid() != parent:
        return
    gc.freeze()
    try:
        serve(Connection(descriptor))
    except (EOFError, OSError):
        log.debug("the mover ended")
    except BaseException:
        log.exception("a helper of the mover fails")
    os._exit(0)  # at once: threads of it may not write any more
