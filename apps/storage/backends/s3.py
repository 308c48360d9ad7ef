"""Files in a bucket of S3 and whatever speaks it, by boto3 (the extra ``s3``).

Objects replace one another whole, so nobody sees half of one.

Each body is sent with its MD5, which a server of S3 has to meet, and the ETag that it answers is compared too, because
some take a digest and do not look at it. Stronger digests are taken by few, and by gateways without a look (FILES §2).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import replace
from datetime import datetime
from heapq import merge
from operator import itemgetter
from typing import Any

from botocore.exceptions import BotoCoreError

from apps.storage.backends.object_keys import attachment, key_of, prefix_of, time_metadata
from apps.storage.backends.object_store import ObjectStore
from apps.storage.backends.s3_client import PastTheEnd, S3Client
from apps.storage.backends.s3_objects import (
    answered_at,
    content_md5,
    entry_of,
    etag_of,
    has_arrived,
    md5_of,
)
from apps.storage.backends.s3_uploads import S3Uploads
from apps.storage.errors import ChecksumMismatch, NoSuchFile, NotAFile, NotAFolder
from apps.storage.types import Entry, EntryKind, Features, FilePath

PIECE = 1 << 20
MOVED_AT_ONCE = 8


class S3Storage(S3Uploads, ObjectStore):
    """One bucket.

    Settings: ``bucket``; ``endpoint_url`` (AWS without one); ``region``; ``path_style`` (the bucket stands in the path
    and not in the host name: right for most servers that are not AWS); ``verify_tls``.
    Credentials: ``access_key`` and ``secret_key``, with ``session_token`` if they are temporary; none for a public
    bucket.

    A time that was given is kept in the metadata `mtime`, as rclone does. Listings have no metadata: they tell when an
    object was last written, and only ``stat`` the kept time.
    """

    features = Features(
        has_folders=False,
        is_parallel=True,
        resumes=True,
        signs_urls=True,
        copies=True,
        chunk_size=5 << 20,
        most_chunks=10_000,
        checksums=frozenset({"md5"}),
    )

    def __init__(
        self,
        *,
        bucket: str,
        endpoint_url: str = "",
        region: str = "us-east-1",
        path_style: bool = True,
        verify_tls: bool = True,
        access_key: str = "",
        secret_key: str = "",
        session_token: str = "",
    ) -> None:
        keys = {"aws_access_key_id": access_key, "aws_secret_access_key": secret_key}
        self.s3 = S3Client(
            bucket=bucket,
            endpoint_url=endpoint_url,
            region=region,
            path_style=path_style and bool(endpoint_url),
            verify_tls=verify_tls,
            keys=keys | ({"aws_session_token": session_token} if session_token else {}) if access_key else {},
        )
        self.features = replace(self.features, signs_urls=bool(access_key))

    def _found(self, path: FilePath, prefix: str) -> Iterator[tuple[str, Entry]]:
        is_known = not prefix
        for page in self._pages(Prefix=prefix, Delimiter="/"):
            for key, entry in _told(path, page):
                is_known = True
                if key != prefix:
                    yield key.removeprefix(prefix), entry
        if not is_known:
            self._head(path)
            raise NotAFolder

    def read(self, path: FilePath, *, start: int = 0, length: int | None = None, version: str = "") -> Iterator[bytes]:
        asked = {"If-Match": f'"{version}"'} if version else {}
        if start or length is not None:
            end = "" if length is None else start + max(length, 1) - 1
            asked["Range"] = f"bytes={start}-{end}"
        body = self.s3.quick.get(key_of(path), asked) or self._asked_for(path, asked)
        if body is not None:
            with closing(body):
                yield from self._pieces(body) if length != 0 else ()

    def _asked_for(self, path: FilePath, asked: dict[str, str]) -> Any:
        """None past the end of a file."""
        try:
            told = {name.replace("-", ""): value for name, value in asked.items()}
            return self.s3.call("get_object", Key=key_of(path), **told)["Body"]
        except NoSuchFile:
            raise NotAFile if self._keys(prefix_of(path), most=1) else NoSuchFile from None
        except PastTheEnd:
            return None

    def _pieces(self, body: Any) -> Iterator[bytes]:
        try:
            while piece := body.read(PIECE):
                yield piece
        except BotoCoreError as error:
            raise self.s3.in_our_words(error) from error

    def write(self, path: FilePath, data: bytes, *, modified_at: datetime | None = None, verify: bool = True) -> Entry:
        key, digest = key_of(path), md5_of(data)
        kept = time_metadata(modified_at)
        md5 = content_md5(digest)
        asked = {"Content-MD5": md5} | {f"x-amz-meta-{name}": told for name, told in kept.items()}
        answer = self.s3.quick.put(key, data, asked) or self.s3.call(
            "put_object", Key=key, Body=data, ContentMD5=md5, Metadata=kept
        )
        if not has_arrived(answer, digest):
            self._forget(key)
            raise ChecksumMismatch
        at = modified_at or answered_at(answer)
        return Entry(path, EntryKind.FILE, size=len(data), modified_at=at, version=etag_of(answer))

    def _make_marker(self, prefix: str) -> None:
        self.s3.call("put_object", Key=prefix, Body=b"", ContentMD5=content_md5(md5_of(b"")))

    def _forget(self, key: str) -> None:
        self.s3.call("delete_object", Key=key)

    def _move_all(self, old: str, new: str) -> None:
        """What is written there meanwhile stays there: only what was copied is deleted."""

        def copy(key: str) -> None:
            target = new + key.removeprefix(old)
            self._make_marker(target) if target.endswith("/") else self.copy_object(key, target)

        moved: list[str] = []
        with ThreadPoolExecutor(MOVED_AT_ONCE) as pool:
            for page in self._pages(Prefix=old):
                keys = [found["Key"] for found in page.get("Contents", ())]
                list(pool.map(copy, keys))
                moved += keys
            list(pool.map(self._forget, moved))

    def copy(self, source: FilePath, destination: FilePath) -> Entry | None:
        self.copy_object(key_of(source), key_of(destination))
        return self.stat(destination)

    def free_bytes(self, folder: FilePath) -> int | None:
        return None

    def signed_url(self, path: FilePath, *, seconds: int, filename: str) -> str | None:
        if not self.features.signs_urls:
            return None
        asked = {"Bucket": self.s3.bucket, "Key": key_of(path), "ResponseContentDisposition": attachment(filename)}
        return str(self.s3.boto.generate_presigned_url("get_object", Params=asked, ExpiresIn=seconds))

    def close(self) -> None:
        self.s3.close()

    def _file(self, path: FilePath) -> Entry:
        return entry_of(path, self._head(path))

    def _head(self, path: FilePath) -> dict[str, Any]:
        return self.s3.call("head_object", Key=key_of(path))

    def _keys(self, prefix: str, *, most: int) -> Sequence[str]:
        page = self.s3.call("list_objects_v2", Prefix=prefix, MaxKeys=most)
        return [found["Key"] for found in page.get("Contents", ())]

    def _pages(self, **asked: str) -> Iterator[dict[str, Any]]:
        token: dict[str, str] = {}
        while True:
            page = self.s3.call("list_objects_v2", **asked, **token)
            yield page
            if not page.get("IsTruncated"):
                return
            token = {"ContinuationToken": page["NextContinuationToken"]}


def _told(path: FilePath, page: dict[str, Any]) -> Iterator[tuple[str, Entry]]:
    """Files and folders of a page, by their keys and in the order of these."""
    files = ((found["Key"], _listed(path, found)) for found in page.get("Contents", ()))
    folders = ((found["Prefix"], Entry(path, EntryKind.FOLDER)) for found in page.get("CommonPrefixes", ()))
    return merge(files, folders, key=itemgetter(0))


def _listed(path: FilePath, found: dict[str, Any]) -> Entry:
    # HEAD tells whole seconds, so a listing does too, or one file would have two times.
    at = found["LastModified"].replace(microsecond=0)
    return Entry(path, EntryKind.FILE, size=found["Size"], modified_at=at, version=etag_of(found))
