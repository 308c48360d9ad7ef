"""Files in a bucket of Google Cloud Storage, by Google's library (the extra ``gcs``).

As on S3 there are no folders. A large file is written as objects of their own, one a piece, under a hidden name, and
composed within the store: Google's own resumable uploads take one piece after the other, and tell no digest of a piece.

Tested on fake-gcs-server; never yet on Google's own.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from google.cloud.storage import Blob

from apps.storage.backends.gcs_client import GcsClient, in_our_words
from apps.storage.backends.gcs_uploads import HIDDEN, GcsUploads, entry_of
from apps.storage.backends.object_keys import attachment, prefix_of, time_metadata
from apps.storage.backends.object_store import ObjectStore
from apps.storage.errors import Changed, NoSuchFile, NotAFile, NotAFolder
from apps.storage.types import Entry, EntryKind, Features, FilePath

PIECE = 1 << 20
FETCHED = 8 * PIECE
"""Asked for at once, and checked by Google's digest when it is a whole object."""


class GcsStorage(GcsUploads, ObjectStore):
    """One bucket.

    Settings: ``bucket``; ``endpoint_url`` (Google's own without one).
    Credentials: ``service_account``, the JSON key of a service account as an object; none for a public bucket.
    """

    features = Features(
        has_folders=False,
        is_parallel=True,
        resumes=True,
        signs_urls=True,
        copies=True,
        chunk_size=1,
        most_chunks=10_000,
        checksums=frozenset({"md5"}),
    )

    def __init__(self, *, bucket: str, endpoint_url: str = "", service_account: dict[str, str] | None = None) -> None:
        self.gcs = GcsClient(bucket=bucket, endpoint_url=endpoint_url, service_account=service_account or {})
        self.features = replace(self.features, signs_urls=bool(service_account))

    def _found(self, path: FilePath, prefix: str) -> Iterator[tuple[str, Entry]]:
        is_known = not prefix
        for page in self._pages(prefix, delimiter="/"):
            files = [(str(blob.name), entry_of(path, blob)) for blob in page]
            folders = [(key, Entry(path, EntryKind.FOLDER)) for key in page.prefixes]
            for key, entry in sorted(files + folders, key=lambda found: found[0]):
                is_known = True
                if key not in {prefix, HIDDEN}:
                    yield key.removeprefix(prefix), entry
        if not is_known:
            self._get(path)
            raise NotAFolder

    def read(self, path: FilePath, *, start: int = 0, length: int | None = None, version: str = "") -> Iterator[bytes]:
        try:
            blob = self._get(path)
        except NoSuchFile:
            raise NotAFile if self._keys(prefix_of(path), most=1) else NoSuchFile from None
        if version and str(blob.generation) != version:
            raise Changed
        end = blob.size if length is None else min(start + length, blob.size)
        for at in range(start, end, FETCHED):
            fetched = self._fetch(blob, at, min(at + FETCHED, end))
            for piece in range(0, len(fetched), PIECE):
                yield fetched[piece : piece + PIECE]

    def _fetch(self, blob: Blob, start: int, end: int) -> bytes:
        try:
            with in_our_words():
                generation = blob.generation
                return bytes(blob.download_as_bytes(start=start, end=end - 1, if_generation_match=generation))
        except NoSuchFile:
            raise Changed from None  # This generation is gone: it was there when the reading began.

    def write(self, path: FilePath, data: bytes, *, modified_at: datetime | None = None, verify: bool = True) -> Entry:
        blob = self.blob(path)
        blob.metadata = time_metadata(modified_at)
        with in_our_words():
            blob.upload_from_string(data, content_type="application/octet-stream", checksum="md5")
        return entry_of(path, blob)

    def _move_all(self, old: str, new: str) -> None:
        """What is written there meanwhile stays there: only what was copied is deleted."""
        moved = []
        for blob in self._below(old):
            self.copy_blob(blob, self.gcs.bucket.blob(new + blob.name.removeprefix(old)))
            moved.append(blob.name)
        for name in moved:
            self._forget(name)

    def _make_marker(self, prefix: str) -> None:
        with in_our_words():
            self.gcs.bucket.blob(prefix).upload_from_string(b"", checksum="md5")

    def _forget(self, key: str) -> None:
        with in_our_words():
            self.gcs.bucket.blob(key).delete()

    def set_modified(self, path: FilePath, modified_at: datetime) -> None:
        blob = self._get(path)
        blob.metadata = (blob.metadata or {}) | time_metadata(modified_at)
        with in_our_words():
            blob.patch()

    def copy(self, source: FilePath, destination: FilePath) -> Entry | None:
        target = self.blob(destination)
        self.copy_blob(self._get(source), target)
        return self.stat(destination)

    def copy_blob(self, source: Blob, target: Blob) -> None:
        token = None
        with in_our_words():
            while (told := target.rewrite(source, token=token))[0]:
                token = told[0]

    def free_bytes(self, folder: FilePath) -> int | None:
        return None

    def signed_url(self, path: FilePath, *, seconds: int, filename: str) -> str | None:
        if not self.features.signs_urls:
            return None
        lasting = timedelta(seconds=seconds)
        with in_our_words():
            return str(
                self.blob(path).generate_signed_url(lasting, version="v4", response_disposition=attachment(filename))
            )

    def close(self) -> None:
        self.gcs.close()

    def _file(self, path: FilePath) -> Entry:
        return entry_of(path, self._get(path))

    def _get(self, path: FilePath) -> Blob:
        with in_our_words():
            blob = self.gcs.bucket.get_blob(self.blob(path).name)
        if blob is None:
            raise NoSuchFile
        return blob

    def _keys(self, prefix: str, *, most: int) -> Sequence[str]:
        with in_our_words():
            return [str(blob.name) for blob in self.gcs.bucket.list_blobs(prefix=prefix, max_results=most)]

    def _below(self, prefix: str) -> Iterator[Blob]:
        for page in self._pages(prefix):
            yield from page

    def _pages(self, prefix: str, **asked: str) -> Iterator[Any]:
        pages = iter(self.gcs.bucket.list_blobs(prefix=prefix, **asked).pages)
        while True:
            with in_our_words():
                page = next(pages, None)
            if page is None:
                return
            yield page
