"""WebDAV servers."""

from __future__ import annotations

from collections.abc import Collection, Container, Iterator, Mapping
from contextlib import suppress
from datetime import datetime
from http import HTTPStatus
from pathlib import Path
from typing import Any

import requests

from apps.common.errors import PortalError
from apps.storage.backends.expectations import refuse_clash, refuse_folder, refuse_link, require_file, require_folder
from apps.storage.backends.hidden import hidden_beside, is_hidden, is_stray, new_token, refuse_hidden
from apps.storage.backends.receipts import of_one_piece, require_same
from apps.storage.backends.spool import Contents, SpooledUploads
from apps.storage.backends.web_server import Sized, WebServer, pieces_of, range_header
from apps.storage.backends.webdav_answers import PROPERTIES, entries_of, etag_of
from apps.storage.errors import (
    AlreadyThere,
    Changed,
    ChecksumMismatch,
    FolderNotEmpty,
    NoSuchFile,
    StorageAway,
    Unsupported,
)
from apps.storage.types import Entry, Features, FilePath, Receipt, Upload

BEYOND = HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE
REFUSED = HTTPStatus.BAD_REQUEST


class WebdavStorage(SpooledUploads):
    """A folder of a WebDAV server: Nextcloud, dCache, Apache and others.

    Settings: ``url`` of the folder; ``verify_tls``, ``timeout_s``, ``allowed_networks`` (see ``web_server``);
    ``spool_folder`` of this machine, where large files wait until they are whole. Credentials: ``username`` and
    ``password``, or a ``token``.

    Files are sent whole, to a hidden name, read back from there, and then moved to their own. The version is the
    server's ETag. A server deletes a folder with all that is in it: so whether it is empty is asked first, and what is
    put there between the question and the deletion is lost. The same holds for a file that is replaced: a folder that
    takes its place in that moment is replaced too. Times cannot be set.
    """

    features = Features(keeps_times=False, is_parallel=True, resumes=True, copies=True)

    def __init__(self, *, spool_folder: str = "", **settings: Any) -> None:
        super().__init__(spool_folder)
        self._server = WebServer(**settings)

    def stat(self, path: FilePath) -> Entry:
        refuse_hidden(path)
        return self._stat(path)

    def _stat(self, path: FilePath) -> Entry:
        for entry in self._entries(path, depth=0):
            return entry
        raise NoSuchFile(f"{path} is not there.")

    def list(self, path: FilePath) -> Iterator[Entry]:
        require_folder(self.stat(path))
        entries = [
            entry for entry in self._entries(path, depth=1) if entry.path != path and not is_hidden(entry.path.name)
        ]
        yield from sorted(entries, key=lambda entry: entry.path.name.encode(errors="surrogateescape"))

    def read(self, path: FilePath, *, start: int = 0, length: int | None = None, version: str = "") -> Iterator[bytes]:
        require_file(self.stat(path), version)
        if length == 0:
            return
        headers = range_header(start, length)
        with self._server.ask("GET", self._server.address_of(path), headers=headers, may=[BEYOND]) as response:
            if response.status_code == BEYOND:
                return
            if version and etag_of(response.headers.get("ETag", "")) not in {version, ""}:
                raise Changed(f"{path} was changed.")
            yield from pieces_of(response, start=start, length=length)
        if version:
            require_file(self.stat(path), version)

    def write(self, path: FilePath, data: bytes, *, modified_at: datetime | None = None, verify: bool = True) -> Entry:
        refuse_hidden(path)
        upload, receipts = of_one_piece(path, data)
        return self._put(data, upload, receipts if verify else None)

    def sweep(self, folder: FilePath, names: Collection[str], *, until: datetime, kept: Container[str]) -> None:
        with suppress(NoSuchFile):
            for entry in list(self._entries(folder, depth=1)):
                is_old = entry.modified_at is not None and entry.modified_at < until
                if is_old and is_stray(entry.path.name, kept):
                    self._forget(entry.path)

    def _refuse_name(self, path: FilePath) -> None:
        refuse_hidden(path)

    def _send(
        self, file: Path, upload: Upload, receipts: Mapping[int, Receipt] | None, *, modified_at: datetime | None
    ) -> Entry:
        contents = Contents(file)
        return self._put(contents if len(contents) else b"", upload, receipts)

    def make_folder(self, path: FilePath) -> None:
        refuse_hidden(path)
        require_folder(self.stat(path.parent))
        refuse_clash(self, path)
        url = self._server.address_of(path, is_folder=True)
        with self._server.ask("MKCOL", url, may=[HTTPStatus.METHOD_NOT_ALLOWED]) as response:
            if response.status_code == HTTPStatus.METHOD_NOT_ALLOWED:
                raise AlreadyThere(f"{path} is there already.")

    def make_link(self, path: FilePath, target: str) -> Entry:
        refuse_link()

    def delete(self, path: FilePath) -> None:
        is_folder = self.stat(path).is_folder
        if is_folder and next(self.list(path), None) is not None:
            raise FolderNotEmpty(f"{path} is not empty.")
        with self._server.ask("DELETE", self._server.address_of(path, is_folder=is_folder)) as response:
            _require_whole(response)

    def rename(self, old: FilePath, new: FilePath) -> None:
        refuse_hidden(new)
        is_folder = self.stat(old).is_folder
        if old == new:
            raise AlreadyThere(f"{new} is there already.")
        require_folder(self.stat(new.parent))
        self._move(old, new, is_folder=is_folder, replaces=False)

    def set_modified(self, path: FilePath, modified_at: datetime) -> None:
        raise Unsupported("WebDAV has no way to say when a file was changed.")

    def checksum(self, path: FilePath, algorithm: str) -> str | None:
        return None

    def copy(self, source: FilePath, destination: FilePath) -> Entry | None:
        refuse_hidden(destination)
        require_file(self.stat(source))
        refuse_folder(self, destination)
        part = hidden_beside(destination, new_token())
        with self._server.ask("COPY", self._server.address_of(source), headers=self._to(part)) as response:
            _require_whole(response)
        return self._uncover(part, destination)

    def free_bytes(self, folder: FilePath) -> int | None:
        return None

    def signed_url(self, path: FilePath, *, seconds: int, filename: str) -> str | None:
        return None

    def close(self) -> None:
        self._server.close()

    def _entries(self, path: FilePath, *, depth: int) -> Iterator[Entry]:
        headers = {"Depth": str(depth), "Content-Type": "application/xml"}
        url = self._server.address_of(path)
        with self._server.ask("PROPFIND", url, headers=headers, data=PROPERTIES, may=[REFUSED]) as response:
            if response.status_code == REFUSED:
                raise self._below_a_file(path)
            base = self._server.path_of(FilePath())
            yield from (entry for entry in entries_of(response, base) if path in {entry.path, entry.path.parent})

    def _below_a_file(self, path: FilePath) -> PortalError:
        """Apache takes what would be below a file for a bad request."""
        if path.names and not self._stat(path.parent).is_folder:
            return NoSuchFile(f"{path.parent} is a file; nothing is below it.")
        return StorageAway(f"The server takes {path} for a bad request.")

    def _put(self, data: bytes | Sized, upload: Upload, receipts: Mapping[int, Receipt] | None) -> Entry:
        path = upload.path
        refuse_folder(self, path)
        part = hidden_beside(path, new_token())
        try:
            with self._server.ask("PUT", self._server.address_of(part), data=data, may=[REFUSED]) as response:
                if response.status_code == REFUSED:
                    raise self._below_a_file(path)
            if self._stat(part).size != len(data):
                raise ChecksumMismatch(f"The server has another size of {path} than was sent.")
            if receipts is not None:
                self._require_same(part, upload, receipts)
        except PortalError:
            self._forget(part)
            raise
        return self._uncover(part, path)

    def _require_same(self, part: FilePath, upload: Upload, receipts: Mapping[int, Receipt]) -> None:
        with self._server.ask("GET", self._server.address_of(part)) as response:
            require_same(pieces_of(response, start=0, length=None), upload, receipts)

    def _uncover(self, part: FilePath, path: FilePath) -> Entry:
        try:
            self._move(part, path, is_folder=False, replaces=True)
        except PortalError:
            self._forget(part)
            raise
        return self.stat(path)

    def _move(self, old: FilePath, new: FilePath, *, is_folder: bool, replaces: bool) -> None:
        headers = self._to(new) | {"Overwrite": "T" if replaces else "F"}
        url = self._server.address_of(old, is_folder=is_folder)
        with self._server.ask("MOVE", url, headers=headers, may=[HTTPStatus.PRECONDITION_FAILED]) as response:
            if response.status_code == HTTPStatus.PRECONDITION_FAILED:
                raise AlreadyThere(f"{new} is there already.")
            _require_whole(response)

    def _to(self, path: FilePath) -> dict[str, str]:
        return {"Destination": self._server.address_of(path)}

    def _forget(self, part: FilePath) -> None:
        with suppress(PortalError), self._server.ask("DELETE", self._server.address_of(part)):
            pass


def _require_whole(response: requests.Response) -> None:
    """207 tells that a part of what was asked for failed."""
    if response.status_code == HTTPStatus.MULTI_STATUS:
        raise PortalError(f"{response.request.method} was done in part only: {response.text[:300]}")
