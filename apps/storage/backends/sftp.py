"""SFTP servers, by paramiko."""

from __future__ import annotations

import stat
import struct
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from datetime import UTC, datetime

import paramiko
from paramiko import SFTPAttributes
from paramiko.sftp import SFTP_BAD_MESSAGE, SFTP_FAILURE, SFTP_NO_SUCH_FILE, SFTP_OP_UNSUPPORTED, SFTP_PERMISSION_DENIED

from apps.common.errors import PortalError
from apps.storage.backends.hidden import hidden_beside, is_hidden, new_token, refuse_hidden
from apps.storage.backends.receipts import RECORD, differs, pack, tag_of, unpack
from apps.storage.backends.sftp_connections import LOST, Connections, Server, parse_host_keys, parse_private_key
from apps.storage.backends.sftp_session import Session, SftpFailure
from apps.storage.errors import (
    AccessDenied,
    AlreadyThere,
    Changed,
    ChecksumMismatch,
    FolderNotEmpty,
    IllegalPath,
    NoSuchFile,
    NotAFile,
    NotAFolder,
    QuotaExceeded,
    SignInFailed,
    StorageAway,
    Unsupported,
)
from apps.storage.types import Entry, EntryKind, Features, FilePath, Receipt, Upload

PIECE = 256 * 1024
LATEST_S = 2**32 - 1
_ERRORS: dict[int, type[PortalError]] = {
    SFTP_NO_SUCH_FILE: NoSuchFile,
    SFTP_PERMISSION_DENIED: AccessDenied,
    SFTP_BAD_MESSAGE: IllegalPath,
    SFTP_OP_UNSUPPORTED: Unsupported,
}
"""OpenSSH answers all else with "Failure" (4) and no reason; what that means is looked up by each operation."""
_KINDS = {stat.S_IFREG: EntryKind.FILE, stat.S_IFDIR: EntryKind.FOLDER, stat.S_IFLNK: EntryKind.LINK}
_ROW = struct.Struct(">IQIII")


class SftpStorage:
    """A folder of an SFTP server.

    Settings: ``host``, ``port``, ``username``; ``host_key``, as ``ssh-keyscan`` prints it (several lines are several
    keys); ``root``, the server's folder that is the storage's root; ``timeout_s`` for each answer;
    ``checks_links=False`` for servers that only spell paths out. Credentials: ``password``, or ``private_key`` with
    its ``passphrase``.

    Links: a server follows those on the way to a file by itself, and the protocol has no way to forbid it. So each
    operation asks first where the server says that the folder leads, and is refused if this is elsewhere than spelled;
    a link at the end is told and not followed. Whoever may make links on the server by other means can still swap one
    in between the question and the operation: where that matters, let sshd confine the account (`ChrootDirectory`).

    Times are whole seconds. The version is size and time, for the protocol tells no more: a change within a second
    that keeps the size is not seen. A file is replaced at once where the server knows `posix-rename@openssh.com`; on
    others the old file is deleted just before. Checksums are never asked for by a command on the server.
    """

    features = Features(is_parallel=True, resumes=True)

    def __init__(
        self,
        *,
        host: str,
        username: str,
        host_key: str = "",
        port: int = 22,
        root: str = "/",
        timeout_s: float = 30.0,
        checks_links: bool = True,
        password: str = "",
        private_key: str = "",
        passphrase: str = "",
    ) -> None:
        server = Server(
            host=host,
            port=port,
            username=username,
            host_keys=parse_host_keys(host_key, host, port),
            password=password,
            private_key=parse_private_key(private_key, passphrase),
            timeout_s=timeout_s,
        )
        self._host = host
        self._root = root.encode(errors="surrogateescape")
        self._real_root = b""
        self._checks_links = checks_links
        self._connections = Connections(server, self._settle)

    def stat(self, path: FilePath) -> Entry:
        with self._session(path) as session:
            return self._entry(session, path)

    def list(self, path: FilePath) -> Iterator[Entry]:
        with self._session(path) as session:
            if not self._entry(session, path).is_folder:
                raise NotAFolder(f"{path} is no folder.")
            for row in sorted(_row(name, attrs) for name, attrs in session.names(self._at(path)) if _is_shown(name)):
                name, attrs = _unrow(row)
                yield self._told(session, path / name.decode(errors="surrogateescape"), attrs)

    def read(self, path: FilePath, *, start: int = 0, length: int | None = None, version: str = "") -> Iterator[bytes]:
        with self._session(path) as session:
            _require_file(self._entry(session, path))
            with session.open(self._at(path), "r") as file:
                attrs = file.stat()
                _require_version(path, attrs, version)
                left = max(attrs.st_size - start, 0)
                yield from _pieces(
                    session.read_blocks(file.handle, start, left if length is None else min(length, left))
                )
                if version:
                    _require_version(path, file.stat(), version)

    def write(self, path: FilePath, data: bytes, *, modified_at: datetime | None = None, verify: bool = True) -> Entry:
        with self._session(path) as session:
            self._stand(session, path)
            part = self._at(hidden_beside(path, new_token()))
            try:
                with session.open(part, "wx") as file, self._room(session, path, len(data)):
                    session.write_at(file.handle, 0, data)
                    _date(file, modified_at)
                self._replace(session, part, path)
            except BaseException:
                with suppress(*LOST, SftpFailure):
                    session.remove(part)
                raise
            return self._told(session, path, session.lstat(self._at(path)))

    def begin(self, path: FilePath, size: int, *, chunk_size: int, modified_at: datetime | None = None) -> Upload:
        upload = Upload(path, size, chunk_size, {"token": new_token()})
        with self._session(path) as session:
            self._stand(session, path)
            self._refuse_folder(session, path)
            free = session.free_bytes(self._at(path.parent))
            if free is not None and free < size:
                raise QuotaExceeded(f"{path} needs {size} bytes, and {free} are left.")
            for name in (_part(upload), _ledger(upload)):
                session.open(self._at(name), "wx").close()
        return upload

    def write_chunk(self, upload: Upload, number: int, data: bytes) -> Receipt:
        receipt = Receipt(number, len(data), tag_of(data))
        with self._session(upload.path) as session, self._room(session, upload.path, len(data)):
            self._write_at(session, _part(upload), number * upload.chunk_size, data)
            self._write_at(session, _ledger(upload), number * RECORD.size, pack(receipt))
        return receipt

    def chunks(self, upload: Upload) -> Mapping[int, Receipt]:
        with self._session(upload.path) as session:
            return self._chunks(session, upload)

    def commit(
        self,
        upload: Upload,
        receipts: Mapping[int, Receipt],
        *,
        modified_at: datetime | None = None,
        verify: bool = True,
    ) -> Entry:
        with self._session(upload.path) as session:
            part = self._at(_part(upload))
            try:
                size = session.lstat(part).st_size
            except SftpFailure:
                return self._committed(session, upload)
            if size != upload.size or differs(upload, receipts, self._chunks(session, upload)):
                raise ChecksumMismatch(f"{upload.path} is not whole, or not what was sent.")
            with session.open(part, "r+") as file:
                _date(file, modified_at)
            self._replace(session, part, upload.path)
            self._remove(session, _ledger(upload))
            return self._told(session, upload.path, session.lstat(self._at(upload.path)))

    def abort(self, upload: Upload) -> None:
        with self._session(upload.path) as session:
            for name in (_part(upload), _ledger(upload)):
                self._remove(session, name)

    def make_folder(self, path: FilePath) -> None:
        with self._session(path) as session:
            self._stand(session, path)
            try:
                session.mkdir(self._at(path))
            except SftpFailure as error:
                self._refuse_clash(session, path, error)
                raise

    def delete(self, path: FilePath) -> None:
        with self._session(path) as session:
            entry = self._entry(session, path)
            if not entry.is_folder:
                session.remove(self._at(path))
                return
            try:
                session.rmdir(self._at(path))
            except SftpFailure as error:
                if error.code == SFTP_FAILURE:
                    raise FolderNotEmpty(f"{path} is not empty.") from error
                raise

    def rename(self, old: FilePath, new: FilePath) -> None:
        """Never over another file: OpenSSH sees to it, and servers that do not are asked first what is there."""
        refuse_hidden(new)
        with self._session(old) as session:
            self._entry(session, old)
            self._stand(session, new)
            self._refuse_clash(session, new)
            try:
                session.rename(self._at(old), self._at(new))
            except SftpFailure as error:
                self._refuse_clash(session, new, error)
                raise

    def set_modified(self, path: FilePath, modified_at: datetime) -> None:
        with self._session(path) as session:
            _require_file(self._entry(session, path))
            session.utime(self._at(path), _times(modified_at))

    def checksum(self, path: FilePath, algorithm: str) -> str | None:
        return None

    def copy(self, source: FilePath, destination: FilePath) -> Entry | None:
        return None

    def signed_url(self, path: FilePath, *, seconds: int, filename: str) -> str | None:
        return None

    def close(self) -> None:
        self._connections.close()

    @contextmanager
    def _session(self, path: FilePath) -> Iterator[Session]:
        """A session, and its failures in our words."""
        refuse_hidden(path)
        try:
            with self._connections.lend() as session:
                yield session
        except SftpFailure as error:
            if error.code in _ERRORS:
                raise _ERRORS[error.code](f"{path}: {error}.") from error
            raise StorageAway(f"{self._host} did not do it and gave no reason ({error}): {path}.") from error
        except paramiko.AuthenticationException as error:
            raise SignInFailed(f"{self._host} refuses the collection's credentials: {error}") from error
        except LOST as error:
            raise StorageAway(f"{self._host} cannot be reached: {error or type(error).__name__}.") from error

    def _settle(self, session: Session) -> None:
        self._real_root = session.real_path(self._root).rstrip(b"/")

    def _at(self, path: FilePath) -> bytes:
        return self._real_root + b"".join(b"/" + name.encode(errors="surrogateescape") for name in path.names) or b"/"

    def _stand(self, session: Session, path: FilePath) -> None:
        """
        Raises:
            NotAFolder: a link is on the way to the path.
        """
        folder = self._at(path.parent)
        if self._checks_links and session.real_path(folder) != folder:
            raise NotAFolder(f"{path.parent} leads elsewhere by a link. Links are shown, and not followed.")

    def _entry(self, session: Session, path: FilePath) -> Entry:
        self._stand(session, path)
        return self._told(session, path, session.lstat(self._at(path)))

    def _told(self, session: Session, path: FilePath, attrs: SFTPAttributes) -> Entry:
        kind = _KINDS.get(stat.S_IFMT(attrs.st_mode or 0), EntryKind.OTHER)
        return Entry(
            path,
            kind,
            size=attrs.st_size or 0 if kind is EntryKind.FILE else 0,
            modified_at=None if attrs.st_mtime is None else datetime.fromtimestamp(attrs.st_mtime, UTC),
            version=_version(attrs),
            mode=f"{stat.S_IMODE(attrs.st_mode or 0):04o}",
            owner="" if attrs.st_uid is None else str(attrs.st_uid),
            group="" if attrs.st_gid is None else str(attrs.st_gid),
            target=_target(session, self._at(path)) if kind is EntryKind.LINK else "",
        )

    def _replace(self, session: Session, part: bytes, path: FilePath) -> None:
        final = self._at(path)
        try:
            session.posix_rename(part, final)
        except SftpFailure as error:
            self._refuse_folder(session, path)
            if error.code != SFTP_OP_UNSUPPORTED:
                raise
            with suppress(SftpFailure):
                session.remove(final)
            session.rename(part, final)

    def _refuse_folder(self, session: Session, path: FilePath) -> None:
        with suppress(SftpFailure):
            if stat.S_ISDIR(session.lstat(self._at(path)).st_mode or 0):
                raise NotAFile(f"{path} is a folder.")

    def _refuse_clash(self, session: Session, path: FilePath, cause: Exception | None = None) -> None:
        with suppress(SftpFailure):
            session.lstat(self._at(path))
            raise AlreadyThere(f"{path} is there already.") from cause

    @contextmanager
    def _room(self, session: Session, path: FilePath, size: int) -> Iterator[None]:
        """Tell a full disk, of which servers only say that it failed."""
        try:
            yield
        except SftpFailure as error:
            free = session.free_bytes(self._at(path.parent)) if error.code == SFTP_FAILURE else None
            if free is not None and free < size:
                raise QuotaExceeded(f"{path} needs {size} bytes more, and {free} are left.") from error
            raise

    def _write_at(self, session: Session, name: FilePath, offset: int, data: bytes) -> None:
        with session.open(self._at(name), "r+") as file:
            session.write_at(file.handle, offset, data)

    def _chunks(self, session: Session, upload: Upload) -> dict[int, Receipt]:
        try:
            with session.open(self._at(_ledger(upload)), "r") as file:
                return unpack(b"".join(session.read_blocks(file.handle, 0, file.stat().st_size)))
        except SftpFailure:
            return {}

    def _committed(self, session: Session, upload: Upload) -> Entry:
        with suppress(NoSuchFile, SftpFailure):
            entry = self._entry(session, upload.path)
            if entry.is_file and entry.size == upload.size:
                return entry
        raise ChecksumMismatch(f"The upload of {upload.path} is not there any more.")

    def _remove(self, session: Session, name: FilePath) -> None:
        try:
            session.remove(self._at(name))
        except SftpFailure as error:
            if error.code != SFTP_NO_SUCH_FILE:
                raise


def _part(upload: Upload) -> FilePath:
    return hidden_beside(upload.path, upload.state["token"])


def _ledger(upload: Upload) -> FilePath:
    return hidden_beside(upload.path, f"{upload.state['token']}-receipts")


def _is_shown(name: bytes) -> bool:
    return name not in {b".", b".."} and not is_hidden(name.decode(errors="surrogateescape"))


def _row(name: bytes, attrs: SFTPAttributes) -> bytes:
    """A large folder is held as rows of bytes, a fifth of what objects take; NUL sorts before all that a name holds."""
    numbers = (attrs.st_mode, attrs.st_size, attrs.st_mtime, attrs.st_uid, attrs.st_gid)
    return name + b"\0" + _ROW.pack(*(number or 0 for number in numbers))


def _unrow(row: bytes) -> tuple[bytes, SFTPAttributes]:
    attrs = SFTPAttributes()
    attrs.st_mode, attrs.st_size, attrs.st_mtime, attrs.st_uid, attrs.st_gid = _ROW.unpack(row[-_ROW.size :])
    return row[: -_ROW.size - 1], attrs


def _version(attrs: SFTPAttributes) -> str:
    return f"{attrs.st_size or 0}-{attrs.st_mtime or 0}"


def _require_file(entry: Entry) -> None:
    if not entry.is_file:
        raise NotAFile(f"{entry.path} is a {entry.kind}, no file.")


def _require_version(path: FilePath, attrs: SFTPAttributes, version: str) -> None:
    if version and _version(attrs) != version:
        raise Changed(f"{path} was changed.")


def _target(session: Session, path: bytes) -> str:
    target = session.readlink(path)
    return target.decode(errors="surrogateescape") if isinstance(target, bytes) else str(target or "")


def _times(modified_at: datetime) -> tuple[int, int]:
    """Access and change, in what the protocol can say: from 1970 to 2106."""
    second = min(max(int(modified_at.timestamp()), 0), LATEST_S)
    return second, second


def _date(file: paramiko.SFTPFile, modified_at: datetime | None) -> None:
    if modified_at is not None:
        file.utime(_times(modified_at))


def _pieces(blocks: Iterator[bytes]) -> Iterator[bytes]:
    held: list[bytes] = []
    size = 0
    for block in blocks:
        held.append(block)
        size += len(block)
        if size >= PIECE:
            yield b"".join(held)
            held, size = [], 0
    if held and size:
        yield b"".join(held)
