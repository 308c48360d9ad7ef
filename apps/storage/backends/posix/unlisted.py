"""Folders that are watched and were not listed yet, and the files that are found in them, some at a time."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator
from itertools import islice

from apps.storage.backends.posix.watched_tree import WatchedFolder

Found = tuple[tuple[str, ...], str]
"""The names that lead to a folder, and the name of a file in it."""
_MOST = 10_000


class Unlisted:
    """``list_folder`` tells the files of one folder, and may add those in it. Between two answers it may keep one open,
    so that a folder of millions is told bit by bit."""

    def __init__(self, list_folder: Callable[[WatchedFolder], Iterator[Found]]) -> None:
        self._list_folder = list_folder
        self._folders: list[WatchedFolder] = []
        self._files = self._all()
        self.is_empty = True

    def add(self, folder: WatchedFolder) -> None:
        self._folders.append(folder)
        self.is_empty = False

    def some(self) -> list[Found]:
        found = list(islice(self._files, _MOST))
        self.is_empty = len(found) < _MOST
        if self.is_empty:
            self._files = self._all()  # what has ended does not begin again
        return found

    def skip(self) -> None:
        """List all folders, for those that are in them, and tell nothing."""
        for _ in self._all():
            pass
        self.is_empty = True

    def close(self) -> None:
        self._files.close()

    def _all(self) -> Generator[Found]:
        while self._folders:
            yield from self._list_folder(self._folders.pop())
