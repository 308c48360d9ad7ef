"""Files of this machine, and of file systems that it mounts: ext4, XFS, NFS, Lustre, and what else looks like them.

Nothing outside the root is read or touched, whatever stands below it: a link is told and never followed, not even one
that stays inside, because where it leads may change between the look and the use, and because access rules are about
paths: a link from `/open/` to `/secret/` would be a way around them.
"""

from __future__ import annotations

import os
import re
from collections.abc import Collection, Container, Iterator, Mapping
from contextlib import contextmanager, suppress
from datetime import datetime
from errno import ELOOP, ENOENT, ENOTDIR, EXDEV
from uuid import uuid4

from apps.storage.backends.base import Watch
from apps.storage.backends.expectations import require_target
from apps.storage.backends.hidden import HIDDEN, refuse_hidden
from apps.storage.backends.posix.confined import best_way
from apps.storage.backends.posix.descriptors import copy_all, reserve, write_all
from apps.storage.backends.posix.entries import entry_of, kind_of, nanoseconds, version_of
from apps.storage.backends.posix.failures import in_our_words
from apps.storage.backends.posix.folder import KNOWN, PART, Folder
from apps.storage.backends.posix.leases import is_being_written
from apps.storage.backends.posix.pieces import pieces_of, require_data, require_pieces, require_records, write_piece
from apps.storage.backends.posix.watching import PosixWatch
from apps.storage.errors import (
    CannotWatch,
    Changed,
    ChecksumMismatch,
    IllegalPath,
    InvalidCollection,
    NoSuchFile,
    NotAFile,
    StorageAway,
)
from apps.storage.types import Entry, EntryKind, Features, FilePath, Receipt, Upload

_PIECE = 1 << 20
_NOT_THERE = {ENOENT, ENOTDIR, ELOOP, EXDEV}
"""What the kernel says of a way that leads nowhere; EXDEV, when a folder on it is moved out of the root meanwhile."""
_ID = re.compile(r"[0-9a-f]{32}")


class PosixStorage:
    """Settings: ``root``, the absolute path of the folder that is the whole storage; it may be a link itself.

    It holds nothing open between two calls, so it may be made before a fork, and a file system may be mounted anew.
    What was committed or written outlives a loss of power. A small file costs two flushes for that, which a file system
    does for several writers at once: eight threads write about twenty times as many files as one.
    """

    features = Features(is_parallel=True, resumes=True, makes_links=True, copies=True, most_chunks=1_000_000)

    def __init__(self, *, root: str) -> None:
        if not root.startswith("/") or "\0" in root:
            raise InvalidCollection("The root of a POSIX storage is an absolute path, such as /data/beamline.")
        self._root = root
        self._way = best_way()

    # --- reading ---------------------------------------------------------------------------------------------------

    def stat(self, path: FilePath) -> Entry:
        with self._at(path) as (folder, name):
            return self._entry(folder, name, path)

    def list(self, path: FilePath) -> Iterator[Entry]:
        with self._at(path) as (above, name), above.inner(name) as (folder, names):
            for one in names:
                with suppress(FileNotFoundError):  # it went since the names were read
                    yield self._entry(folder, one, path / one)

    def read(self, path: FilePath, *, start: int = 0, length: int | None = None, version: str = "") -> Iterator[bytes]:
        with self._at(path) as (folder, name), folder.reading(name) as file:
            _require_version(file, version)
            while (wanted := _PIECE if length is None else min(_PIECE, length)) and (
                data := os.pread(file, wanted, start)
            ):
                _require_version(file, version)
                yield data
                start += len(data)
                length = None if length is None else length - len(data)

    # --- writing ---------------------------------------------------------------------------------------------------

    def write(self, path: FilePath, data: bytes, *, modified_at: datetime | None = None, verify: bool = True) -> Entry:
        with self._at(path) as (folder, name), folder.part() as (file, part):
            write_all(file, data)
            if verify:
                require_data(file, data)
            return entry_of(path, folder.settle(file, part, name, modified_ns=_ns(modified_at)))

    def begin(self, path: FilePath, size: int, *, chunk_size: int, modified_at: datetime | None = None) -> Upload:
        upload = Upload(
            path=path,
            size=size,
            chunk_size=max(chunk_size, -(-size // self.features.most_chunks), 1),
            state={"id": uuid4().hex},
        )
        part, known = _hidden_names(upload)
        with self._at(path) as (folder, _):
            try:
                with folder.hidden(part, is_new=True) as file, folder.hidden(known, is_new=True):
                    reserve(file, size)
            except BaseException:
                folder.forget(part)
                folder.forget(known)
                raise
        return upload

    def write_chunk(self, upload: Upload, number: int, data: bytes) -> Receipt:
        with self._pieces(upload) as (part, known):
            return write_piece(part, known, upload, number, data)

    def chunks(self, upload: Upload) -> Mapping[int, Receipt]:
        try:
            with self._pieces(upload) as (part, known):
                return {receipt.number: receipt for receipt in pieces_of(part, known, upload)}
        except NoSuchFile:
            return {}

    def commit(
        self,
        upload: Upload,
        receipts: Mapping[int, Receipt],
        *,
        modified_at: datetime | None = None,
        verify: bool = True,
    ) -> Entry:
        part, known = _hidden_names(upload)
        with self._at(upload.path) as (folder, name):
            try:
                with folder.hidden(part) as file:
                    if verify:
                        require_pieces(file, upload, receipts)
                    else:
                        with folder.hidden(known) as records:
                            require_records(records, upload, receipts)
                    told = folder.settle(file, part, name, modified_ns=_ns(modified_at))
            except FileNotFoundError:
                told = self._committed_before(folder, name, upload, receipts)
            folder.forget(known)
            return entry_of(upload.path, told)

    def abort(self, upload: Upload) -> None:
        with suppress(NoSuchFile), self._at(upload.path) as (folder, _):
            for hidden in _hidden_names(upload):
                folder.forget(hidden)

    def sweep(self, folder: FilePath, names: Collection[str], *, until: datetime, kept: Container[str]) -> None:
        with suppress(NoSuchFile), self._at(folder / "inside") as (inside, _):
            inside.sweep(nanoseconds(until), kept)

    # --- places ----------------------------------------------------------------------------------------------------

    def make_folder(self, path: FilePath) -> None:
        with self._at(path) as (folder, name):
            folder.make(name)

    def make_link(self, path: FilePath, target: str) -> Entry:
        said = require_target(target)
        with self._at(path) as (folder, name):
            folder.link(name, said)
            return self._entry(folder, name, path)

    def delete(self, path: FilePath) -> None:
        """Uploads that were begun in a folder, and are not seen there, go with it."""
        with self._at(path) as (folder, name):
            _require_below_root(path)
            folder.delete(name)

    def rename(self, old: FilePath, new: FilePath) -> None:
        with self._at(old) as (folder, name), self._at(new) as (into, new_name):
            _require_below_root(old)
            if new != old and new.is_within(old):
                raise IllegalPath("A folder cannot be moved into itself.")
            folder.rename(name, into, new_name)

    def set_modified(self, path: FilePath, modified_at: datetime) -> None:
        with self._at(path) as (folder, name):
            folder.set_modified(name, nanoseconds(modified_at))

    def copy(self, source: FilePath, destination: FilePath) -> Entry | None:
        with (
            self._at(source) as (folder, name),
            self._at(destination) as (into, new_name),
            folder.reading(name) as original,
            into.part() as (file, part),
        ):
            version = version_of(os.fstat(original))
            copy_all(original, file)
            _require_version(original, version)
            return entry_of(destination, into.settle(file, part, new_name, modified_ns=None))

    # --- what others have --------------------------------------------------------------------------------------------

    def checksum(self, path: FilePath, algorithm: str) -> str | None:
        return None

    def free_bytes(self, folder: FilePath) -> int | None:
        refuse_hidden(folder)
        with in_our_words():
            descriptor = self._descend(folder.names)
            try:
                found = os.fstatvfs(descriptor)
            finally:
                os.close(descriptor)
        return found.f_bavail * found.f_frsize if found.f_blocks else None  # without blocks, it knows nothing

    def watch(self, folder: FilePath, *, is_recursive: bool) -> Watch | None:
        refuse_hidden(folder)
        with in_our_words(), suppress(CannotWatch):
            return PosixWatch(folder, self._descend, is_recursive=is_recursive)
        return None

    def being_written(self, path: FilePath) -> bool | None:
        with self._at(path) as (folder, name):
            return is_being_written(folder, name)

    def signed_url(self, path: FilePath, *, seconds: int, filename: str) -> str | None:
        return None

    def close(self) -> None:
        """There is nothing to let go of."""

    # --- the way there -----------------------------------------------------------------------------------------------

    @contextmanager
    def _at(self, path: FilePath) -> Iterator[tuple[Folder, str]]:
        """The folder above, open, and the name in it; what happens inside is told in our words."""
        refuse_hidden(path)
        with in_our_words():
            descriptor = self._descend(path.names[:-1])
            try:
                yield Folder(descriptor), path.name or "."
            finally:
                os.close(descriptor)

    def _descend(self, names: tuple[str, ...]) -> int:
        try:
            root = os.open(self._root, os.O_RDONLY | os.O_DIRECTORY)
        except OSError as error:
            raise StorageAway(f"The storage is not there: {error.strerror}. Is it mounted?") from error
        try:
            return self._way(root, names)
        except OSError as error:
            if error.errno in _NOT_THERE:  # there is nothing below a file, nor below a link
                raise NoSuchFile from error
            raise
        finally:
            os.close(root)

    @contextmanager
    def _pieces(self, upload: Upload) -> Iterator[tuple[int, int]]:
        part, known = _hidden_names(upload)
        with self._at(upload.path) as (folder, _), folder.hidden(part) as file, folder.hidden(known) as records:
            yield file, records

    @staticmethod
    def _entry(folder: Folder, name: str, path: FilePath) -> Entry:
        told = folder.stat(name)
        target = folder.target(name) if kind_of(told) is EntryKind.LINK else ""
        return entry_of(path, told, target=target)

    @staticmethod
    def _committed_before(folder: Folder, name: str, upload: Upload, receipts: Mapping[int, Receipt]) -> os.stat_result:
        """There is no upload of this id: either its file is in its place, or it was thrown away."""
        try:
            with folder.reading(name) as file:
                require_pieces(file, upload, receipts)
                return os.fstat(file)
        except (FileNotFoundError, NotAFile) as error:
            raise ChecksumMismatch("There is no such upload any more. Begin anew.") from error


def _hidden_names(upload: Upload) -> tuple[str, str]:
    """Of the file with the bytes, and of the one that tells which are there."""
    own = upload.state.get("id", "")
    if not _ID.fullmatch(own):
        raise IllegalPath("This is no upload of a POSIX storage.")
    return f"{HIDDEN}{own}{PART}", f"{HIDDEN}{own}{KNOWN}"


def _require_version(file: int, version: str) -> None:
    if version and version_of(os.fstat(file)) != version:
        raise Changed


def _require_below_root(path: FilePath) -> None:
    if not path.names:
        raise IllegalPath("The root of a storage stays where it is.")


def _ns(instant: datetime | None) -> int | None:
    return None if instant is None else nanoseconds(instant)
