"""What a backend makes once in each process: a client, with its connections."""

from __future__ import annotations

import os
from collections.abc import Callable
from threading import Lock
from typing import Generic, TypeVar

T = TypeVar("T")


class PerProcess(Generic[T]):
    """Made when it is first asked for, by one thread for all of them, and anew in a process that was forked from this
    one: both would write into the same connections."""

    def __init__(self, make: Callable[[], T]) -> None:
        self._make = make
        self._kept: tuple[int, T] | None = None
        self._lock = Lock()

    def get(self) -> T:
        made = self.made
        if made is not None:
            return made
        with self._lock:
            made = self.made
            if made is None:
                made = self._make()
                self._kept = os.getpid(), made
            return made

    @property
    def made(self) -> T | None:
        """None if it was not made in this process."""
        kept = self._kept
        return kept[1] if kept is not None and kept[0] == os.getpid() else None
