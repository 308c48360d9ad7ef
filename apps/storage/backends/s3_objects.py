"""What S3 says of objects, and their digests. Nothing here asks a server."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Mapping, Sequence
from datetime import datetime
from email.utils import parsedate_to_datetime
from typing import Any

from apps.storage.backends.object_keys import kept_time
from apps.storage.types import Entry, EntryKind, FilePath

_MD5 = re.compile(r"[0-9a-f]{32}")


def entry_of(path: FilePath, head: Mapping[str, Any]) -> Entry:
    """What HEAD tells of a file."""
    etag = etag_of(head)
    return Entry(
        path,
        EntryKind.FILE,
        size=head["ContentLength"],
        modified_at=kept_time(head.get("Metadata")) or head["LastModified"],
        version=etag,
        checksums={"md5": etag} if is_md5(etag) and not is_encrypted(head) else {},
    )


def etag_of(answer: Mapping[str, Any]) -> str:
    return str(answer.get("ETag", "")).strip('"')


def is_md5(etag: str) -> bool:
    return _MD5.fullmatch(etag) is not None


def is_encrypted(answer: Mapping[str, Any]) -> bool:
    """Whether with keys that are kept elsewhere: then an ETag looks like an MD5 and is none."""
    return str(answer.get("ServerSideEncryption", "")).startswith("aws:kms") or "SSECustomerAlgorithm" in answer


def md5_of(data: bytes) -> bytes:
    return hashlib.md5(data, usedforsecurity=False).digest()


def content_md5(digest: bytes) -> str:
    return base64.b64encode(digest).decode()


def has_arrived(answer: Mapping[str, Any], digest: bytes) -> bool:
    """Whether the server has the bytes of this digest. It was sent along, and a server of S3 has to refuse others; an
    ETag that is an MD5 says it once more."""
    etag = etag_of(answer)
    return etag == digest.hex() or not is_md5(etag) or is_encrypted(answer)


def is_made_of(answer: Mapping[str, Any], tags: Sequence[str]) -> bool:
    """Whether an upload was put together from just these parts, as far as its ETag can tell."""
    etag, expected = etag_of(answer), etag_of_parts(tags)
    return etag == expected or not expected or is_encrypted(answer) or not _MD5.match(etag)


def etag_of_parts(tags: Sequence[str]) -> str:
    """What S3 gives to an object that was put together from them; "" if their tags are no MD5."""
    if not all(map(is_md5, tags)):
        return ""
    return f"{md5_of(b''.join(map(bytes.fromhex, tags))).hex()}-{len(tags)}"


def answered_at(answer: Mapping[str, Any]) -> datetime | None:
    """When the server answered, by its own clock: as good as when it wrote what it was sent."""
    date = answer["ResponseMetadata"]["HTTPHeaders"].get("date")
    return parsedate_to_datetime(date) if date else None
