"""What the kernel tells of a folder, and of those below it (inotify).

It tells of one folder at a time, in the order in which things happened, and by names; when it is heard, the disk may be
elsewhere already. So what it says of a folder is a reason to look at the one that is there now. Nothing is kept but the
folders: a flat one of a million files costs no more than an empty one.
"""

from __future__ import annotations

import time
from contextlib import suppress

from inotify_simple import Event, flags

from apps.storage.backends.hidden import is_hidden
from apps.storage.backends.posix.failures import in_our_words
from apps.storage.backends.posix.watched_folders import GOES, Descend, WatchedFolders
from apps.storage.backends.posix.watched_tree import WatchedFolder
from apps.storage.errors import IllegalPath
from apps.storage.types import Changes, EntryKind, FilePath

_BURST_MS = 50


class PosixWatch:
    """
    Raises:
        CannotWatch: the kernel does not know of all that happens there, or watches no more folders.
    """

    def __init__(self, folder: FilePath, descend: Descend, *, is_recursive: bool) -> None:
        self._folder, self._descend, self._is_recursive = folder, descend, is_recursive
        self._folders = self._begun()

    def _begun(self) -> WatchedFolders:
        return WatchedFolders(self._folder, self._descend, is_recursive=self._is_recursive)

    def changes(self, *, wait_s: float) -> Changes:
        deadline = time.monotonic() + wait_s
        with in_our_words():
            self._folders.require_place()  # else it would be waited for nothing
            while True:
                left_s = max(0.0, deadline - time.monotonic())
                is_more_known = not self._folders.unlisted.is_empty
                found = self._hear(0 if is_more_known else left_s)
                self._folders.require_place()
                if found != Changes() or not (is_more_known or left_s):
                    return found

    def close(self) -> None:
        self._folders.close()

    def _hear(self, wait_s: float) -> Changes:
        heard = _Heard()
        for event in self._folders.kernel.read(timeout=int(wait_s * 1000), read_delay=_BURST_MS):
            if event.mask & flags.Q_OVERFLOW:
                self._folders.close()
                self._folders = self._begun()
                return Changes(is_complete=False)
            self._take(event, heard)
        for names, name in self._folders.unlisted.some():
            heard.touch((*names, name))
        return heard.changes()

    def _take(self, event: Event, heard: _Heard) -> None:
        folder = self._folders.tree.get(event.wd)
        if folder is None:  # it is not watched any more
            return
        if event.mask & flags.IGNORED:
            self._folders.forget(folder)
        elif event.name and not is_hidden(event.name):
            if not event.mask & flags.ISDIR:
                self._take_file(event, folder, heard)
            elif self._is_recursive:
                self._take_folder(event, folder, heard)

    def _take_file(self, event: Event, above: WatchedFolder, heard: _Heard) -> None:
        names = self._folders.names_of(above, event.name)
        if event.mask & GOES and self._folders.kind_at(above, event.name) is None:
            heard.lose(names, is_folder=False)
        else:  # of two that changed places the kernel says last that one went, and the other is there
            heard.touch(names)

    def _take_folder(self, event: Event, above: WatchedFolder, heard: _Heard) -> None:
        if event.mask & GOES:
            names = self._folders.names_of(above, event.name)
            self._folders.forget(above.inner(event.name))
            heard.lose(names, is_folder=True)
            if self._folders.kind_at(above, event.name) not in {None, EntryKind.FOLDER}:
                heard.touch(names)
        self._folders.look(above, event.name)


class _Heard:
    """What goes into one answer. Paths that are too long for a collection are left out."""

    def __init__(self) -> None:
        self._touched: dict[FilePath, None] = {}
        self._gone: dict[FilePath, bool] = {}

    def touch(self, names: tuple[str, ...]) -> None:
        with suppress(IllegalPath):
            path = FilePath(names)
            self._touched[path] = None
            if self._gone.get(path) is False:
                del self._gone[path]

    def lose(self, names: tuple[str, ...], *, is_folder: bool) -> None:
        with suppress(IllegalPath):
            path = FilePath(names)
            self._touched.pop(path, None)
            self._gone[path] = is_folder or self._gone.get(path, False)

    def changes(self) -> Changes:
        return Changes(touched=tuple(self._touched), gone=tuple(self._gone))
