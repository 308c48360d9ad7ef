"""An open folder: all that happens to what is in it, by its descriptor and one name.

A name that begins with ``.vitrine-`` is a file on its way in. Such names are the portal's own: they are neither listed
nor to be addressed.
"""

from __future__ import annotations

import os
from collections.abc import Container, Iterator
from contextlib import contextmanager, suppress
from errno import EINVAL, ENOSYS, ENOTEMPTY, EOPNOTSUPP
from uuid import uuid4

from apps.storage.backends.hidden import HIDDEN, is_hidden, is_stray
from apps.storage.backends.posix.calls import rename_without_replacing
from apps.storage.backends.posix.descriptors import opened
from apps.storage.backends.posix.entries import kind_of
from apps.storage.errors import AlreadyThere, NotAFile
from apps.storage.types import EntryKind

PART, KNOWN = ".part", ".known"
_LISTED = os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW


class Folder:
    """Errors are those of the operating system, or ours where it has no word."""

    def __init__(self, descriptor: int) -> None:
        self._fd = descriptor

    def stat(self, name: str) -> os.stat_result:
        return os.stat(name, dir_fd=self._fd, follow_symlinks=False)

    def target(self, name: str) -> str:
        """Of a link; "" if it is none any more."""
        try:
            return os.readlink(name, dir_fd=self._fd)
        except OSError:
            return ""

    @contextmanager
    def reading(self, name: str) -> Iterator[int]:
        """A descriptor of a file. Nothing else is ever opened: opening alone may wind a tape, or wait for ever."""
        self._require_file(self.stat(name))
        flags = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_NOCTTY  # what it became since then does no harm
        with opened(name, flags, self._fd) as file:
            self._require_file(os.fstat(file))
            yield file

    @contextmanager
    def hidden(self, name: str, *, is_new: bool = False) -> Iterator[int]:
        """A descriptor of a file of ours, to be read and written."""
        flags = os.O_RDWR | os.O_NOFOLLOW | os.O_NONBLOCK | (os.O_CREAT | os.O_EXCL if is_new else 0)
        with opened(name, flags, self._fd) as file:
            self._require_file(os.fstat(file))
            yield file

    @contextmanager
    def part(self) -> Iterator[tuple[int, str]]:
        """A new hidden file, deleted if anything fails."""
        name = f"{HIDDEN}{uuid4().hex}{PART}"
        try:
            with self.hidden(name, is_new=True) as file:
                yield file, name
        except BaseException:
            self.forget(name)
            raise

    def settle(self, file: int, part: str, name: str, *, modified_ns: int | None) -> os.stat_result:
        """Give a hidden file its name, whole, and so that a loss of power does not undo it."""
        with suppress(FileNotFoundError):
            self._require_file(self.stat(name))
        if modified_ns is not None:
            os.utime(file, ns=(modified_ns, modified_ns))
        os.fsync(file)
        os.rename(part, name, src_dir_fd=self._fd, dst_dir_fd=self._fd)
        self.sync()
        return os.fstat(file)

    def forget(self, name: str) -> None:
        with suppress(FileNotFoundError):
            os.unlink(name, dir_fd=self._fd)

    def delete(self, name: str) -> None:
        """A folder in which nothing is seen is empty: uploads that were begun there go with it."""
        if kind_of(self.stat(name)) is not EntryKind.FOLDER:
            os.unlink(name, dir_fd=self._fd)
            return
        try:
            os.rmdir(name, dir_fd=self._fd)
        except OSError as error:
            if error.errno != ENOTEMPTY or not self._forget_uploads(name):
                raise
            os.rmdir(name, dir_fd=self._fd)

    def _forget_uploads(self, name: str) -> bool:
        with opened(name, _LISTED, self._fd) as inner:
            names = os.listdir(inner)
            are_all_hidden = all(is_hidden(one) for one in names)
            for one in names if are_all_hidden else ():
                Folder(inner).forget(one)
        return are_all_hidden

    def sweep(self, until_ns: int, kept: Container[str]) -> None:
        """By the time of change, because a file's own time is set before it has its name."""
        with opened(".", _LISTED, self._fd) as inner:
            for name in os.listdir(inner):
                with suppress(FileNotFoundError):
                    if is_stray(name, kept) and self.stat(name).st_ctime_ns < until_ns:
                        self.forget(name)

    def make(self, name: str) -> None:
        os.mkdir(name, dir_fd=self._fd)
        self.sync()

    def link(self, name: str, target: bytes) -> None:
        os.symlink(target, os.fsencode(name), dir_fd=self._fd)
        self.sync()

    def rename(self, old: str, into: Folder, new: str) -> None:
        """Never onto something. Where the file system cannot tell in one step (NFS), it is looked at before."""
        try:
            rename_without_replacing(self._fd, old, into._fd, new)
        except OSError as error:
            if error.errno not in {EINVAL, ENOSYS, EOPNOTSUPP}:
                raise
            with suppress(FileNotFoundError):
                into.stat(new)
                raise AlreadyThere from error
            os.rename(old, new, src_dir_fd=self._fd, dst_dir_fd=into._fd)
        into.sync()
        self.sync()

    def set_modified(self, name: str, modified_ns: int) -> None:
        os.utime(name, ns=(modified_ns, modified_ns), dir_fd=self._fd, follow_symlinks=False)

    def sync(self) -> None:
        """Make the names last. A folder that may be written and not listed cannot be asked to, and is let be."""
        with suppress(PermissionError), opened(".", _LISTED, self._fd) as folder:
            os.fsync(folder)

    @contextmanager
    def inner(self, name: str) -> Iterator[tuple[Folder, list[str]]]:
        """A folder in this one, and the names in it, sorted by their bytes. Hidden ones are left out."""
        with opened(name, _LISTED, self._fd) as folder:
            names = [one for one in os.listdir(folder) if not is_hidden(one)]
            if all(map(str.isascii, names)):
                names.sort()  # which is the same, without a copy of each: 50 MB for a million
            else:
                names.sort(key=os.fsencode)
            yield Folder(folder), names

    @staticmethod
    def _require_file(told: os.stat_result) -> None:
        if kind_of(told) is not EntryKind.FILE:
            raise NotAFile
