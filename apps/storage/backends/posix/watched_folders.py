"""The folders that the kernel tells of, kept as they are on the disk.

Each is looked at from the storage's root on and through no link. It is watched first and listed then: what was put
there before the watch stood is in the list, and of what comes later the kernel tells.
"""

from __future__ import annotations

import logging
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from errno import EMFILE, ENOSPC

from inotify_simple import INotify, flags

from apps.storage.backends.hidden import is_hidden
from apps.storage.backends.posix.descriptors import opened
from apps.storage.backends.posix.entries import kind_of
from apps.storage.backends.posix.file_systems import is_local
from apps.storage.backends.posix.unlisted import Found, Unlisted
from apps.storage.backends.posix.watched_tree import WatchedFolder, WatchedTree
from apps.storage.errors import CannotWatch, IllegalPath, NoSuchFile
from apps.storage.types import EntryKind, FilePath

log = logging.getLogger(__name__)

Descend = Callable[[tuple[str, ...]], int]
"""From names below the storage's root to a descriptor of the folder, as ``PosixStorage`` goes there."""

_COMES = flags.CREATE | flags.MOVED_TO | flags.CLOSE_WRITE | flags.ATTRIB
GOES = flags.DELETE | flags.MOVED_FROM
_OF_FOLDERS = _COMES | GOES | flags.ONLYDIR | flags.EXCL_UNLINK
_OF_ROOT = flags.DELETE_SELF | flags.MOVE_SELF
_LISTED = os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW
_OUT_OF_REACH = (FileNotFoundError, NotADirectoryError, PermissionError, NoSuchFile, IllegalPath)
"""What makes a folder below be left out. One that the portal may not read is looked at again when its rights change."""
_LIMITS = {ENOSPC: "fs.inotify.max_user_watches", EMFILE: "fs.inotify.max_user_instances or the limit of open files"}


class WatchedFolders:
    """``kernel`` says what happens. With ``is_recursive``, all folders below are watched when this is made."""

    def __init__(self, base: FilePath, descend: Descend, *, is_recursive: bool) -> None:
        self._base, self._descend = base, descend
        with _limits_told():
            self.kernel = INotify(nonblocking=True)
        self.unlisted = Unlisted(self._list)
        try:
            with self._opened(base.names) as descriptor:
                self._place = _place_of(descriptor)
                self.tree = WatchedTree(self._number(descriptor, _OF_FOLDERS | _OF_ROOT))
            if is_recursive:
                self.unlisted.add(self.tree.root)
                self.unlisted.skip()
        except BaseException:
            self.close()
            raise

    def close(self) -> None:
        self.unlisted.close()
        self.kernel.close()

    def names_of(self, folder: WatchedFolder, *more: str) -> tuple[str, ...]:
        """From the root of the storage on."""
        return (*self._base.names, *folder.names, *more)

    def require_place(self) -> None:
        """Of a folder that was moved away itself, or with one above it, the kernel would go on to tell.

        Raises:
            NoSuchFile: it is not where it was.
        """
        with self._opened(self._base.names) as descriptor:
            is_same = _place_of(descriptor) == self._place
        if not is_same or self.tree.root not in self.tree:  # numbers of deleted folders are given to new ones
            raise NoSuchFile("The folder that was watched is gone, or another is in its place. Watch it anew.")

    def kind_at(self, above: WatchedFolder, name: str) -> EntryKind | None:
        """What is there now."""
        with suppress(*_OUT_OF_REACH), self._opened(self.names_of(above)) as descriptor:
            return kind_of(os.stat(name, dir_fd=descriptor, follow_symlinks=False))
        return None

    def look(self, above: WatchedFolder, name: str) -> None:
        """Watch the folder that is there now, if there is one, and have it listed. One that the tree has elsewhere was
        moved, and one that was here before it is gone, which the kernel is about to tell."""
        with suppress(*_OUT_OF_REACH), self._opened(self.names_of(above, name)) as descriptor:
            number = self._number(descriptor)
            known, before = self.tree.get(number), above.inner(name)
            if known is not None and known is before:
                return
            for other in (known, before):
                self.forget(other)
            if above in self.tree:
                number = number if known is None else self._number(descriptor)
                self.unlisted.add(self.tree.put(number, above, name))

    def forget(self, folder: WatchedFolder | None) -> None:
        """It and all below it, if it is in the tree."""
        if folder is None or folder not in self.tree:
            return
        for number in self.tree.cut(folder):
            with suppress(OSError):  # of those that were deleted the kernel has no watch any more
                self.kernel.rm_watch(number)

    def _number(self, descriptor: int, told: int = _OF_FOLDERS) -> int:
        """Have the kernel tell of an open folder, under a number that is the same however often it is asked."""
        if not is_local(descriptor):
            raise CannotWatch
        with _limits_told():
            number: int = self.kernel.add_watch(f"/proc/self/fd/{descriptor}", told)
        return number

    def _list(self, folder: WatchedFolder) -> Iterator[Found]:
        names = self.names_of(folder)
        with (
            suppress(*_OUT_OF_REACH),
            self._opened(names) as descriptor,
            opened(".", _LISTED, descriptor) as listed,
            os.scandir(listed) as entries,
        ):
            for entry in entries:
                if folder not in self.tree:
                    return
                if is_hidden(entry.name):
                    continue
                if entry.is_dir(follow_symlinks=False):
                    self.look(folder, entry.name)
                elif entry.is_file(follow_symlinks=False):
                    yield names, entry.name

    @contextmanager
    def _opened(self, names: tuple[str, ...]) -> Iterator[int]:
        descriptor = self._descend(FilePath(names).names)  # which refuses paths that are too long
        try:
            yield descriptor
        finally:
            os.close(descriptor)


def _place_of(descriptor: int) -> tuple[int, int]:
    told = os.fstat(descriptor)
    return told.st_dev, told.st_ino


@contextmanager
def _limits_told() -> Iterator[None]:
    """
    Raises:
        CannotWatch: one of the kernel's limits is reached. The log says which, too: it is for the administrator.
    """
    try:
        yield
    except OSError as error:
        if error.errno not in _LIMITS:
            raise
        told = f"The kernel watches no more folders for this user. Raise {_LIMITS[error.errno]} with sysctl."
        log.warning(told)
        raise CannotWatch(told) from error
