"""Google Drive and Box, by the program rclone: one call of it for each thing that is asked.

Neither was tried here, for both ask for an account: what is tested is this driver, on rclone's own ``local``. rclone is
not among the portal's dependencies; it has to be on the machine (1.75 or newer).
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import tempfile
from collections.abc import Collection, Container, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Any, cast

from apps.common.errors import PortalError
from apps.storage.backends.expectations import refuse_clash, refuse_link, require_file, require_folder
from apps.storage.backends.hidden import is_hidden, refuse_hidden
from apps.storage.backends.receipts import require_same
from apps.storage.backends.spool import Contents, SpooledUploads
from apps.storage.errors import (
    AlreadyThere,
    ChecksumMismatch,
    FolderNotEmpty,
    IllegalPath,
    InvalidCollection,
    NoSuchFile,
    StorageAway,
)
from apps.storage.types import Entry, EntryKind, Features, FilePath, Receipt, Upload

PIECE = 256 * 1024
PATIENCE_S = 300
"""For everything but the contents of files."""
NO_FOLDER, NO_FILE = 3, 4
"""The program's exit codes."""
CORRUPTED = "corrupted on transfer"
"""How it says that a checksum differs. It has no exit code for that."""
_ERRORS: dict[int, type[PortalError]] = {NO_FOLDER: NoSuchFile, NO_FILE: NoSuchFile}


class RcloneStorage(SpooledUploads):
    """What a backend of rclone reaches.

    Settings and credentials: the options of the backend, as rclone names them, and ``spool_folder`` of this machine,
    where files wait until they are whole. They reach the program by its environment alone, and it reads no
    configuration of the machine. The version is time and size. A name that rclone has to write otherwise on
    the service (it says so in ``encoding``) is the same name here.
    """

    backend = ""
    root = ""
    features = Features(is_parallel=True, resumes=True)

    def __init__(self, *, spool_folder: str = "", **options: Any) -> None:
        program = shutil.which("rclone")
        if program is None:
            raise InvalidCollection("The program rclone is not on this machine. Install rclone 1.75 or newer.")
        super().__init__(spool_folder)
        self._program = program
        self._environment = {
            "PATH": os.environ.get("PATH", ""),
            "HOME": tempfile.gettempdir(),
            "RCLONE_CONFIG": os.devnull,
            "RCLONE_CONFIG_STORAGE_TYPE": self.backend,
        } | {f"RCLONE_CONFIG_STORAGE_{name.upper()}": str(option) for name, option in options.items()}

    def stat(self, path: FilePath) -> Entry:
        refuse_hidden(path)
        return _told(path, json.loads(self._ask("lsjson", "--stat", "--no-mimetype", self._at(path))))

    def list(self, path: FilePath) -> Iterator[Entry]:
        require_folder(self.stat(path))
        rows = json.loads(self._ask("lsjson", "--no-mimetype", self._at(path)))
        rows.sort(key=lambda row: row["Name"].encode(errors="surrogateescape"))
        yield from (_told(path / row["Name"], row) for row in rows if not is_hidden(row["Name"]))

    def read(self, path: FilePath, *, start: int = 0, length: int | None = None, version: str = "") -> Iterator[bytes]:
        entry = self.stat(path)
        require_file(entry, version)
        wanted = min(max(entry.size - start, 0), entry.size if length is None else length)
        if not wanted:
            return
        with self._running("cat", f"--offset={start}", f"--count={wanted}", self._at(path)) as process:
            got, output = 0, cast(IO[bytes], process.stdout)
            while piece := output.read(PIECE):
                got += len(piece)
                yield piece
        if version or got != wanted:
            require_file(self.stat(path), version or entry.version)

    def write(self, path: FilePath, data: bytes, *, modified_at: datetime | None = None, verify: bool = True) -> Entry:
        upload = self.begin(path, len(data), chunk_size=max(len(data), 1))
        try:
            receipts = {0: self.write_chunk(upload, 0, data)}
            return self.commit(upload, receipts, modified_at=modified_at, verify=verify)
        finally:
            self.abort(upload)

    def _send(
        self, file: Path, upload: Upload, receipts: Mapping[int, Receipt] | None, *, modified_at: datetime | None
    ) -> Entry:
        """rclone compares the service's checksum with that of the file here, which is compared before."""
        if receipts is not None:
            require_same(Contents(file), upload, receipts)
        if modified_at is not None:
            os.utime(file, (modified_at.timestamp(), modified_at.timestamp()))
        self._ask("copyto", "--ignore-times", str(file), self._at(upload.path), patience_s=None)
        return self.stat(upload.path)

    def sweep(self, folder: FilePath, names: Collection[str], *, until: datetime, kept: Container[str]) -> None:
        """Nothing waits there: what is on its way is on this machine."""

    def make_folder(self, path: FilePath) -> None:
        self._refuse_name(path)
        refuse_clash(self, path)
        require_folder(self.stat(path.parent))
        self._ask("mkdir", self._at(path))

    def make_link(self, path: FilePath, target: str) -> Entry:
        refuse_link()

    def delete(self, path: FilePath) -> None:
        if not self.stat(path).is_folder:
            self._ask("deletefile", self._at(path))
            return
        if next(self.list(path), None) is not None:
            raise FolderNotEmpty(f"{path} is not empty.")
        self._ask("rmdir", self._at(path))

    def rename(self, old: FilePath, new: FilePath) -> None:
        self._refuse_name(new)
        self.stat(old)
        refuse_clash(self, new)
        require_folder(self.stat(new.parent))
        if new.is_within(old):
            raise AlreadyThere(f"{old} cannot be moved into itself.")
        self._ask("moveto", self._at(old), self._at(new), patience_s=None)

    def set_modified(self, path: FilePath, modified_at: datetime) -> None:
        require_file(self.stat(path))
        stamp = modified_at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%f")
        self._ask("touch", "--no-create", f"--timestamp={stamp}", self._at(path))

    def checksum(self, path: FilePath, algorithm: str) -> str | None:
        if algorithm not in self.features.checksums:
            return None
        words = self._ask("hashsum", algorithm, self._at(path)).split()
        return words[0].decode() if words else None

    def copy(self, source: FilePath, destination: FilePath) -> Entry | None:
        return None

    def free_bytes(self, folder: FilePath) -> int | None:
        return None

    def signed_url(self, path: FilePath, *, seconds: int, filename: str) -> str | None:
        return None

    def close(self) -> None:
        """Nothing is held open."""

    def _at(self, path: FilePath) -> str:
        return f"storage:{self.root}{path}" if self.root else f"storage:{str(path)[1:]}"

    def _ask(self, *words: str, patience_s: float | None = PATIENCE_S) -> bytes:
        with self._running(*words) as process:
            try:
                output, _ = process.communicate(timeout=patience_s)
            except subprocess.TimeoutExpired as error:
                raise StorageAway(f"{self.backend} did not answer within {patience_s} seconds.") from error
        return output

    @contextmanager
    def _running(self, *words: str) -> Iterator[subprocess.Popen[bytes]]:
        """The program, its answer to be read; ended with the block, and its failure told in our words."""
        with tempfile.TemporaryFile() as said:
            command = [self._program, "--retries=1", "--log-level=ERROR", *words]
            with subprocess.Popen(
                command, env=self._environment, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=said
            ) as process:
                try:
                    yield process
                except BaseException:
                    process.kill()
                    raise
            if process.returncode:
                said.seek(0)
                last = said.read().decode(errors="replace").strip().splitlines()[-1:]
                kind = ChecksumMismatch if CORRUPTED in "".join(last) else _ERRORS.get(process.returncode, StorageAway)
                raise kind(f"{self.backend}: {''.join(last)[-300:]}")

    def _refuse_name(self, path: FilePath) -> None:
        """
        Raises:
            IllegalPath: a name is no UTF-8, or has control characters. rclone would write it otherwise.
        """
        refuse_hidden(path)
        if any(sign < " " or sign == "\x7f" or "\udc80" <= sign <= "\udcff" for sign in str(path)):
            raise IllegalPath("Names on this storage are UTF-8, with no control characters.")


class DriveStorage(RcloneStorage):
    """Google Drive. Credentials: ``service_account_credentials`` (JSON). Settings: ``root_folder_id``, ``team_drive``.

    A token of a person is not taken: rclone would renew it, and have no place to keep the new one.
    """

    backend = "drive"
    features = Features(is_parallel=True, resumes=True, checksums=frozenset({"md5", "sha1", "sha256"}))


class BoxStorage(RcloneStorage):
    """Box. Credentials: ``config_credentials``, the app's ``config.json``. Settings: ``box_sub_type``,
    ``root_folder_id``."""

    backend = "box"
    features = Features(is_parallel=True, resumes=True, checksums=frozenset({"sha1"}))


def _told(path: FilePath, row: dict[str, Any]) -> Entry:
    modified_at = datetime.fromisoformat(row["ModTime"]).astimezone(UTC)
    if row["IsDir"]:
        return Entry(path, EntryKind.FOLDER, modified_at=modified_at)
    size = max(row["Size"], 0)
    return Entry(path, EntryKind.FILE, size=size, modified_at=modified_at, version=f"{row['ModTime']}-{size}")
