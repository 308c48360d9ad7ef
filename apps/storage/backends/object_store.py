"""What storages of objects have in common: folders are made up of keys that have one more ``/``."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator, Sequence
from contextlib import suppress

from apps.storage.backends.expectations import refuse_clash, refuse_link
from apps.storage.backends.object_keys import key_of, prefix_of
from apps.storage.backends.object_listing import Listing
from apps.storage.backends.silent import SilentStorage
from apps.storage.errors import FolderNotEmpty, IllegalPath, NoSuchFile
from apps.storage.types import Entry, EntryKind, FilePath


class ObjectStore(SilentStorage, ABC):
    """The parts of ``S3Storage`` and ``GcsStorage`` that are about names alone.

    A folder is where keys go on: `/a/b` is the key `a/b`, and a folder that is made is an empty object `a/`.
    """

    def stat(self, path: FilePath) -> Entry:
        if not path.names:
            return Entry(path, EntryKind.FOLDER)
        with suppress(NoSuchFile):
            return self._file(path)
        if self._keys(prefix_of(path), most=1):
            return Entry(path, EntryKind.FOLDER)
        raise NoSuchFile

    def list(self, path: FilePath) -> Iterator[Entry]:
        prefix = prefix_of(path)
        listing = Listing(path, lambda name: bool(self._keys(f"{prefix}{name}/", most=1)))
        return listing.in_order(self._found(path, prefix))

    def make_folder(self, path: FilePath) -> None:
        refuse_clash(self, path)
        self._make_marker(prefix_of(path))

    def make_link(self, path: FilePath, target: str) -> Entry:
        refuse_link()

    def delete(self, path: FilePath) -> None:
        try:
            self._file(path)
            key = key_of(path)
        except NoSuchFile:
            key = prefix_of(path)
            below = list(self._keys(key, most=2))
            if not below:
                raise
            if below != [key]:
                raise FolderNotEmpty from None
        self._forget(key)

    def rename(self, old: FilePath, new: FilePath) -> None:
        """A folder moves object by object: whoever looks meanwhile sees both, and a failure leaves both."""
        is_file = self.stat(old).is_file
        refuse_clash(self, new)
        if is_file:
            self.copy(old, new)
            self._forget(key_of(old))
        elif new.is_within(old):
            raise IllegalPath("A folder cannot be moved into itself. Choose another place.")
        else:
            self._move_all(prefix_of(old), prefix_of(new))

    def checksum(self, path: FilePath, algorithm: str) -> str | None:
        return self.stat(path).checksums.get(algorithm)

    @abstractmethod
    def copy(self, source: FilePath, destination: FilePath) -> Entry | None:
        """As ``Storage`` says."""

    @abstractmethod
    def _file(self, path: FilePath) -> Entry:
        """The object of just this key.

        Raises:
            NoSuchFile: there is none.
        """

    @abstractmethod
    def _found(self, path: FilePath, prefix: str) -> Iterator[tuple[str, Entry]]:
        """What ``Listing`` takes: the names after the prefix, in the order of keys.

        Raises:
            NoSuchFile: no key begins with it. NotAFolder: none does, but there is a file.
        """

    @abstractmethod
    def _keys(self, prefix: str, *, most: int) -> Sequence[str]:
        """The first keys that begin with it."""

    @abstractmethod
    def _make_marker(self, prefix: str) -> None:
        """Put the empty object there that a made folder is."""

    @abstractmethod
    def _forget(self, key: str) -> None:
        """Delete one object."""

    @abstractmethod
    def _move_all(self, old: str, new: str) -> None:
        """Copy every object below one prefix to the other, and only then delete them."""
