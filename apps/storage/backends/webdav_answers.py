"""What WebDAV servers answer to ``PROPFIND``, read as it comes."""

from __future__ import annotations

from collections.abc import Iterator
from email.utils import parsedate_to_datetime
from typing import IO, cast
from urllib.parse import unquote_to_bytes, urlsplit
from xml.etree.ElementTree import Element, ParseError

import requests
from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import iterparse

from apps.storage.backends.hidden import is_hidden
from apps.storage.errors import IllegalPath, StorageAway
from apps.storage.types import Entry, EntryKind, FilePath

PROPERTIES = (
    b'<?xml version="1.0" encoding="utf-8"?><propfind xmlns="DAV:"><prop>'
    b"<resourcetype/><getcontentlength/><getlastmodified/><getetag/></prop></propfind>"
)


def entries_of(response: requests.Response, base: bytes) -> Iterator[Entry]:
    """What stands in an answer and lies below ``base``, the path of the storage's root on the server."""
    try:
        for _, element in iterparse(cast(IO[bytes], response.raw), forbid_dtd=True):
            if element.tag == "{DAV:}response":
                entry = _entry(element, base)
                element.clear()
                if entry:
                    yield entry
    except (ParseError, DefusedXmlException) as error:
        raise StorageAway(f"{response.url} answered with no XML of WebDAV: {error}.") from error


def etag_of(text: str) -> str:
    """The same for an ETag as a header, as a property, and marked as weak."""
    return text.strip().removeprefix("W/").strip('"')


def _entry(element: Element, base: bytes) -> Entry | None:
    path = _path(element.findtext("{DAV:}href", ""), base)
    found = {prop.tag: prop for prop in element.iterfind("{DAV:}propstat/{DAV:}prop/*")}
    if path is None:
        return None
    if (kind := found.get("{DAV:}resourcetype")) is not None and kind.find("{DAV:}collection") is not None:
        return Entry(path, EntryKind.FOLDER)
    size = _text(found, "getcontentlength")
    modified = _text(found, "getlastmodified")
    return Entry(
        path,
        EntryKind.FILE,
        size=int(size) if size.isdigit() else 0,
        modified_at=parsedate_to_datetime(modified) if modified else None,
        version=etag_of(_text(found, "getetag")) or f"{modified}-{size}",
    )


def _text(found: dict[str, Element], name: str) -> str:
    prop = found.get(f"{{DAV:}}{name}")
    return "" if prop is None else (prop.text or "").strip()


def _path(href: str, base: bytes) -> FilePath | None:
    """None of what is elsewhere, hidden, or no legal path."""
    raw = unquote_to_bytes(urlsplit(href).path if "://" in href else href).rstrip(b"/")
    if raw == base:
        return FilePath()
    if not raw.startswith(base + b"/"):
        return None
    names = raw[len(base) + 1 :].decode(errors="surrogateescape").split("/")
    if any(is_hidden(name) for name in names[:-1]):
        return None
    try:
        return FilePath(tuple(names))
    except IllegalPath:
        return None
