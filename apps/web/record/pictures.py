"""Pictures that a record names by their address.

Only those of this very portal are shown; any other is a link that says where it leads, because a page asks no third
party for anything, and its policy would not let it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

from django.conf import settings

from apps.search.types import Record
from apps.web import content, links
from apps.web.values import is_file, is_link

MOST = 12
MOST_NODES = 20_000
ENDINGS = (".png", ".jpg", ".jpeg", ".gif", ".webp", ".avif", ".svg")


@dataclass(frozen=True, slots=True)
class Picture:
    """``source`` is a path of this portal, "" for a picture that is somewhere else (``host``)."""

    name: str
    url: str
    source: str = ""
    host: str = ""


def of(record: Record, thumbnail: str) -> tuple[Picture, ...]:
    """Each picture once: what stands at ``thumbnail`` first, then whole addresses that end as pictures do.

    The address of a file of this portal is whole, though it names no host.
    """
    told = [_address(leaf) for leaf in content.values(record, thumbnail) if isinstance(leaf, str)]
    found = (_whole(leaf) for entry in record.entries for leaf in _addresses(entry.content))
    made = (picture for url in dict.fromkeys([*told, *found]) if (picture := _picture(url)) is not None)
    return tuple(picture for _, picture in zip(range(MOST), made, strict=False))


def thumbnail(record: Record, path: str) -> Picture | None:
    """The first picture of this very portal that stands at the path."""
    told = (_picture(_address(leaf)) for leaf in content.values(record, path) if isinstance(leaf, str))
    return next((picture for picture in told if picture and picture.source), None)


def is_picture(name: str) -> bool:
    """Whether a file is one that browsers show, by its name."""
    return name.lower().endswith(ENDINGS)


def _address(thumbnail: str) -> str:
    """A thumbnail may be a path of this portal; elsewhere in a record "/data/a.png" is a file of some other machine."""
    is_path = thumbnail.startswith("/") and not thumbnail.startswith("//")
    return links.absolute(thumbnail) if is_path else thumbnail


def _whole(url: str) -> str:
    return links.absolute(url) if is_file(url) else url


def _addresses(root: object) -> Iterator[str]:
    waiting, left = [root], MOST_NODES
    while waiting and left:
        node, left = waiting.pop(), left - 1
        if isinstance(node, dict):
            waiting += reversed(node.values())
        elif isinstance(node, list):
            waiting += reversed(node)
        elif isinstance(node, str) and _ends_as_picture(node):
            yield node


def _ends_as_picture(url: str) -> bool:
    return url.lower().partition("?")[0].partition("#")[0].endswith(ENDINGS)


def _picture(url: str) -> Picture | None:
    if not is_link(url):
        return None
    name = unquote(urlsplit(url).path.rsplit("/", 1)[-1]) or "picture"
    if url.startswith(f"{settings.PUBLIC_URL}/"):
        return Picture(name, url, source=url.removeprefix(settings.PUBLIC_URL)) if _ends_as_picture(url) else None
    return Picture(name, url, host=urlsplit(url).hostname or "")
