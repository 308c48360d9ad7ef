"""What was found out of one state of a store, kept as long as the state is the newest."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Any, TypeVar

T = TypeVar("T")

MOST = 128


class Kept:
    """The so many things that were asked for last. Threads share it; two may find out the same at once."""

    def __init__(self) -> None:
        self._found: OrderedDict[Hashable, Any] = OrderedDict()  # Any: of each key the type that its maker gives
        self._lock = Lock()

    def get(self, key: Hashable, make: Callable[[], T]) -> T:
        """What ``make`` gave for this key, which names all that it depends on beside the state."""
        with self._lock:
            if key in self._found:
                self._found.move_to_end(key)
                return self._found[key]  # type: ignore[no-any-return]  # see above
        made = make()
        with self._lock:
            self._found[key] = made
            if len(self._found) > MOST:
                self._found.popitem(last=False)
        return made
