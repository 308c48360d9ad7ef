"""What iRODS says of data objects, and which names it keeps. Nothing here asks a server."""

from __future__ import annotations

import re
from base64 import b64decode
from binascii import Error as NoBase64
from collections.abc import Iterable, Mapping
from contextlib import suppress
from typing import Any

from irods.models import DataObject

from apps.storage.backends.hidden import hidden_beside, refuse_hidden
from apps.storage.errors import IllegalPath
from apps.storage.types import Entry, EntryKind, FilePath

LONGEST = 1024
"""Bytes of a path, from the root of the zone."""
TOLD = (
    DataObject.id,
    DataObject.name,
    DataObject.size,
    DataObject.modify_time,
    DataObject.checksum,
    DataObject.owner_name,
    DataObject.replica_number,
    DataObject.replica_status,
)
"""What is asked of data objects; there is a row for each replica."""
GOOD = "1"
_ALTERED = re.compile(r"[\x00-\x1f\x7f'`\\\udc80-\udcff]")
_MD5 = re.compile(r"[0-9a-f]{32}")
_ALGORITHMS = {"sha1": "sha1", "sha2": "sha256", "sha512": "sha512"}


def logical_path(root: FilePath, path: FilePath) -> str:
    """
    Raises:
        IllegalPath: iRODS would understand it otherwise. Its queries hold names between ``'``, and the one way or the
            other to write this sign and ``\\`` itself is right by the version of the server; a name that ends its
            query would ask for another file, whatever the rules say of this.
    """
    refuse_hidden(path)
    if _ALTERED.search(str(path)):
        raise IllegalPath("On iRODS names are UTF-8, without control characters, ', ` and \\. Choose another.")
    return unchecked_path(root, path)


def unchecked_path(root: FilePath, path: FilePath) -> str:
    """That of a hidden file, too."""
    whole = path.below(root)
    if max(len(str(place).encode()) for place in (whole, hidden_beside(whole, "0" * 32))) > LONGEST:
        raise IllegalPath(f"On iRODS a path has at most {LONGEST} bytes. Choose shorter names.")
    return str(whole)


def child_of(path: FilePath, name: str) -> FilePath | None:
    """None for names that no path can have: iRODS takes longer ones. They cannot be addressed, and are not told."""
    with suppress(IllegalPath):
        return path / name
    return None


def entry_of(path: FilePath, replicas: Iterable[Mapping[Any, Any]]) -> Entry:
    """A file by the first of its good replicas.

    The version knows files that were replaced by their id, and those that were written over by time and size.
    """
    row = min(replicas, key=lambda row: (str(row[DataObject.replica_status]) != GOOD, row[DataObject.replica_number]))
    algorithm, digest = checksum_of(row[DataObject.checksum])
    modified_at = row[DataObject.modify_time]
    return Entry(
        path,
        EntryKind.FILE,
        size=row[DataObject.size],
        modified_at=modified_at,
        version=f"{row[DataObject.id]}-{int(modified_at.timestamp())}-{row[DataObject.size]}",
        owner=row[DataObject.owner_name],
        checksums={algorithm: digest} if algorithm else {},
    )


def checksum_of(told: str | None) -> tuple[str, str]:
    """The algorithm and the hexadecimal digest; both "" of what cannot be read. MD5 stands there alone."""
    scheme, colon, digest = (told or "").partition(":")
    if not colon:
        return ("md5", scheme) if _MD5.fullmatch(scheme) else ("", "")
    try:
        return (_ALGORITHMS[scheme], b64decode(digest, validate=True).hex())
    except (KeyError, NoBase64):
        return ("", "")
