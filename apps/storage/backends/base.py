"""The protocol of every storage.

One instance stands for one storage with its credentials. It is made when it is needed, never when a module is read,
serves several threads at once, and says every failure in the words of ``apps.storage.errors``. Paths are whole and were
checked; nothing here asks what somebody may do: the services above have.
"""

from __future__ import annotations

from collections.abc import Collection, Container, Iterator, Mapping
from datetime import datetime
from typing import Protocol

from apps.storage.types import Changes, Entry, Features, FilePath, Receipt, Upload


class Watch(Protocol):
    """Tells what changes in a folder, from when it was made. It is asked by one thread at a time."""

    def changes(self, *, wait_s: float) -> Changes:
        """What happened since the last answer, as soon as there is something; nothing after so many seconds. Much at
        once is told in several answers.

        Raises:
            NoSuchFile: the folder is gone, or another stands in its place.
            CannotWatch: the system tells no more of it.
        """

    def close(self) -> None:
        """Watch no more."""


class Storage(Protocol):
    """A place that holds files."""

    features: Features

    def stat(self, path: FilePath) -> Entry:
        """What is there. A link is told as a link and not followed.

        Raises:
            NoSuchFile: nothing is.
        """

    def list(self, path: FilePath) -> Iterator[Entry]:
        """What is in a folder, itself left out, in the order of names by their bytes. Memory stays flat for folders
        of any size as far as the storage lets it.

        Raises:
            NoSuchFile, NotAFolder: when the first entry is asked for.
        """

    def read(self, path: FilePath, *, start: int = 0, length: int | None = None, version: str = "") -> Iterator[bytes]:
        """The bytes of a file from ``start`` on, in pieces of at most 1 MiB. Fewer come only if the file is shorter.

        Raises:
            NoSuchFile, NotAFile: when the first piece is asked for.
            Changed: the file is, or becomes while it is read, another than ``version`` says.
        """

    def write(self, path: FilePath, data: bytes, *, modified_at: datetime | None = None, verify: bool = True) -> Entry:
        """Write a small file whole: whoever looks sees what was there before, or all of it. Replaces a file.

        Before anybody sees the file, what the storage has is compared with what was sent: by the storage's own
        checksum, or by reading it back. Without ``verify`` a storage that would have to read need not.

        Raises:
            NotAFile: a folder is there. NoSuchFile: the folder above it is not, on a storage that has folders.
            QuotaExceeded: there is no room. ChecksumMismatch: the storage has something else than was sent.
        """

    def begin(self, path: FilePath, size: int, *, chunk_size: int, modified_at: datetime | None = None) -> Upload:
        """Begin to write a large file. Nothing of it is seen until ``commit``. ``chunk_size`` is raised to what the
        storage needs; the upload says what it is. A ``modified_at`` that is known already saves some storages a copy;
        ``commit`` has to be given it all the same."""

    def write_chunk(self, upload: Upload, number: int, data: bytes) -> Receipt:
        """Write one piece; doing it again replaces the piece."""

    def chunks(self, upload: Upload) -> Mapping[int, Receipt]:
        """The pieces that the storage itself has. An upload that it does not know (any more) has none."""

    def commit(
        self,
        upload: Upload,
        receipts: Mapping[int, Receipt],
        *,
        modified_at: datetime | None = None,
        verify: bool = True,
    ) -> Entry:
        """Put the file in its place, at once and whole; doing it again after it succeeded tells of the same file.
        ``verify`` is as for ``write``: what the receipts say is compared with what the storage has.

        Raises:
            ChecksumMismatch: the storage has not what the receipts say.
        """

    def abort(self, upload: Upload) -> None:
        """Throw the pieces away; doing it again changes nothing."""

    def sweep(self, folder: FilePath, names: Collection[str], *, until: datetime, kept: Container[str]) -> None:
        """Throw away what writers who died have left in a folder and nobody sees: what was not touched since ``until``,
        and of which no value of an upload's state is ``kept``. ``names`` are the files that they wrote there, for
        storages that are asked for one by one. Those that forget such things by themselves have nothing to do.
        """

    def make_folder(self, path: FilePath) -> None:
        """Make one folder.

        Raises:
            AlreadyThere: something of this name is. NoSuchFile: the folder above it is not.
        """

    def make_link(self, path: FilePath, target: str) -> Entry:
        """Make a symbolic link. ``target`` is written as it is, wherever it leads, and never followed, here or later.

        Raises:
            Unsupported: this kind of storage has no links; ``features.makes_links`` tells. IllegalPath: no link can
            say that. AlreadyThere: something of this name is. NoSuchFile: the folder above it is not.
        """

    def delete(self, path: FilePath) -> None:
        """Delete a file, a link itself, or an empty folder.

        Raises:
            NoSuchFile, FolderNotEmpty.
        """

    def rename(self, old: FilePath, new: FilePath) -> None:
        """Give a file or folder another place. Storages without folders copy and delete.

        Raises:
            NoSuchFile: it is not there. AlreadyThere: something else is at the new place.
        """

    def set_modified(self, path: FilePath, modified_at: datetime) -> None:
        """Say when a file was last changed.

        Raises:
            Unsupported: this kind of storage keeps no such time.
        """

    def checksum(self, path: FilePath, algorithm: str) -> str | None:
        """The checksum as the storage itself computes it, hexadecimal; None if it has to be read for that."""

    def copy(self, source: FilePath, destination: FilePath) -> Entry | None:
        """Copy a file within the storage, without its bytes coming here; None if this kind cannot."""

    def free_bytes(self, folder: FilePath) -> int | None:
        """How much room there is for files in a folder that is there; None if this kind, or this server, cannot say."""

    def signed_url(self, path: FilePath, *, seconds: int, filename: str) -> str | None:
        """An address at which anybody may read this file for so long; None if this kind has none."""

    def watch(self, folder: FilePath, *, is_recursive: bool) -> Watch | None:
        """Have changes told of the files in a folder, or also below it; None if they are not, so that it has to be
        listed. What is there already is not told: list it when the watch stands, and nothing is missed. It stands on
        its own, also when the storage is closed.

        Raises:
            NoSuchFile: there is no such folder.
        """

    def being_written(self, path: FilePath) -> bool | None:
        """Whether somebody has a file open to write it; None if this cannot be told.

        Raises:
            NoSuchFile, NotAFile.
        """

    def close(self) -> None:
        """Let go of connections. The storage is not used after it."""
