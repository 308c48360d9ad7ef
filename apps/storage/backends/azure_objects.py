"""What Azure says of blobs, and which names it keeps. Nothing here asks a server."""

from __future__ import annotations

import re
from base64 import b64encode
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from azure.core import MatchConditions
from azure.storage.blob import BlobProperties

from apps.storage.backends.hidden import refuse_hidden
from apps.storage.backends.object_keys import kept_time, key_of
from apps.storage.errors import IllegalPath
from apps.storage.types import Entry, EntryKind, FilePath, Receipt

MOST_NAMES = 254
_ALTERED = re.compile(r"[\x00-\x1f\x7f\\]|\.(/|\Z)")
"""Azure understands ``\\`` as ``/``, drops a dot behind a name, and cannot list control characters in its XML."""


def blob_name(path: FilePath) -> str:
    """
    Raises:
        IllegalPath: Azure would understand it otherwise, so that a rule on another path would count, or takes none
            such; or it is the portal's own. NotAFile: it is the root.
    """
    refuse_hidden(path)
    key = key_of(path)
    if _ALTERED.search(key) or len(path.names) > MOST_NAMES:
        raise IllegalPath(
            f"On Azure names end in no dot and have no backslash and no control character, and a path has at most "
            f"{MOST_NAMES} of them. Choose another."
        )
    return key


def entry_of(path: FilePath, blob: BlobProperties) -> Entry:
    """What Azure tells of a file, in a listing too. Its MD5 is what Azure computed, or what the writer of a file in
    blocks said of it."""
    md5 = bytes(blob.content_settings.content_md5 or b"").hex()
    return Entry(
        path,
        EntryKind.FILE,
        size=blob.size,
        modified_at=kept_time(blob.metadata) or blob.last_modified,
        version=bare(blob.etag),
        checksums={"md5": md5} if md5 else {},
    )


def bare(etag: str | None) -> str:
    return str(etag or "").strip('"')


def while_it_is(etag: str | None) -> dict[str, Any]:
    """What a request takes to be refused once the blob is another."""
    return {"etag": f'"{bare(etag)}"', "match_condition": MatchConditions.IfNotModified}


def md5_header(digest: bytes) -> dict[str, str]:
    """With it, Azure refuses other bytes than those of this digest."""
    return {"Content-MD5": b64encode(digest).decode()}


@dataclass(frozen=True, slots=True)
class Block:
    """A piece as Azure tells of it. Its id names what Azure does not tell: its contents, and when it was sent."""

    receipt: Receipt
    at: datetime
    id: str

    @classmethod
    def parse(cls, named: str, size: int) -> Block:
        number, md5, at = named.split("-")
        return cls(Receipt(int(number), size, md5), datetime.fromtimestamp(int(at) / 1000, UTC), named)


def block_id(number: int, md5: str, at: datetime) -> str:
    """All have one length, as they must."""
    return f"{number:06}-{md5}-{int(at.timestamp() * 1000):015}"
