"""What of a file a request over HTTP asks for (RFC 9110)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime

from django.utils.http import parse_http_date_safe

from apps.storage.services.conditions import ANY, tags

_RANGE = re.compile(r"bytes=(\d{0,18})-(\d{0,18})\Z", re.ASCII)
SHOWN = frozenset(
    {
        "application/pdf",
        "audio/mpeg",
        "audio/ogg",
        "image/avif",
        "image/gif",
        "image/jpeg",
        "image/png",
        "image/webp",
        "text/csv",
        "text/plain",
        "video/mp4",
        "video/webm",
    }
)
"""What a browser shows without running anything of it. All else is given to be saved."""


@dataclass(frozen=True, slots=True)
class Part:
    """The bytes from ``start``, ``length`` of them."""

    start: int
    length: int


class NotSatisfiable(ValueError):
    """The range begins behind the end of the file."""


def part_of(header: str, size: int) -> Part | None:
    """The one range that a ``Range`` header asks for; None for the whole file.

    Several ranges at once, and what cannot be read, are answered with the whole file, as RFC 9110, 14.2 allows.

    Raises:
        NotSatisfiable: nothing of the file is in it.
    """
    found = _RANGE.match(header.strip())
    if found is None or found[1] == found[2] == "":
        return None
    if not found[1]:
        last = min(int(found[2]), size)
        if last == 0:
            raise NotSatisfiable
        return Part(size - last, last)
    start, end = int(found[1]), min(int(found[2]), size - 1) if found[2] else size - 1
    if found[2] and int(found[2]) < start:
        return None
    if start >= size:
        raise NotSatisfiable
    return Part(start, end - start + 1)


def is_known(etag: str, if_none_match: str, modified_at: datetime | None, if_modified_since: str) -> bool:
    """Whether the caller has this very file already (RFC 9110, 13.2.2)."""
    if if_none_match:
        return if_none_match.strip() == ANY or etag in {tag.removeprefix("W/") for tag in tags(if_none_match)}
    since = parse_http_date_safe(if_modified_since) if if_modified_since else None
    return since is not None and modified_at is not None and int(modified_at.timestamp()) <= since


def still_holds(etag: str, modified_at: datetime | None, if_range: str) -> bool:
    """Whether a range of what the caller has goes with the rest of it. A time that is less exact than ours does not."""
    if not if_range:
        return True
    if if_range.startswith('"'):
        return if_range == etag
    since = parse_http_date_safe(if_range)
    return since is not None and modified_at is not None and modified_at == datetime.fromtimestamp(since, UTC)
