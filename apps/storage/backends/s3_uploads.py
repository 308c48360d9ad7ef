"""Large objects of S3: written in parts, and copied in parts."""

from __future__ import annotations

from collections.abc import Collection, Container, Mapping
from contextlib import suppress
from datetime import datetime
from typing import Any
from uuid import uuid4

from apps.storage.backends.object_keys import kept_time, key_of, time_metadata
from apps.storage.backends.s3_client import NoSuchUpload, S3Client
from apps.storage.backends.s3_objects import (
    content_md5,
    entry_of,
    etag_of,
    etag_of_parts,
    has_arrived,
    is_made_of,
    md5_of,
)
from apps.storage.errors import ChecksumMismatch, NoSuchFile
from apps.storage.types import Entry, Features, FilePath, Receipt, Upload, chunks_of

LARGEST_COPY = 1 << 30
"""Larger objects are copied in parts. S3 takes 5 GiB at once, and answers nothing for minutes while it copies them."""
COPIED_PART = 512 << 20
KNOWN_BY = "upload"
"""The metadata by which a commit that is asked for again knows its own file: the server has forgotten the upload."""


class S3Uploads:
    """The parts of ``S3Storage`` about parts."""

    features: Features
    s3: S3Client

    def begin(self, path: FilePath, size: int, *, chunk_size: int, modified_at: datetime | None = None) -> Upload:
        """With the time given here, and not to ``commit`` alone, S3 does not have to copy the object to keep it."""
        token = uuid4().hex
        metadata = {KNOWN_BY: token} | time_metadata(modified_at)
        begun = self.s3.call("create_multipart_upload", Key=key_of(path), Metadata=metadata)
        least = max(chunk_size, self.features.chunk_size, -(-size // self.features.most_chunks))
        return Upload(path, size, least, {"id": begun["UploadId"], "token": token})

    def write_chunk(self, upload: Upload, number: int, data: bytes) -> Receipt:
        digest = md5_of(data)
        answer = self.s3.call(
            "upload_part", **_named(upload), PartNumber=number + 1, Body=data, ContentMD5=content_md5(digest)
        )
        if not has_arrived(answer, digest):
            raise ChecksumMismatch
        return Receipt(number, len(data), etag_of(answer))

    def chunks(self, upload: Upload) -> Mapping[int, Receipt]:
        known: dict[int, Receipt] = {}
        marker = 0
        while True:
            try:
                page = self.s3.call("list_parts", **_named(upload), PartNumberMarker=marker)
            except NoSuchUpload:
                return {}
            for part in page.get("Parts", ()):
                number = part["PartNumber"] - 1
                known[number] = Receipt(number, part["Size"], etag_of(part))
            if not page.get("IsTruncated"):
                return known
            marker = page["NextPartNumberMarker"]

    def commit(
        self,
        upload: Upload,
        receipts: Mapping[int, Receipt],
        *,
        modified_at: datetime | None = None,
        verify: bool = True,
    ) -> Entry:
        tags = _tags(upload, receipts)
        try:
            answer = self._complete(_named(upload), tags)
        except NoSuchUpload:
            answer = self._done_before(upload, tags)
        head = self.s3.call("head_object", Key=key_of(upload.path))
        if not is_made_of(answer, tags) or head["ContentLength"] != upload.size:
            self.s3.call("delete_object", Key=key_of(upload.path))
            raise ChecksumMismatch
        if modified_at is not None and kept_time(head["Metadata"]) != modified_at:
            self.set_modified(upload.path, modified_at)
            head = self.s3.call("head_object", Key=key_of(upload.path))
        return entry_of(upload.path, head)

    def _complete(self, named: dict[str, str], tags: list[str]) -> dict[str, Any]:
        parts = [{"PartNumber": number, "ETag": f'"{tag}"'} for number, tag in enumerate(tags, 1)]
        return self.s3.call("complete_multipart_upload", **named, MultipartUpload={"Parts": parts})

    def _done_before(self, upload: Upload, tags: list[str]) -> dict[str, Any]:
        with suppress(NoSuchFile):
            head = self.s3.call("head_object", Key=key_of(upload.path))
            if head["Metadata"].get(KNOWN_BY) == upload.state["token"]:
                return {}
            if etag_of(head) == etag_of_parts(tags):  # a server that keeps no metadata
                return head
        raise ChecksumMismatch("The storage does not know this upload any more. Send the file again.")

    def abort(self, upload: Upload) -> None:
        with suppress(NoSuchUpload):
            self.s3.call("abort_multipart_upload", **_named(upload))

    def sweep(self, folder: FilePath, names: Collection[str], *, until: datetime, kept: Container[str]) -> None:
        """Asks for each name, because MinIO tells of uploads only to whom knows the file."""
        for key in (key_of(folder / name) for name in names):
            for begun in self.s3.call("list_multipart_uploads", Prefix=key).get("Uploads", ()):
                named = {"Key": begun["Key"], "UploadId": begun["UploadId"]}
                if begun["Key"] == key and begun["Initiated"] < until and begun["UploadId"] not in kept:
                    with suppress(NoSuchUpload):
                        self.s3.call("abort_multipart_upload", **named)

    def set_modified(self, path: FilePath, modified_at: datetime) -> None:
        """Copies the object onto itself, because S3 changes no metadata otherwise."""
        self.copy_object(key_of(path), key_of(path), more=time_metadata(modified_at))

    def copy_object(self, source: str, target: str, *, more: Mapping[str, str] | None = None) -> None:
        """From key to key within the server, with the metadata and ``more`` of it.

        Raises:
            NoSuchFile: there is no such key. Changed: it became another meanwhile.
        """
        head = self.s3.call("head_object", Key=source)
        kept = {"Metadata": head["Metadata"] | (more or {}), "ContentType": head["ContentType"]}
        whence: dict[str, Any] = {"CopySource": {"Bucket": self.s3.bucket, "Key": source}}
        if head.get("ETag"):
            whence["CopySourceIfMatch"] = head["ETag"]
        if head["ContentLength"] <= LARGEST_COPY:
            self.s3.call("copy_object", Key=target, MetadataDirective="REPLACE", **whence, **kept)
        else:
            self._copy_in_parts(head["ContentLength"], target, whence, kept)

    def _copy_in_parts(self, size: int, target: str, whence: dict[str, Any], kept: dict[str, Any]) -> None:
        begun = self.s3.call("create_multipart_upload", Key=target, **kept)
        named = {"Key": target, "UploadId": begun["UploadId"]}
        try:
            self._complete(named, [self._copy_part(named, part, whence) for part in chunks_of(size, COPIED_PART)])
        except BaseException:
            self.s3.call("abort_multipart_upload", **named)
            raise

    def _copy_part(self, named: dict[str, str], part: tuple[int, int, int], whence: dict[str, Any]) -> str:
        number, start, length = part
        span = f"bytes={start}-{start + length - 1}"
        answer = self.s3.call("upload_part_copy", **named, **whence, PartNumber=number + 1, CopySourceRange=span)
        return etag_of(answer["CopyPartResult"])


def _named(upload: Upload) -> dict[str, str]:
    return {"Key": key_of(upload.path), "UploadId": upload.state["id"]}


def _tags(upload: Upload, receipts: Mapping[int, Receipt]) -> list[str]:
    """The ETags of all parts in order. S3 itself would make a shorter object of fewer parts."""
    expected = {number: length for number, _, length in chunks_of(upload.size, upload.chunk_size)}
    if {number: receipt.size for number, receipt in receipts.items()} != expected:
        raise ChecksumMismatch("Pieces of the file are missing, or have other sizes. Send them.")
    return [receipts[number].tag for number in sorted(receipts)]
