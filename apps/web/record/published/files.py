"""The files of a version as its reader may have them: names, sizes, a look into each, and the way to the bytes."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse

from apps.access.services import Actor
from apps.publish import services as publish
from apps.publish.models import Version
from apps.storage import services as storage
from apps.storage.models import Collection
from apps.storage.types import FilePath
from apps.web import links
from apps.web.files import words
from apps.web.files.address import folder_key, manager_url
from apps.web.files.listing import file_url, key_of, preview_url
from apps.web.record import pictures
from apps.web.record.pictures import Picture
from apps.web.values import plural, size

MOST = 50
LARGEST_PICTURE = 10_000_000
"""Bytes: all pictures of a page are fetched at once."""


@dataclass(frozen=True, slots=True)
class Line:
    name: str
    size: str
    preview_url: str
    url: str


@dataclass(frozen=True, slots=True)
class Archive:
    """What a form sends to have all files as one: where to, and which name is chosen there."""

    url: str
    key: str


@dataclass(frozen=True, slots=True)
class Files:
    """``told`` is how many and how large; ``refused`` the same of those that the reader may not read, or "".

    ``folder_url`` and ``archive`` are there where all of the folder is theirs to read; ``within`` is how the addresses
    of all files begin.
    """

    within: str = ""
    told: str = ""
    lines: tuple[Line, ...] = ()
    more: int = 0
    folder_url: str = ""
    archive: Archive | None = None
    pictures: tuple[Picture, ...] = ()
    refused: str = ""


def files_of(version: Version, *, reader: Actor, tells_of_others: bool) -> Files:
    """``tells_of_others``: that there are files besides those that they may read; of which no more is told."""
    held = publish.holdings_of(version, actor=reader)
    refused = _summed(held.others, held.others_bytes) if held.others and tells_of_others else ""
    if version.collection is None or version.folder is None:
        return Files()
    collection, folder = version.collection, version.folder
    if not held.files:
        return Files(within=file_url(collection, folder), refused=refused)
    is_open = storage.may(reader, "r", collection, folder)
    return Files(
        within=file_url(collection, folder),
        told=_summed(len(held.files), held.size_bytes),
        lines=tuple(_line(one, collection, folder) for one in held.files[:MOST]),
        more=max(len(held.files) - MOST, 0),
        folder_url=manager_url(collection.pk, folder) if is_open else "",
        archive=_archive(collection, folder) if is_open else None,
        pictures=tuple(_pictures(held, collection))[: pictures.MOST],
        refused=refused,
    )


def _summed(number: int, size_bytes: int) -> str:
    return f"{plural(number, 'file', 'files')}, {size(size_bytes)}"


def _line(one: publish.Held, collection: Collection, folder: FilePath) -> Line:
    within = one.path.names[len(folder.names) :] if one.path.is_within(folder) else one.path.names
    return Line(
        name=words.readable("/".join(within)),
        size=size(one.size_bytes),
        preview_url=preview_url(collection, one.path),
        url=f"{file_url(collection, one.path)}?download",
    )


def _archive(collection: Collection, folder: FilePath) -> Archive | None:
    if not folder.names:
        return None
    asked = urlencode({"path": folder_key(folder.parent)})
    return Archive(f"{reverse('web:files:download', args=[collection.pk])}?{asked}", key_of(folder.name))


def _pictures(held: publish.Holdings, collection: Collection) -> list[Picture]:
    shown = [one for one in held.files if one.size_bytes <= LARGEST_PICTURE and pictures.is_picture(one.path.name)]
    urls = [(one, file_url(collection, one.path)) for one in shown]
    return [Picture(words.readable(one.path.name), links.absolute(url), source=url) for one, url in urls]
