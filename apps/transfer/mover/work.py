"""What those who move the files of a task need of it: its two ends, how it is to be done, and when to stop."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field

from apps.storage.services import OpenCollection
from apps.transfer.types import Options


class Gone(Exception):
    """A collection of the task is not there any more."""


class Stopped(Exception):
    """A hand broke off, because its task is interrupted."""


class Tally:
    """What threads count together, since it was last taken."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._sent = self._checked = 0

    def add(self, *, sent: int = 0, checked: int = 0) -> None:
        with self._lock:
            self._sent += sent
            self._checked += checked

    def take(self) -> tuple[int, int]:
        with self._lock:
            told = (self._sent, self._checked)
            self._sent = self._checked = 0
        return told


@dataclass(kw_only=True)
class Work:
    """``stop`` is set when hands are to break off at the next file or piece. Nothing here knows the ledger."""

    destination: OpenCollection
    source: OpenCollection | None
    options: Options
    stop: threading.Event = field(default_factory=threading.Event)
    tally: Tally = field(default_factory=Tally)

    @property
    def origin(self) -> OpenCollection:
        """The source of a transfer."""
        if self.source is None:
            raise Gone("A delete has no source.")
        return self.source

    def go_on(self) -> None:
        """
        Raises:
            Stopped: the task is interrupted.
        """
        if self.stop.is_set():
            raise Stopped
