"""How many bytes of large files a process holds in memory, all its tasks together."""

from __future__ import annotations

import threading
from collections.abc import Callable


class Room:
    """Taken before bytes are read, by the thread that hands them on, and given back by whoever wrote them.

    Who waits here holds nothing of it that others need to go on: pieces that have room are written without asking for
    more. What is larger than all of it goes alone.
    """

    LOOKS_EVERY_S = 0.5

    def __init__(self, most: int) -> None:
        self.most, self.taken = most, 0
        self._changed = threading.Condition()

    def take(self, size: int, go_on: Callable[[], None]) -> None:
        """Wait for room. ``go_on`` raises what ends the wait."""
        with self._changed:
            while self.taken and self.taken + size > self.most:
                self._changed.wait(self.LOOKS_EVERY_S)
                go_on()
            self.taken += size

    def give_back(self, size: int) -> None:
        with self._changed:
            self.taken -= size
            self._changed.notify_all()
