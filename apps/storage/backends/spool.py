"""Large files for storages that take a file only whole: their pieces wait on this machine until it is."""

from __future__ import annotations

import os
import shutil
import tempfile
from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from apps.storage.backends.expectations import refuse_folder, require_folder
from apps.storage.backends.hidden import new_token
from apps.storage.backends.receipts import RECORD, differs, pack, require_same, tag_of, unpack
from apps.storage.backends.silent import SilentStorage
from apps.storage.errors import ChecksumMismatch, NoSuchFile, NotAFile, QuotaExceeded
from apps.storage.types import Entry, FilePath, Receipt, Upload

PIECE = 256 * 1024


@dataclass(frozen=True)
class Spool:
    """A folder of this machine. Processes of this machine go on with each other's uploads; on another one an upload has
    no pieces, and they are sent anew."""

    folder: Path

    @classmethod
    def at(cls, folder: str) -> Spool:
        return cls(Path(folder or tempfile.gettempdir()))

    def begin(self, path: FilePath, size: int, *, chunk_size: int) -> Upload:
        """
        Raises:
            QuotaExceeded: this machine has no room for it.
        """
        upload = Upload(path, size, chunk_size, {"token": new_token()})
        free = shutil.disk_usage(self.folder).free
        if free < size:
            raise QuotaExceeded(f"{path} waits on the portal's machine until it is whole, and {free} bytes are left.")
        self._home(upload).mkdir(mode=0o700)
        for file in (self.file(upload), self._receipts(upload)):
            file.touch()
        return upload

    def write_chunk(self, upload: Upload, number: int, data: bytes) -> Receipt:
        receipt = Receipt(number, len(data), tag_of(data))
        _write_at(self.file(upload), number * upload.chunk_size, data)
        _write_at(self._receipts(upload), number * RECORD.size, pack(receipt))
        return receipt

    def chunks(self, upload: Upload) -> Mapping[int, Receipt]:
        with suppress(FileNotFoundError):
            return unpack(self._receipts(upload).read_bytes())
        return {}

    def holds(self, upload: Upload) -> bool:
        return self.file(upload).exists()

    def require_whole(self, upload: Upload, receipts: Mapping[int, Receipt]) -> None:
        """
        Raises:
            ChecksumMismatch: pieces are missing, or are others than the receipts say.
        """
        if differs(upload, receipts, self.chunks(upload)):
            raise ChecksumMismatch(f"{upload.path} is not whole, or not what was sent.")

    def file(self, upload: Upload) -> Path:
        return self._home(upload) / "pieces"

    def discard(self, upload: Upload) -> None:
        shutil.rmtree(self._home(upload), ignore_errors=True)

    def _receipts(self, upload: Upload) -> Path:
        return self._home(upload) / "receipts"

    def _home(self, upload: Upload) -> Path:
        return self.folder / f"vitrine-upload-{upload.state['token']}"


class SpooledUploads(SilentStorage, ABC):
    """The uploads of a storage that takes a file only whole."""

    def __init__(self, spool_folder: str) -> None:
        self._spool = Spool.at(spool_folder)

    def begin(self, path: FilePath, size: int, *, chunk_size: int, modified_at: datetime | None = None) -> Upload:
        self._refuse_name(path)
        refuse_folder(self, path)
        require_folder(self.stat(path.parent))
        return self._spool.begin(path, size, chunk_size=chunk_size)

    def write_chunk(self, upload: Upload, number: int, data: bytes) -> Receipt:
        return self._spool.write_chunk(upload, number, data)

    def chunks(self, upload: Upload) -> Mapping[int, Receipt]:
        return self._spool.chunks(upload)

    def commit(
        self,
        upload: Upload,
        receipts: Mapping[int, Receipt],
        *,
        modified_at: datetime | None = None,
        verify: bool = True,
    ) -> Entry:
        if not self._spool.holds(upload):
            return self._committed(upload, receipts)
        self._spool.require_whole(upload, receipts)
        entry = self._send(self._spool.file(upload), upload, receipts if verify else None, modified_at=modified_at)
        self._spool.discard(upload)
        return entry

    def _committed(self, upload: Upload, receipts: Mapping[int, Receipt]) -> Entry:
        """An older file may be there, and of the same size: so it is read, which happens after a crash alone."""
        with suppress(NoSuchFile, NotAFile):
            entry = self.stat(upload.path)
            require_same(self.read(upload.path, version=entry.version), upload, receipts)
            return entry
        raise ChecksumMismatch(f"The upload of {upload.path} is not on this machine any more.")

    def abort(self, upload: Upload) -> None:
        self._spool.discard(upload)

    @abstractmethod
    def stat(self, path: FilePath) -> Entry:
        """As ``Storage`` says."""

    @abstractmethod
    def read(self, path: FilePath, *, start: int = 0, length: int | None = None, version: str = "") -> Iterator[bytes]:
        """As ``Storage`` says."""

    @abstractmethod
    def _refuse_name(self, path: FilePath) -> None:
        """
        Raises:
            IllegalPath: the storage cannot keep it, or it is the portal's own.
        """

    @abstractmethod
    def _send(
        self, file: Path, upload: Upload, receipts: Mapping[int, Receipt] | None, *, modified_at: datetime | None
    ) -> Entry:
        """Put a file of this machine in its place, at once and whole, and compared with the receipts if there are.

        Raises:
            ChecksumMismatch: what arrived is something else, and is thrown away.
        """


@dataclass(frozen=True)
class Contents:
    """A file as the body of a request: its length is told, and it is sent in pieces."""

    file: Path

    def __len__(self) -> int:
        return self.file.stat().st_size

    def __iter__(self) -> Iterator[bytes]:
        with self.file.open("rb") as opened:
            while piece := opened.read(PIECE):
                yield piece


def _write_at(file: Path, offset: int, data: bytes) -> None:
    try:
        descriptor = os.open(file, os.O_WRONLY)
    except FileNotFoundError as error:
        raise NoSuchFile("The upload is not there any more. Begin it anew.") from error
    try:
        while data:
            done = os.pwrite(descriptor, data, offset)
            offset, data = offset + done, data[done:]
    finally:
        os.close(descriptor)
