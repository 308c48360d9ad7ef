"""Files of iRODS, by its own library (the extra ``irods``).

NEVER TRIED ON A SERVER: none could be started where this was written. It is written against python-irodsclient 3.3 and
what the project says of iRODS 4.2.9 and newer. Its names, settings and errors are tested, and that a server which is
away is told so; nothing else is.
"""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Collection, Container, Iterable, Iterator, Mapping
from contextlib import suppress
from datetime import datetime
from itertools import groupby
from pathlib import Path
from typing import Any

from irods import keywords
from irods.models import DataObject

from apps.common.errors import PortalError
from apps.storage.backends.expectations import refuse_clash, refuse_folder, refuse_link, require_file, require_folder
from apps.storage.backends.hidden import HIDDEN, hidden_beside, is_hidden, new_token
from apps.storage.backends.irods_catalogue import Catalogue
from apps.storage.backends.irods_client import IrodsClient, in_our_words
from apps.storage.backends.irods_objects import checksum_of, child_of, entry_of, logical_path, unchecked_path
from apps.storage.backends.receipts import require_same
from apps.storage.backends.spool import Contents, SpooledUploads
from apps.storage.errors import AlreadyThere, ChecksumMismatch, IllegalPath, InvalidCollection, NoSuchFile
from apps.storage.types import Entry, EntryKind, Features, FilePath, Receipt, Upload

PIECE = 1 << 20


class IrodsStorage(SpooledUploads):
    """A collection of iRODS and what is below it. Never tried on a server.

    Settings: ``host``; ``port``; ``zone`` and ``username``; ``root`` (the collection, the name of its zone first);
    ``authentication`` (`native` or `pam_password`); ``is_encrypted``; ``ca_certificate`` (PEM, where the machine does
    not know who signed that of the server); ``spool_folder`` of this machine, where large files wait until they are
    whole.
    Credentials: ``password``.

    Nothing is renamed onto another file on iRODS: a file that is replaced is away for a moment, and comes back if the
    other cannot take its place. If the process ends just then, it is left beside as `.vitrine-….old`, which nothing
    here deletes. What is deleted is in iRODS' trash. Times are whole seconds.
    """

    features = Features(is_parallel=True, resumes=True, copies=True, checksums=frozenset({"sha256"}))

    def __init__(
        self,
        *,
        host: str,
        zone: str,
        username: str,
        root: str,
        port: int = 1247,
        password: str = "",
        authentication: str = "native",
        is_encrypted: bool = True,
        ca_certificate: str = "",
        spool_folder: str = "",
    ) -> None:
        super().__init__(spool_folder)
        try:
            self.root = FilePath.parse(root)
            logical_path(FilePath(), self.root)
        except IllegalPath as error:
            raise InvalidCollection(f"The root {root!r} is no path of iRODS, as `/{zone}/home/{username}`.") from error
        if not self.root.names:
            raise InvalidCollection("Begin the root with the name of a zone.")
        self.irods = IrodsClient(
            host=host,
            port=port,
            zone=zone,
            username=username,
            password=password,
            authentication=authentication,
            is_encrypted=is_encrypted,
            ca_certificate=ca_certificate,
        )
        self.catalogue = Catalogue(self.irods, self.root.names[0])

    def stat(self, path: FilePath) -> Entry:
        at = self._at(path)
        if path.names and (replicas := self.catalogue.replicas(self._at(path.parent), path.name)):
            return entry_of(path, replicas)
        return Entry(path, EntryKind.FOLDER, modified_at=self.catalogue.folder(at))

    def list(self, path: FilePath) -> Iterator[Entry]:
        """Held whole: the catalogue sorts names as its database does."""
        require_folder(self.stat(path))
        folders, rows = self.catalogue.inside(self._at(path))
        found = [Entry(place, EntryKind.FOLDER) for name in folders if (place := child_of(path, name))]
        for name, replicas in groupby(sorted(rows, key=_name), _name):
            if place := child_of(path, name):
                found.append(entry_of(place, replicas))
        found.sort(key=lambda entry: entry.path.name.encode())
        yield from (entry for entry in found if not is_hidden(entry.path.name))

    def read(self, path: FilePath, *, start: int = 0, length: int | None = None, version: str = "") -> Iterator[bytes]:
        entry = self.stat(path)
        require_file(entry, version)
        wanted = min(max(entry.size - start, 0), entry.size if length is None else length)
        got = 0
        for piece in self._bytes(self._at(path), start, wanted):
            got += len(piece)
            yield piece
        if version or got != wanted:
            require_file(self.stat(path), version or entry.version)

    def _bytes(self, at: str, start: int, wanted: int) -> Iterator[bytes]:
        if not wanted:
            return
        with in_our_words():
            file = self.irods.session.data_objects.open(at, "r")
        try:
            with in_our_words():
                file.seek(start)
            while wanted:
                with in_our_words():
                    piece = file.read(min(PIECE, wanted))
                if not piece:
                    return
                wanted -= len(piece)
                yield piece
        finally:
            with in_our_words():
                file.close()

    def write(self, path: FilePath, data: bytes, *, modified_at: datetime | None = None, verify: bool = True) -> Entry:
        self._refuse_name(path)
        refuse_folder(self, path)
        require_folder(self.stat(path.parent))
        return self._put([data], path, new_token(), modified_at, verify=verify)

    def _send(
        self, file: Path, upload: Upload, receipts: Mapping[int, Receipt] | None, *, modified_at: datetime | None
    ) -> Entry:
        """What waits here is compared with the receipts, and what arrives there with what waits here."""
        if receipts is not None:
            require_same(Contents(file), upload, receipts)
        token = upload.state["token"]
        return self._put(Contents(file), upload.path, token, modified_at, verify=receipts is not None)

    def _put(
        self, pieces: Iterable[bytes], path: FilePath, token: str, modified_at: datetime | None, *, verify: bool
    ) -> Entry:
        part = self._part(path, token)
        try:
            digests = self._fill(part, pieces)
            if verify:
                self._require_arrived(part, digests)
            if modified_at is not None:
                self._touch(part, modified_at)
            self._replace(part, path)
        except BaseException:
            with suppress(PortalError):
                self._forget(part)
            raise
        return self.stat(path)

    def _fill(self, part: str, pieces: Iterable[bytes]) -> dict[str, str]:
        """The digests of what was sent, in both ways that a zone may have chosen."""
        digests = {"sha256": hashlib.sha256(), "md5": hashlib.md5(usedforsecurity=False)}
        with in_our_words(), self.irods.session.data_objects.open(part, "w") as file:
            for piece in pieces:
                file.write(piece)
                for digest in digests.values():
                    digest.update(piece)
        return {algorithm: digest.hexdigest() for algorithm, digest in digests.items()}

    def _require_arrived(self, part: str, digests: Mapping[str, str]) -> None:
        """By the checksum that iRODS computes of what it has, or by reading it back where that is of another kind."""
        with in_our_words():
            told = self.irods.session.data_objects.chksum(part, **{keywords.FORCE_CHKSUM_KW: ""})
        algorithm, digest = checksum_of(told)
        if algorithm not in digests:
            algorithm, digest = "sha256", self._read_again(part)
        if digests[algorithm] != digest:
            raise ChecksumMismatch

    def _read_again(self, part: str) -> str:
        digest = hashlib.sha256()
        for piece in self._bytes(part, 0, sys.maxsize):
            digest.update(piece)
        return digest.hexdigest()

    def _replace(self, part: str, path: FilePath) -> None:
        at = self._at(path)
        before = unchecked_path(self.root, path.parent / f"{HIDDEN}{new_token()}.old")
        try:
            self._move(at, before)
        except NoSuchFile:
            self._move(part, at)
            return
        try:
            self._move(part, at)
        except BaseException:
            self._move(before, at)
            raise
        self._forget(before)

    def sweep(self, folder: FilePath, names: Collection[str], *, until: datetime, kept: Container[str]) -> None:
        """Leaves all: a `.vitrine-….old` may be the only copy of a file, and none of this could be tried."""

    def make_folder(self, path: FilePath) -> None:
        refuse_clash(self, path)
        require_folder(self.stat(path.parent))
        with in_our_words():
            self.irods.session.collections.create(self._at(path), recurse=False)

    def make_link(self, path: FilePath, target: str) -> Entry:
        refuse_link()

    def delete(self, path: FilePath) -> None:
        entry, session = self.stat(path), self.irods.session
        with in_our_words():
            if entry.is_folder:
                session.collections.remove(self._at(path), recurse=False)
            else:
                session.data_objects.unlink(self._at(path))

    def rename(self, old: FilePath, new: FilePath) -> None:
        entry = self.stat(old)
        refuse_clash(self, new)
        require_folder(self.stat(new.parent))
        if new.is_within(old):
            raise AlreadyThere(f"{old} cannot be moved into itself.")
        if entry.is_folder:
            with in_our_words():
                self.irods.session.collections.move(self._at(old), self._at(new))
        else:
            self._move(self._at(old), self._at(new))

    def set_modified(self, path: FilePath, modified_at: datetime) -> None:
        require_file(self.stat(path))
        self._touch(self._at(path), modified_at)

    def checksum(self, path: FilePath, algorithm: str) -> str | None:
        if algorithm not in self.features.checksums:
            return None
        require_file(self.stat(path))
        with in_our_words():
            told = self.irods.session.data_objects.chksum(self._at(path))
        return dict([checksum_of(told)]).get(algorithm)

    def copy(self, source: FilePath, destination: FilePath) -> Entry | None:
        require_file(self.stat(source))
        refuse_folder(self, destination)
        part = self._part(destination, new_token())
        with in_our_words():
            self.irods.session.data_objects.copy(self._at(source), part)
        self._replace(part, destination)
        return self.stat(destination)

    def free_bytes(self, folder: FilePath) -> int | None:
        return None

    def signed_url(self, path: FilePath, *, seconds: int, filename: str) -> str | None:
        return None

    def close(self) -> None:
        self.irods.close()

    def _at(self, path: FilePath) -> str:
        return logical_path(self.root, path)

    def _part(self, path: FilePath, token: str) -> str:
        return unchecked_path(self.root, hidden_beside(path, token))

    def _refuse_name(self, path: FilePath) -> None:
        self._at(path)

    def _move(self, old: str, new: str) -> None:
        with in_our_words():
            self.irods.session.data_objects.move(old, new)

    def _touch(self, at: str, modified_at: datetime) -> None:
        with in_our_words():
            seconds = int(modified_at.timestamp())
            self.irods.session.data_objects.touch(at, no_create=True, seconds_since_epoch=seconds)

    def _forget(self, at: str) -> None:
        with in_our_words():
            self.irods.session.data_objects.unlink(at, force=True)


def _name(row: Mapping[Any, Any]) -> str:
    return str(row[DataObject.name])
