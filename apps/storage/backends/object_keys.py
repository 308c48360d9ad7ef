"""How object stores name files and keep their times."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from urllib.parse import quote

from apps.storage.errors import IllegalPath, NotAFile
from apps.storage.types import FilePath

LONGEST_KEY = 1024
MTIME = "mtime"
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def key_of(path: FilePath) -> str:
    """
    Raises:
        IllegalPath: no key can be so long, or is not UTF-8. NotAFile: it is the root.
    """
    key = "/".join(path.names)
    if not key:
        raise NotAFile
    try:
        length = len(key.encode())
    except UnicodeEncodeError as error:
        raise IllegalPath("An object store keeps only names in UTF-8. Give it another name.") from error
    if length > LONGEST_KEY:
        raise IllegalPath(f"On an object store a path has at most {LONGEST_KEY} bytes. Choose shorter names.")
    return key


def prefix_of(path: FilePath) -> str:
    """What all keys below a folder begin with; "" for the root."""
    return f"{key_of(path)}/" if path.names else ""


def kept_time(metadata: Mapping[str, str] | None) -> datetime | None:
    """The time in the metadata, if there is one that can be read."""
    try:
        return _EPOCH + timedelta(seconds=float((metadata or {})[MTIME]))
    except (KeyError, ValueError, OverflowError):
        return None


def time_metadata(modified_at: datetime | None) -> dict[str, str]:
    """Seconds since 1970, as rclone keeps them."""
    return {} if modified_at is None else {MTIME: f"{(modified_at - _EPOCH).total_seconds():.6f}"}


def attachment(filename: str) -> str:
    return f"attachment; filename*=UTF-8''{quote(filename, safe='')}"
