"""SFTP servers, by paramiko."""

from __future__ import annotations

from collections.abc import Collection, Container, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import replace
from datetime import datetime

import paramiko
from paramiko.sftp import SFTP_BAD_MESSAGE, SFTP_FAILURE, SFTP_NO_SUCH_FILE, SFTP_OP_UNSUPPORTED, SFTP_PERMISSION_DENIED

from apps.common.errors import PortalError
from apps.storage.backends.expectations import refuse_clash, refuse_folder, refuse_link, require_file, require_target
from apps.storage.backends.hidden import hidden_beside, new_token, refuse_hidden
from apps.storage.backends.receipts import RECORD, differs, pack, require_same, tag_of, unpack
from apps.storage.backends.sftp_answers import Attributes, SftpFailure
from apps.storage.backends.sftp_connections import LOST, Connections, Server, parse_host_keys, parse_private_key
from apps.storage.backends.sftp_session import READ, WRITE, Session, Times
from apps.storage.backends.sftp_sums import UNIT, Sums
from apps.storage.backends.sftp_tree import Tree, version_of
from apps.storage.backends.silent import SilentStorage
from apps.storage.errors import (
    AccessDenied,
    Changed,
    ChecksumMismatch,
    FolderNotEmpty,
    IllegalPath,
    NoSuchFile,
    NotAFile,
    QuotaExceeded,
    SignInFailed,
    StorageAway,
    Unsupported,
)
from apps.storage.types import Entry, Features, FilePath, Receipt, Upload

PIECE = 256 * 1024
LATEST_S = 2**32 - 1
_ERRORS: dict[int, type[PortalError]] = {
    SFTP_NO_SUCH_FILE: NoSuchFile,
    SFTP_PERMISSION_DENIED: AccessDenied,
    SFTP_BAD_MESSAGE: IllegalPath,
    SFTP_OP_UNSUPPORTED: Unsupported,
}
"""OpenSSH answers all else with "Failure" (4) and no reason; what that means is looked up by each operation."""


class SftpStorage(SilentStorage):
    """A folder of an SFTP server.

    Settings: ``host``, ``port``, ``username``; ``host_key``, as ``ssh-keyscan`` prints it (several lines are several
    keys); ``root``, the server's folder that is the storage's root; ``timeout_s`` for each answer;
    ``checks_links=False`` for servers that only spell paths out; ``runs_commands=False`` for accounts in which nothing
    is to be run. Credentials: ``password``, or ``private_key`` with
    its ``passphrase``.

    Links: a server follows those on the way to a file by itself, and the protocol has no way to forbid it. So each
    operation asks first where the server says that the folder leads, and is refused if this is elsewhere than spelled;
    a link at the end is told and not followed. Whoever may make links on the server by other means can still swap one
    in between the question and the operation: where that matters, let sshd confine the account (`ChrootDirectory`).

    Times are whole seconds. The version is size and time, for the protocol tells no more: a change within a second
    that keeps the size is not seen. A file is replaced at once where the server knows `posix-rename@openssh.com`; on
    others the old file is deleted just before. What was sent is read back; of large files the server computes the sums
    itself, by `sha256sum` or its like, where it lets this account run commands and these see the same files.
    """

    features = Features(is_parallel=True, resumes=True, makes_links=True)

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
        runs_commands: bool = True,
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
        self.features = replace(self.features, makes_links=checks_links)  # else nothing keeps off what they lead to
        self._connections = Connections(server, self._settle)
        self._sums = Sums(is_allowed=runs_commands)

    def stat(self, path: FilePath) -> Entry:
        with self._tree(path) as tree:
            return tree.stat(path)

    def list(self, path: FilePath) -> Iterator[Entry]:
        with self._tree(path) as tree:
            yield from tree.list(path)

    def read(self, path: FilePath, *, start: int = 0, length: int | None = None, version: str = "") -> Iterator[bytes]:
        with self._tree(path) as tree:
            require_file(entry := tree.stat(path))
            left = max(entry.size - start, 0)
            wanted = left if length is None else min(length, left)
            with tree.session.opened(tree.at(path), READ) as file:
                before, blocks = file.ask_to_stat(), file.read(start, wanted)
                after = file.ask_to_stat()
                _require_version(path, file.told(before), version)
                yield from _pieces(blocks)
                if version:
                    _require_version(path, file.stat() if file.has_asked_on else file.told(after), version)

    def write(self, path: FilePath, data: bytes, *, modified_at: datetime | None = None, verify: bool = True) -> Entry:
        part = hidden_beside(path, new_token())
        with self._tree(path) as tree:
            tree.stand(path)
            try:
                with tree.room(path, len(data)):
                    is_same = tree.session.put(tree.at(part), data, times=_times(modified_at), reads_back=verify)
                if not is_same:
                    raise ChecksumMismatch(f"What the storage has of {path} is not what was sent. Send it again.")
                return tree.replace(part, path)
            except BaseException:
                with suppress(*LOST, SftpFailure):
                    tree.remove(part)
                raise

    def begin(self, path: FilePath, size: int, *, chunk_size: int, modified_at: datetime | None = None) -> Upload:
        upload = Upload(path, size, _summed(chunk_size), {"token": new_token()})
        with self._tree(path) as tree:
            refuse_folder(tree, path)
            free = tree.session.free_bytes(tree.at(path.parent))
            if free is not None and free < size:
                raise QuotaExceeded(f"{path} needs {size} bytes, and {free} are left.")
            for name in (_part(upload), _ledger(upload)):
                tree.session.make(tree.at(name))
            if size > chunk_size:
                self._sums.prepare(tree.session)
        return upload

    def write_chunk(self, upload: Upload, number: int, data: bytes) -> Receipt:
        receipt = Receipt(number, len(data), tag_of(data))
        with self._tree(upload.path) as tree, tree.room(upload.path, len(data)):
            with tree.session.opened(tree.at(_part(upload)), WRITE) as file:
                file.write(number * upload.chunk_size, data)
            with tree.session.opened(tree.at(_ledger(upload)), WRITE) as file:
                file.write(number * RECORD.size, pack(receipt))
        return receipt

    def chunks(self, upload: Upload) -> Mapping[int, Receipt]:
        with self._tree(upload.path) as tree:
            return _held(tree, upload)

    def commit(
        self,
        upload: Upload,
        receipts: Mapping[int, Receipt],
        *,
        modified_at: datetime | None = None,
        verify: bool = True,
    ) -> Entry:
        with self._tree(upload.path) as tree:
            if tree.has(_part(upload)):
                _finish(tree, upload, receipts, modified_at, self._sums if verify else None)
            else:
                _require_finished(tree, upload, receipts)
            tree.remove(_ledger(upload))
            return tree.told(upload.path, tree.session.lstat(tree.at(upload.path)))

    def abort(self, upload: Upload) -> None:
        with self._tree(upload.path) as tree:
            for name in (_part(upload), _ledger(upload)):
                tree.remove(name)

    def sweep(self, folder: FilePath, names: Collection[str], *, until: datetime, kept: Container[str]) -> None:
        with suppress(NoSuchFile), self._tree(folder) as tree:
            for stray in tree.strays(folder, until, kept):
                tree.remove(stray)

    def make_folder(self, path: FilePath) -> None:
        with self._tree(path) as tree:
            tree.stand(path)
            try:
                tree.session.mkdir(tree.at(path))
            except SftpFailure:
                refuse_clash(tree, path)
                raise

    def make_link(self, path: FilePath, target: str) -> Entry:
        if not self.features.makes_links:
            refuse_link()
        said = require_target(target)
        with self._tree(path) as tree:
            tree.stand(path)
            try:
                tree.session.symlink(said, tree.at(path))
            except SftpFailure:
                refuse_clash(tree, path)
                raise
            return tree.stat(path)

    def delete(self, path: FilePath) -> None:
        with self._tree(path) as tree:
            if not tree.stat(path).is_folder:
                tree.session.remove(tree.at(path))
                return
            try:
                tree.session.rmdir(tree.at(path))
            except SftpFailure as error:
                if error.code == SFTP_FAILURE:
                    raise FolderNotEmpty(f"{path} is not empty.") from error
                raise

    def rename(self, old: FilePath, new: FilePath) -> None:
        """Never over another file: OpenSSH sees to it, and servers that do not are asked first what is there."""
        refuse_hidden(new)
        with self._tree(old) as tree:
            tree.stat(old)
            refuse_clash(tree, new)
            try:
                tree.session.rename(tree.at(old), tree.at(new))
            except SftpFailure:
                refuse_clash(tree, new)
                raise

    def set_modified(self, path: FilePath, modified_at: datetime) -> None:
        with self._tree(path) as tree:
            require_file(tree.stat(path))
            tree.session.set_times(tree.at(path), _seconds(modified_at))

    def checksum(self, path: FilePath, algorithm: str) -> str | None:
        return None

    def copy(self, source: FilePath, destination: FilePath) -> Entry | None:
        return None

    def free_bytes(self, folder: FilePath) -> int | None:
        with self._tree(folder) as tree:
            return tree.session.free_bytes(tree.at(folder))

    def signed_url(self, path: FilePath, *, seconds: int, filename: str) -> str | None:
        return None

    def close(self) -> None:
        self._sums.close()
        self._connections.close()

    @contextmanager
    def _tree(self, path: FilePath) -> Iterator[Tree]:
        """What one session sees, and its failures in our words."""
        refuse_hidden(path)
        try:
            with self._connections.lend() as session:
                yield Tree(session, self._real_root, self._checks_links)
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


def _summed(chunk_size: int) -> int:
    """Rounded up for the commands, unless it is small."""
    return chunk_size if chunk_size < UNIT else -(-chunk_size // UNIT) * UNIT


def _part(upload: Upload) -> FilePath:
    return hidden_beside(upload.path, upload.state["token"])


def _ledger(upload: Upload) -> FilePath:
    return hidden_beside(upload.path, f"{upload.state['token']}-receipts")


def _held(tree: Tree, upload: Upload) -> dict[int, Receipt]:
    """The receipts that the server keeps; none of an upload that it does not know."""
    try:
        with tree.session.opened(tree.at(_ledger(upload)), READ) as file:
            return unpack(b"".join(file.read(0, file.stat().size or 0)))
    except SftpFailure:
        return {}


def _finish(
    tree: Tree, upload: Upload, receipts: Mapping[int, Receipt], modified_at: datetime | None, sums: Sums | None
) -> None:
    """With ``sums`` what the server has is compared: by these, or else by reading it back."""
    if differs(upload, receipts, _held(tree, upload)):
        raise ChecksumMismatch(f"{upload.path} is not whole, or not what was sent.")
    with tree.session.opened(tree.at(_part(upload)), READ) as file:
        if file.stat().size != upload.size:
            raise ChecksumMismatch(f"The server has another size of {upload.path} than was sent.")
        if sums and not sums.agree(tree.at(_part(upload)), upload, receipts):
            require_same(file.read(0, upload.size), upload, receipts)
    if modified_at is not None:
        tree.session.set_times(tree.at(_part(upload)), _seconds(modified_at))
    tree.replace(_part(upload), upload.path)


def _require_finished(tree: Tree, upload: Upload, receipts: Mapping[int, Receipt]) -> None:
    """An older file may be there, and of the same size: so it is read, which happens after a crash alone."""
    try:
        require_file(entry := tree.stat(upload.path))
    except (NoSuchFile, NotAFile) as error:
        raise ChecksumMismatch(f"The upload of {upload.path} is not there any more.") from error
    with tree.session.opened(tree.at(upload.path), READ) as file:
        require_same(file.read(0, entry.size), upload, receipts)


def _require_version(path: FilePath, attrs: Attributes, version: str) -> None:
    if version and version_of(attrs) != version:
        raise Changed(f"{path} was changed.")


def _times(modified_at: datetime | None) -> Times | None:
    return None if modified_at is None else _seconds(modified_at)


def _seconds(modified_at: datetime) -> Times:
    """Access and change, in what the protocol can say: from 1970 to 2106."""
    second = min(max(int(modified_at.timestamp()), 0), LATEST_S)
    return second, second


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
