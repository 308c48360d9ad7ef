"""The files of an SFTP server, as one session sees them."""

from __future__ import annotations

import stat
import struct
from collections.abc import Container, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime

from paramiko.sftp import SFTP_FAILURE, SFTP_NO_SUCH_FILE, SFTP_OP_UNSUPPORTED

from apps.storage.backends.expectations import refuse_folder, require_folder
from apps.storage.backends.hidden import is_hidden, is_stray
from apps.storage.backends.sftp_answers import Attributes, SftpFailure
from apps.storage.backends.sftp_session import Session
from apps.storage.errors import NoSuchFile, NotAFolder, QuotaExceeded
from apps.storage.types import Entry, EntryKind, FilePath

_KINDS = {stat.S_IFREG: EntryKind.FILE, stat.S_IFDIR: EntryKind.FOLDER, stat.S_IFLNK: EntryKind.LINK}
_ROW = struct.Struct(">QIIII")


@dataclass(frozen=True, slots=True)
class Tree:
    """What stands below the storage's root, for as long as a session is lent.

    ``root`` is where the server says that it is. Failures of the server are told by their number (``SftpFailure``),
    except where something is known of them here.
    """

    session: Session
    root: bytes
    checks_links: bool

    def at(self, path: FilePath) -> bytes:
        return self.root + b"".join(b"/" + name.encode(errors="surrogateescape") for name in path.names) or b"/"

    def stand(self, path: FilePath) -> None:
        """
        Raises:
            NotAFolder: a link is on the way to the path.
        """
        if self.checks_links:
            self._require_straight(path, self.session.real_path(self.at(path.parent)))

    def _require_straight(self, path: FilePath, real: bytes) -> None:
        if self.checks_links and real != self.at(path.parent):
            raise NotAFolder(f"{path.parent} leads elsewhere by a link. Links are shown, and not followed.")

    def stat(self, path: FilePath) -> Entry:
        """
        Raises:
            NoSuchFile: nothing is there. NotAFolder: a link is on the way.
        """
        try:
            real, found = self.session.look(self.at(path.parent), self.at(path))
            self._require_straight(path, real)
            if isinstance(found, SftpFailure):
                raise found
            return self.told(path, found)
        except SftpFailure as error:
            if error.code == SFTP_NO_SUCH_FILE:
                raise NoSuchFile(f"{path} is not there.") from error
            raise

    def has(self, path: FilePath) -> bool:
        try:
            self.session.lstat(self.at(path))
        except SftpFailure as error:
            if error.code == SFTP_NO_SUCH_FILE:
                return False
            raise
        return True

    def told(self, path: FilePath, attrs: Attributes) -> Entry:
        """The entry of what the server said of a path."""
        kind = _KINDS.get(stat.S_IFMT(attrs.mode or 0), EntryKind.OTHER)
        return Entry(
            path,
            kind,
            size=attrs.size or 0 if kind is EntryKind.FILE else 0,
            modified_at=None if attrs.modified is None else datetime.fromtimestamp(attrs.modified, UTC),
            version=version_of(attrs),
            mode=f"{stat.S_IMODE(attrs.mode or 0):04o}",
            owner="" if attrs.uid is None else str(attrs.uid),
            group="" if attrs.gid is None else str(attrs.gid),
            target=self._target(path) if kind is EntryKind.LINK else "",
        )

    def list(self, path: FilePath) -> Iterator[Entry]:
        require_folder(self.stat(path))
        names = self.session.names(self.at(path))
        for row in sorted(_row(name, attrs) for name, attrs in names if _is_shown(name)):
            name, attrs = _unrow(row)
            yield self.told(path / name.decode(errors="surrogateescape"), attrs)

    def strays(self, folder: FilePath, until: datetime, kept: Container[str]) -> tuple[FilePath, ...]:
        """Hidden files of nobody, that were last changed before then."""
        old = (name for name, attrs in self.session.names(self.at(folder)) if (attrs.modified or 0) < until.timestamp())
        names = (name.decode(errors="surrogateescape") for name in old)
        return tuple(folder / name for name in names if is_stray(name, kept))

    def replace(self, part: FilePath, path: FilePath) -> Entry:
        """Give a hidden file its name, in one step where the server can.

        Raises:
            NotAFile: a folder has it.
        """
        try:
            return self.told(path, self.session.replace(self.at(part), self.at(path)))
        except SftpFailure as error:
            refuse_folder(self, path)
            if error.code != SFTP_OP_UNSUPPORTED:
                raise
            with suppress(SftpFailure):
                self.session.remove(self.at(path))
            self.session.rename(self.at(part), self.at(path))
        return self.told(path, self.session.lstat(self.at(path)))

    @contextmanager
    def room(self, path: FilePath, size: int) -> Iterator[None]:
        """Tell a full disk, of which servers only say that it failed."""
        try:
            yield
        except SftpFailure as error:
            free = self.session.free_bytes(self.at(path.parent)) if error.code == SFTP_FAILURE else None
            if free is not None and free < size:
                raise QuotaExceeded(f"{path} needs {size} bytes more, and {free} are left.") from error
            raise

    def remove(self, path: FilePath) -> None:
        """Nothing happens if it is not there."""
        try:
            self.session.remove(self.at(path))
        except SftpFailure as error:
            if error.code != SFTP_NO_SUCH_FILE:
                raise

    def _target(self, path: FilePath) -> str:
        return self.session.readlink(self.at(path)).decode(errors="surrogateescape")


def version_of(attrs: Attributes) -> str:
    return f"{attrs.size or 0}-{attrs.modified or 0}"


def _is_shown(name: bytes) -> bool:
    return name not in {b".", b".."} and not is_hidden(name.decode(errors="surrogateescape"))


def _row(name: bytes, attrs: Attributes) -> bytes:
    """A large folder is held as rows of bytes, a fifth of what objects take; NUL sorts before all that a name holds."""
    return name + b"\0" + _ROW.pack(*(number or 0 for number in attrs))


def _unrow(row: bytes) -> tuple[bytes, Attributes]:
    return row[: -_ROW.size - 1], Attributes(*_ROW.unpack(row[-_ROW.size :]))
