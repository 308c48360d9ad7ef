"""What is done with files one by one: listed, looked at, read, made, renamed, deleted. The rules are asked first."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace

from apps.access.services import Actor
from apps.storage.backends.base import Storage, Watch
from apps.storage.errors import AccessDenied, NoSuchFile
from apps.storage.models import Collection
from apps.storage.services.opening import open_storage
from apps.storage.services.rules import Permission, Rights, denied, rights_of
from apps.storage.types import Changes, Entry, EntryKind, FilePath, Receipt, Upload


class OpenCollection:
    """A collection with its storage open. Paths are those of the collection, in questions and in answers."""

    def __init__(self, collection: Collection, rights: Rights, storage: Storage, base: FilePath) -> None:
        self.collection, self.rights = collection, rights
        self.storage, self._base = storage, base

    def require(self, permission: Permission, path: FilePath) -> None:
        """
        Raises:
            AccessDenied: the rights are not enough.
        """
        if not self.rights.may(permission, path):
            raise denied(permission, self.collection, path)

    def place(self, path: FilePath) -> FilePath:
        """Where on the storage it is."""
        return path.below(self._base)

    def entry(self, found: Entry) -> Entry:
        """As those who see the collection alone know it."""
        return replace(found, path=self._shown(found.path))

    def _shown(self, place: FilePath) -> FilePath:
        return FilePath(place.names[len(self._base.names) :])

    def stat(self, path: FilePath) -> Entry:
        """
        Raises:
            AccessDenied: the actor may neither read it nor anything below it.
            NoSuchFile: it is not there.
        """
        if not self.rights.may_below(path):
            self.require("r", path)
        if not path.names:
            return Entry(path, EntryKind.FOLDER)
        return self.entry(self.storage.stat(self.place(path)))

    def list(self, path: FilePath) -> Iterator[Entry]:
        """What is in a folder, in the order of names. Who may read something further down sees the way to it alone.

        Raises:
            AccessDenied, NoSuchFile, NotAFolder.
        """
        entries = map(self.entry, self.storage.list(self.place(path)))
        if self.rights.may("r", path):
            yield from entries
        elif self.rights.may_below(path):
            yield from (one for one in entries if self.rights.may_below(one.path))
        else:
            self.require("r", path)

    def read(self, entry: Entry, *, start: int = 0, length: int | None = None) -> Iterator[bytes]:
        """The bytes of the file that ``entry`` tells of.

        Raises:
            AccessDenied: at once. NoSuchFile, Changed: when they are asked for.
        """
        self.require("r", entry.path)
        return self.storage.read(self.place(entry.path), start=start, length=length, version=entry.version)

    def signed_url(self, entry: Entry, *, seconds: int) -> str | None:
        """An address of the storage at which anybody may read the file for so long; None if it has none.

        Raises:
            AccessDenied.
        """
        self.require("r", entry.path)
        return self.storage.signed_url(self.place(entry.path), seconds=seconds, filename=entry.path.name)

    def free_bytes(self) -> int | None:
        """How much room the storage has for files of the collection; None where it cannot say. It is told to whoever
        opened it."""
        return self.storage.free_bytes(self._base)

    def find(self, path: FilePath) -> Entry | None:
        """What is there, or None.

        Raises:
            AccessDenied.
        """
        try:
            return self.stat(path)
        except NoSuchFile:
            return None

    def watch(self, path: FilePath, *, is_recursive: bool) -> Watch | None:
        """Have changes told of the files in a folder, or also below it; None if its storage does not. Whoever asked
        for it closes it. It goes by the rights as they are now.

        Raises:
            AccessDenied, NoSuchFile.
        """
        self.require("r", path)
        told = self.storage.watch(self.place(path), is_recursive=is_recursive)
        return told and _CollectionWatch(told, self._shown)

    def being_written(self, path: FilePath) -> bool | None:
        """Whether somebody has a file open to write it; None if its storage cannot tell.

        Raises:
            AccessDenied, NoSuchFile, NotAFile.
        """
        self.require("r", path)
        return self.storage.being_written(self.place(path))

    def write(self, path: FilePath, data: bytes) -> Entry:
        """Write a small file whole.

        Raises:
            AccessDenied, NotAFile, NoSuchFile, QuotaExceeded.
        """
        self.require("rw", path)
        return self.entry(self.storage.write(self.place(path), data))

    def begin(self, path: FilePath, size: int, *, chunk_size: int) -> Upload:
        """Begin to write a large file. The upload is the storage's: its path is one of those.

        Raises:
            AccessDenied, NotAFile, NoSuchFile, QuotaExceeded.
        """
        self.require("rw", path)
        return self.storage.begin(self.place(path), size, chunk_size=chunk_size)

    def write_chunk(self, upload: Upload, number: int, data: bytes) -> Receipt:
        """
        Raises:
            AccessDenied, QuotaExceeded.
        """
        self.require("rw", self._shown(upload.path))
        return self.storage.write_chunk(upload, number, data)

    def commit(self, upload: Upload, receipts: Mapping[int, Receipt]) -> Entry:
        """
        Raises:
            AccessDenied, ChecksumMismatch.
        """
        self.require("rw", self._shown(upload.path))
        return self.entry(self.storage.commit(upload, receipts))

    def abort(self, upload: Upload) -> None:
        """Whoever began an upload may give it up, whatever became of their rights."""
        self.storage.abort(upload)

    def delete(self, path: FilePath) -> None:
        """Delete a file, a link itself, or an empty folder.

        Raises:
            AccessDenied, NoSuchFile, FolderNotEmpty.
        """
        if not path.names:
            raise AccessDenied("The root of a collection cannot be deleted.", place="path")
        self.require("rw", path)
        self.storage.delete(self.place(path))

    def make_folder(self, path: FilePath) -> None:
        """
        Raises:
            AccessDenied, AlreadyThere, NoSuchFile.
        """
        self.require("rw", path)
        self.storage.make_folder(self.place(path))

    def rename(self, old: FilePath, new: FilePath) -> None:
        """
        Raises:
            AccessDenied: the actor may not write both places.
            NoSuchFile, AlreadyThere.
        """
        for path in (old, new):
            if not path.names:
                raise AccessDenied("The root of a collection cannot be renamed.", place="path")
            self.require("rw", path)
        self.storage.rename(self.place(old), self.place(new))


class _CollectionWatch:
    """A watch of the storage that tells the paths of the collection."""

    def __init__(self, watch: Watch, shown: Callable[[FilePath], FilePath]) -> None:
        self._watch, self._shown = watch, shown
        self.close = watch.close

    def changes(self, *, wait_s: float) -> Changes:
        told = self._watch.changes(wait_s=wait_s)
        return replace(told, touched=tuple(map(self._shown, told.touched)), gone=tuple(map(self._shown, told.gone)))


def open_with(collection: Collection, rights: Rights) -> OpenCollection:
    """The collection's files, for what these rights allow. Whoever opens it closes its storage.

    Raises:
        InvalidCollection, SignInFailed, StorageAway: the storage cannot be opened.
    """
    storage, base = open_storage(collection)
    return OpenCollection(collection, rights, storage, base)


@contextmanager
def opened(collection: Collection, *, actor: Actor) -> Iterator[OpenCollection]:
    """The collection's files, for what the actor may do there.

    Raises:
        InvalidCollection, SignInFailed, StorageAway: the storage cannot be opened.
    """
    files = open_with(collection, rights_of(actor, collection))
    try:
        yield files
    finally:
        files.storage.close()
