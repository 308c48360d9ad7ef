"""Files in a container of Azure Blob, by Azure's library (the extra ``azure``).

As on S3 there are no folders, and blobs replace one another whole. Each body is sent with its MD5, which Azure has to
meet, and each piece that is read comes with one, which the library compares.

Tested on Azurite, Microsoft's own emulator; never yet on Azure itself.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import datetime
from itertools import islice
from typing import Any

from azure.storage.blob import BlobProperties

from apps.storage.backends.azure_client import AzureClient, PastTheEnd, in_our_words
from apps.storage.backends.azure_objects import bare, blob_name, entry_of, md5_header, while_it_is
from apps.storage.backends.azure_uploads import BYTES, COPIED_AT_ONCE, AzureUploads
from apps.storage.backends.hidden import is_hidden
from apps.storage.backends.object_keys import attachment, prefix_of, time_metadata
from apps.storage.backends.object_store import ObjectStore
from apps.storage.errors import Changed, ChecksumMismatch, NoSuchFile, NotAFile, NotAFolder
from apps.storage.types import Entry, EntryKind, Features, FilePath

PIECE = 1 << 20
FETCHED = 4 * PIECE
"""Asked for at once: of more Azure tells no MD5."""
PAGE = 5000


class AzureStorage(AzureUploads, ObjectStore):
    """One container, of an account without a hierarchical namespace.

    Settings: ``account``; ``container``; ``endpoint_url`` (that of the account on Azure without one).
    Credentials: ``account_key``, or a ``sas_token`` with the rights to read, list, write and delete; none for a public
    container. Only with the key addresses are signed.

    A time that was given is kept in the metadata `mtime`, as rclone does.
    """

    features = Features(
        has_folders=False,
        is_parallel=True,
        resumes=True,
        signs_urls=True,
        copies=True,
        chunk_size=1,
        most_chunks=50_000,
        checksums=frozenset({"md5"}),
    )

    def __init__(
        self, *, account: str, container: str, endpoint_url: str = "", account_key: str = "", sas_token: str = ""
    ) -> None:
        self.azure = AzureClient(
            account=account,
            container=container,
            endpoint_url=endpoint_url,
            account_key=account_key,
            sas_token=sas_token,
        )
        self.features = replace(self.features, signs_urls=self.azure.can_sign)

    def _found(self, path: FilePath, prefix: str) -> Iterator[tuple[str, Entry]]:
        is_known = not prefix
        for page in self._pages(prefix):
            for key, entry in sorted((_told(path, found) for found in page), key=lambda told: told[0].encode()):
                is_known = True
                name = key.removeprefix(prefix)
                if name and not is_hidden(name):
                    yield name, entry
        if not is_known:
            self._file(path)
            raise NotAFolder

    def _pages(self, prefix: str) -> Iterator[list[Any]]:
        """Of the library's prefixes and blobs, the first of them first."""
        asked: dict[str, Any] = {"include": ["metadata"], "delimiter": "/", "results_per_page": PAGE}
        pages = self.azure.container.walk_blobs(prefix or None, **asked).by_page()
        while True:
            with in_our_words():
                page = next(pages, None)
                if page is None:
                    return
                found = list(page)
            yield found

    def read(self, path: FilePath, *, start: int = 0, length: int | None = None, version: str = "") -> Iterator[bytes]:
        at, end = start, None if length is None else start + length
        while True:
            wanted = FETCHED if end is None else min(FETCHED, end - at)
            try:
                fetched, size, etag = self._fetch(path, at, max(wanted, 1), version)
            except PastTheEnd:
                return
            except NoSuchFile:
                raise self._instead_of(path, is_begun=at > start) from None
            for piece in range(0, min(len(fetched), wanted), PIECE):
                yield fetched[piece : piece + PIECE]
            at, version, end = at + len(fetched), etag, size if end is None else min(end, size)
            if at >= end:
                return

    def _fetch(self, path: FilePath, start: int, length: int, version: str) -> tuple[bytes, int, str]:
        """Some bytes, the size of the file, and its version."""
        same = while_it_is(version) if version else {}
        with in_our_words():
            blob = self.azure.blob(blob_name(path))
            answer = blob.download_blob(start, length, validate_content=True, **same)
            told = answer.properties
            size = int(str(told.content_range).rpartition("/")[2])
            return answer.readall(), size, bare(told.etag)

    def _instead_of(self, path: FilePath, *, is_begun: bool) -> Exception:
        if is_begun:
            return Changed()
        return NotAFile() if self._keys(prefix_of(path), most=1) else NoSuchFile()

    def write(self, path: FilePath, data: bytes, *, modified_at: datetime | None = None, verify: bool = True) -> Entry:
        digest = hashlib.md5(data, usedforsecurity=False).digest()
        key, kept = blob_name(path), time_metadata(modified_at)
        with in_our_words():
            answer = self.azure.blob(key).upload_blob(
                data, overwrite=True, content_settings=BYTES, metadata=kept, headers=md5_header(digest)
            )
        held = bytes(answer.get("content_md5") or digest)
        if held != digest:
            self._forget(key)
            raise ChecksumMismatch
        return Entry(
            path,
            EntryKind.FILE,
            size=len(data),
            modified_at=modified_at or answer["last_modified"],
            version=bare(answer["etag"]),
            checksums={"md5": digest.hex()},
        )

    def _make_marker(self, prefix: str) -> None:
        with in_our_words():
            self.azure.blob(prefix).upload_blob(b"", overwrite=True)

    def _forget(self, key: str, **same: Any) -> None:
        with in_our_words():
            self.azure.blob(key).delete_blob(delete_snapshots="include", **same)

    def _move_all(self, old: str, new: str) -> None:
        """What is written there meanwhile stays there, and so does what became another."""

        def copy(blob: BlobProperties) -> None:
            self.copy_blob(blob, new + str(blob.name).removeprefix(old))

        def forget(blob: BlobProperties) -> None:
            self._forget(str(blob.name), **while_it_is(blob.etag))

        with in_our_words():
            moved = list(self.azure.container.list_blobs(old, include=["metadata"]))
        with ThreadPoolExecutor(COPIED_AT_ONCE) as pool:
            for act in (copy, forget):
                list(pool.map(act, moved))

    def set_modified(self, path: FilePath, modified_at: datetime) -> None:
        blob = self.properties(blob_name(path))
        kept = blob.metadata | time_metadata(modified_at)
        with in_our_words():
            self.azure.blob(blob_name(path)).set_blob_metadata(kept, **while_it_is(blob.etag))

    def copy(self, source: FilePath, destination: FilePath) -> Entry | None:
        self.copy_blob(self.properties(blob_name(source)), blob_name(destination))
        return self.stat(destination)

    def free_bytes(self, folder: FilePath) -> int | None:
        return None

    def signed_url(self, path: FilePath, *, seconds: int, filename: str) -> str | None:
        if not self.features.signs_urls:
            return None
        return self.azure.readable_url(blob_name(path), seconds=seconds, disposition=attachment(filename))

    def close(self) -> None:
        self.azure.close()

    def _file(self, path: FilePath) -> Entry:
        return entry_of(path, self.properties(blob_name(path)))

    def _keys(self, prefix: str, *, most: int) -> Sequence[str]:
        with in_our_words():
            names = self.azure.container.list_blob_names(name_starts_with=prefix or None, results_per_page=most)
            return list(islice(names, most))


def _told(path: FilePath, found: Any) -> tuple[str, Entry]:
    is_blob = isinstance(found, BlobProperties)
    return str(found.name), entry_of(path, found) if is_blob else Entry(path, EntryKind.FOLDER)
