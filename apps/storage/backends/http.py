"""Web servers, to read from."""

from __future__ import annotations

import json
from collections.abc import Collection, Container, Iterator, Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from typing import Any, NoReturn

from apps.storage.backends.expectations import require_file, require_folder
from apps.storage.backends.silent import SilentStorage
from apps.storage.backends.web_server import WebServer, pieces_of, range_header
from apps.storage.errors import NotAFile, Unsupported
from apps.storage.types import Entry, EntryKind, Features, FilePath, Receipt, Upload

BEYOND = HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE
_KINDS = {"file": EntryKind.FILE, "directory": EntryKind.FOLDER}


class HttpStorage(SilentStorage):
    """A folder of a web server, which is read and not written.

    Settings: ``url`` of the folder; ``verify_tls``, ``timeout_s``; ``allowed_networks`` to reach addresses that are
    refused else (see ``web_server``). Credentials: ``username`` and ``password``, or a ``token``, if any.

    Files whose paths are known can be read from every server. Folders can be listed where the server gives its index
    as JSON in the form of nginx (``autoindex on; autoindex_format json;``); pages made for people are not read. What is
    a link on the server cannot be told from a file. The version is time and size, for an index tells no more.
    """

    features = Features(keeps_times=False)

    def __init__(self, **settings: Any) -> None:
        self._server = WebServer(**settings)

    def stat(self, path: FilePath) -> Entry:
        if not path.names:
            with self._server.ask("HEAD", self._server.address_of(path)):
                return Entry(path, EntryKind.FOLDER)
        try:
            with self._server.ask("HEAD", self._server.address_of(path)) as response:
                return _file(path, response.headers)
        except NotAFile:
            return Entry(path, EntryKind.FOLDER)

    def list(self, path: FilePath) -> Iterator[Entry]:
        require_folder(self.stat(path))
        with self._server.ask("GET", self._server.address_of(path, is_folder=True)) as response:
            rows = _index(response.content)
        rows.sort(key=lambda row: row["name"].encode(errors="surrogateescape"))
        for row in rows:
            yield _listed(path / row["name"], row)

    def read(self, path: FilePath, *, start: int = 0, length: int | None = None, version: str = "") -> Iterator[bytes]:
        if length == 0 or not path.names:
            require_file(self.stat(path), version)
            return
        headers = range_header(start, length)
        url = self._server.address_of(path)
        with self._server.ask(
            "GET", url, headers=headers, may=[HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE]
        ) as response:
            if response.status_code == HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE:
                require_file(self.stat(path), version)
                return
            require_file(_file(path, response.headers), version)
            yield from pieces_of(response, start=start, length=length)
        if version:
            require_file(self.stat(path), version)

    def checksum(self, path: FilePath, algorithm: str) -> str | None:
        return None

    def copy(self, source: FilePath, destination: FilePath) -> Entry | None:
        return None

    def free_bytes(self, folder: FilePath) -> int | None:
        return None

    def signed_url(self, path: FilePath, *, seconds: int, filename: str) -> str | None:
        return None

    def write(self, path: FilePath, data: bytes, *, modified_at: datetime | None = None, verify: bool = True) -> Entry:
        _refuse()

    def begin(self, path: FilePath, size: int, *, chunk_size: int, modified_at: datetime | None = None) -> Upload:
        _refuse()

    def write_chunk(self, upload: Upload, number: int, data: bytes) -> Receipt:
        _refuse()

    def chunks(self, upload: Upload) -> Mapping[int, Receipt]:
        return {}

    def commit(
        self,
        upload: Upload,
        receipts: Mapping[int, Receipt],
        *,
        modified_at: datetime | None = None,
        verify: bool = True,
    ) -> Entry:
        _refuse()

    def abort(self, upload: Upload) -> None:
        """There is never anything to throw away."""

    def sweep(self, folder: FilePath, names: Collection[str], *, until: datetime, kept: Container[str]) -> None:
        """Nobody writes there."""

    def make_folder(self, path: FilePath) -> None:
        _refuse()

    def make_link(self, path: FilePath, target: str) -> Entry:
        _refuse()

    def delete(self, path: FilePath) -> None:
        _refuse()

    def rename(self, old: FilePath, new: FilePath) -> None:
        _refuse()

    def set_modified(self, path: FilePath, modified_at: datetime) -> None:
        _refuse()

    def close(self) -> None:
        self._server.close()


def _refuse() -> NoReturn:
    raise Unsupported("Collections on web servers are only read. Choose another one to write to.")


def _file(path: FilePath, headers: Mapping[str, str]) -> Entry:
    """Of an answer to ``HEAD``, or to ``GET`` of a part."""
    size = headers.get("Content-Range", "").rpartition("/")[2] or headers.get("Content-Length", "")
    modified_at = _time(headers.get("Last-Modified", ""))
    version = _version(modified_at, int(size)) if size.isdigit() else headers.get("ETag", "")
    return Entry(
        path, EntryKind.FILE, size=int(size) if size.isdigit() else 0, modified_at=modified_at, version=version
    )


def _index(body: bytes) -> list[dict[str, Any]]:
    try:
        rows = json.loads(body.decode(errors="surrogateescape"))
        if all(isinstance(row["name"], str) for row in rows):
            return list(rows)
    except (ValueError, TypeError, KeyError):
        pass
    raise Unsupported(
        "This server gives no index that programs can read. On nginx, say `autoindex on; autoindex_format json;`."
    )


def _listed(path: FilePath, row: dict[str, Any]) -> Entry:
    kind = _KINDS.get(row.get("type", ""), EntryKind.OTHER)
    modified_at = _time(row.get("mtime", ""))
    if kind is not EntryKind.FILE:
        return Entry(path, kind)
    size = int(row.get("size", 0))
    return Entry(path, kind, size=size, modified_at=modified_at, version=_version(modified_at, size))


def _version(modified_at: datetime | None, size: int) -> str:
    return f"{int(modified_at.timestamp())}-{size}" if modified_at else ""


def _time(text: str) -> datetime | None:
    try:
        return parsedate_to_datetime(text).astimezone(UTC)
    except ValueError:
        return None
