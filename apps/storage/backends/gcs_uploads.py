"""Large files of Google Cloud Storage: objects that are composed."""

from __future__ import annotations

import base64
from collections.abc import Collection, Container, Mapping, Sequence
from contextlib import suppress
from datetime import datetime
from uuid import uuid4

from google.cloud.storage import Blob

from apps.storage.backends.gcs_client import GcsClient, in_our_words
from apps.storage.backends.object_keys import kept_time, key_of, time_metadata
from apps.storage.errors import ChecksumMismatch, IllegalPath, NoSuchFile
from apps.storage.types import Entry, EntryKind, Features, FilePath, Receipt, Upload, chunks_of

HIDDEN = ".vitrine-uploads/"
"""Where the pieces are until they are composed. No path leads there, and no listing shows it."""
MOST_COMPOSED = 32
KNOWN_BY = "upload"
"""The metadata by which a commit that is asked for again knows its own file."""


class GcsUploads:
    """The parts of ``GcsStorage`` about pieces."""

    features: Features
    gcs: GcsClient

    def blob(self, path: FilePath) -> Blob:
        key = key_of(path)
        if f"{key}/".startswith(HIDDEN):
            raise IllegalPath("This name is the portal's own. Choose another.")
        return self.gcs.bucket.blob(key)

    def begin(self, path: FilePath, size: int, *, chunk_size: int, modified_at: datetime | None = None) -> Upload:
        self.blob(path)
        least = max(chunk_size, self.features.chunk_size, -(-size // self.features.most_chunks))
        return Upload(path, size, least, {"token": uuid4().hex})

    def write_chunk(self, upload: Upload, number: int, data: bytes) -> Receipt:
        part = self.gcs.bucket.blob(f"{_folder(upload)}{number:06}")
        with in_our_words():
            part.upload_from_string(data, content_type="application/octet-stream", checksum="md5")
        return Receipt(number, len(data), md5_of(part))

    def chunks(self, upload: Upload) -> Mapping[int, Receipt]:
        return {number: Receipt(number, part.size, md5_of(part)) for number, part in self._parts(upload).items()}

    def _parts(self, upload: Upload) -> dict[int, Blob]:
        with in_our_words():
            blobs = list(self.gcs.bucket.list_blobs(prefix=_folder(upload)))
        return {int(name): blob for blob in blobs if (name := blob.name.rpartition("/")[2]).isdecimal()}

    def commit(
        self,
        upload: Upload,
        receipts: Mapping[int, Receipt],
        *,
        modified_at: datetime | None = None,
        verify: bool = True,
    ) -> Entry:
        parts = self._parts(upload)
        there = {number: Receipt(number, part.size, md5_of(part)) for number, part in parts.items()}
        lengths = {number: length for number, _, length in chunks_of(upload.size, upload.chunk_size)}
        if there != dict(receipts) or {number: part.size for number, part in parts.items()} != lengths:
            return self._done_before(upload)
        blob = self.blob(upload.path)
        blob.content_type = "application/octet-stream"
        blob.metadata = {KNOWN_BY: upload.state["token"]} | time_metadata(modified_at)
        self._compose(blob, [parts[number] for number in sorted(parts)], _folder(upload))
        with in_our_words():
            blob.reload()
        self.abort(upload)
        return entry_of(upload.path, blob)

    def _compose(self, target: Blob, parts: Sequence[Blob], folder: str) -> None:
        """Thirty-two at once are what Google takes, so more of them by way of larger pieces."""
        level = 0
        while len(parts) > MOST_COMPOSED:
            groups = [parts[at : at + MOST_COMPOSED] for at in range(0, len(parts), MOST_COMPOSED)]
            larger = [self.gcs.bucket.blob(f"{folder}level-{level}-{at:06}") for at in range(len(groups))]
            for blob, group in zip(larger, groups, strict=True):
                with in_our_words():
                    blob.compose(group)
            parts, level = larger, level + 1
        with in_our_words():
            target.compose(list(parts), if_source_generation_match=[part.generation for part in parts])

    def _done_before(self, upload: Upload) -> Entry:
        with in_our_words():
            blob = self.gcs.bucket.get_blob(key_of(upload.path))
        if blob is None or (blob.metadata or {}).get(KNOWN_BY) != upload.state["token"]:
            raise ChecksumMismatch("The storage has other pieces than these. Send those that it lacks.")
        self.abort(upload)
        return entry_of(upload.path, blob)

    def sweep(self, folder: FilePath, names: Collection[str], *, until: datetime, kept: Container[str]) -> None:
        """There is nothing: an upload is there with its first piece, and so with a ledger that knows it."""

    def abort(self, upload: Upload) -> None:
        with in_our_words():
            blobs = list(self.gcs.bucket.list_blobs(prefix=_folder(upload)))
        for blob in blobs:
            with suppress(NoSuchFile), in_our_words():
                blob.delete()


def entry_of(path: FilePath, blob: Blob) -> Entry:
    """What the store tells of a file, in a listing too."""
    md5 = md5_of(blob)
    return Entry(
        path,
        EntryKind.FILE,
        size=blob.size,
        modified_at=kept_time(blob.metadata) or blob.updated,
        version=str(blob.generation),
        checksums={"md5": md5} if md5 else {},
    )


def md5_of(blob: Blob) -> str:
    """Hexadecimal; "" of what was composed."""
    return base64.b64decode(blob.md5_hash or "").hex()


def _folder(upload: Upload) -> str:
    return f"{HIDDEN}{upload.state['token']}/"
