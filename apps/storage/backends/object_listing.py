"""A folder of an object store, in the order of its names.

Object stores have no folders: they list keys in the order of their bytes, and tell what has one more `/` as a common
prefix. So the folder `run` comes as `run/`, which is after `run-1` and `run.txt`, though its name is before both. Here
each name is held back until no folder with a lesser name can come any more.
"""

from __future__ import annotations

import heapq
import logging
import re
from collections.abc import Callable, Iterator
from dataclasses import replace

from apps.storage.errors import IllegalPath
from apps.storage.types import Entry, EntryKind, FilePath

log = logging.getLogger(__name__)

MOST_HELD = 2_000
"""Names held back before the store is asked whether the folder that they wait for exists: memory stays flat."""
_BEFORE_SLASH = re.compile("[\x00-.]")


class Listing:
    """Turns ``(name, entry)`` pairs, of which the names of folders end in ``/``, into entries in order.

    Names that no path can have are left out: they cannot be addressed, and are counted in the log. A file and a folder
    of one name are both told. ``has_folder`` asks the store for a folder by name.
    """

    def __init__(self, folder: FilePath, has_folder: Callable[[str], bool]) -> None:
        self.folder = folder
        self.has_folder = has_folder
        self.left_out = 0
        self._held: list[tuple[str, str, Entry]] = []
        self._answers: dict[str, bool] = {}

    def in_order(self, found: Iterator[tuple[str, Entry]]) -> Iterator[Entry]:
        for key, entry in found:
            self._hold(key, entry)
            while self._held and self._may_leave(self._held[0][0], key):
                yield heapq.heappop(self._held)[2]
        while self._held:
            yield heapq.heappop(self._held)[2]
        if self.left_out:
            log.warning("%s entries in %s have names that no path can have: left out.", self.left_out, self.folder)

    def _hold(self, key: str, entry: Entry) -> None:
        name = key.removesuffix("/")
        if key.endswith("/") and self._answers.get(name):
            return  # It was asked for, and told of, before.
        try:
            path = self.folder / name
        except IllegalPath:
            self.left_out += 1
            return
        heapq.heappush(self._held, (name, key, replace(entry, path=path)))

    def _may_leave(self, name: str, last_key: str) -> bool:
        for hit in _BEFORE_SLASH.finditer(name, 1):
            folder = name[: hit.start()]
            if f"{folder}/" <= last_key or folder in self._answers:
                continue
            if len(self._held) < MOST_HELD:
                return False
            self._answers[folder] = self.has_folder(folder)
            if self._answers[folder]:
                self._tell_early(folder)
                return False
        return True

    def _tell_early(self, folder: str) -> None:
        entry = Entry(self.folder / folder, EntryKind.FOLDER)
        heapq.heappush(self._held, (folder, f"{folder}/", entry))
