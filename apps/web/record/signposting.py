"""FAIR Signposting: typed links by which a program finds its way from a record's page to all that belongs to it.

The page carries them in its ``Link`` header; the linkset (RFC 9264) is the same with nothing left out, and says of each
file and each format which page it is of.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.encoding import iri_to_uri

from apps.web.record.description import Description
from apps.web.record.formats import FORMATS, Format
from apps.web.record.linked_data import told
from apps.web.record.work import File

NAME = "linkset"
TYPE = "application/linkset+json"
KINDS = ("https://schema.org/Dataset", "https://schema.org/AboutPage")
LONGEST_HEADER = 3000
"""Characters: proxies take 4 kB for all headers of an answer, unless somebody tells them otherwise."""
_ALWAYS = {NAME, "cite-as"}


@dataclass(frozen=True, slots=True)
class Typed:
    """A link: how its target is related, and what is found there."""

    relation: str
    url: str
    media_type: str = ""
    profile: str = ""

    def __str__(self) -> str:
        kind = f'; type="{self.media_type}"' if self.media_type else ""
        profile = f'; profile="{self.profile}"' if self.profile else ""
        return f'<{self.url}>; rel="{self.relation}"{kind}{profile}'


def address(description: Description, name: str) -> str:
    """Where the record is had in a format."""
    return f"{description.place.url}?format={name}"


def header(description: Description) -> str:
    """Of the record's page, the most needed first. What does not fit, the linkset has."""
    kept, length = [], 0
    for link in [Typed(NAME, address(description, NAME), TYPE), *of_page(description)]:
        text = str(link)
        if link.relation in _ALWAYS or length + len(text) <= LONGEST_HEADER:
            kept.append(text)
            length += len(text) + len(", ")
    return ", ".join(kept)


def header_of_format(description: Description, format_: Format) -> str:
    """Of the record in a format: the page that it describes."""
    profile = [Typed("profile", format_.profile)] if format_.profile else []
    return ", ".join(map(str, [Typed("describes", description.place.url, "text/html"), *profile]))


def of_page(description: Description) -> list[Typed]:
    work = description.work
    authors = dict.fromkeys(creator.orcid_url for creator in work.creators if creator.orcid)
    return [
        Typed("cite-as", iri_to_uri(work.address)),
        *(Typed("type", kind) for kind in KINDS),
        *(Typed("author", url) for url in authors),
        *(Typed("license", iri_to_uri(url)) for url in [work.license_url] if url),
        *(Typed("collection", url, "text/html") for url in [description.place.index_url] if url),
        *(_metadata(description, name, format_) for name, format_ in FORMATS.items() if format_.is_metadata),
        *map(_item, _items(description)),
    ]


def linkset(description: Description) -> str:
    page = {"anchor": description.place.url, **_by_relation(of_page(description))}
    files = [_context(iri_to_uri(file.address), "collection", description) for file in _items(description)]
    metadata = [
        _context(address(description, name), "describes", description)
        for name, format_ in FORMATS.items()
        if format_.is_metadata
    ]
    return json.dumps({"linkset": [page, *metadata, *files]}, indent=2)


def _items(description: Description) -> list[File]:
    return [file for file in description.work.files if file.is_web]


def _metadata(description: Description, name: str, format_: Format) -> Typed:
    return Typed("describedby", address(description, name), format_.media_type, format_.profile)


def _item(file: File) -> Typed:
    is_plain = file.media_type.isascii() and all(sign.isalnum() or sign in "/.+-" for sign in file.media_type)
    return Typed("item", iri_to_uri(file.address), file.media_type if is_plain else "")


def _by_relation(links: Iterable[Typed]) -> dict[str, list[dict[str, str]]]:
    found: dict[str, list[dict[str, str]]] = {}
    for link in links:
        target = told({"href": link.url, "type": link.media_type, "profile": link.profile})
        found.setdefault(link.relation, []).append(target)
    return found


def _context(anchor: str, relation: str, description: Description) -> dict[str, Any]:
    return {"anchor": anchor, relation: [{"href": description.place.url, "type": "text/html"}]}
