"""A record as schema.org's ``Dataset``, for search engines of data.

It stands in the page as a block of data: browsers that follow HTML's rules do not run it, and a policy without
'unsafe-inline' does not hinder it. The same document has an address, ``?format=jsonld``.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString, mark_safe

from apps.search.types import Record
from apps.web import content, links
from apps.web.record.bibliography import Creator, Work
from apps.web.record.readable import Fact
from apps.web.values import is_file, is_link

TYPE = "application/ld+json"
MOST_FILES = 100
LONGEST_DESCRIPTION = 5000  # Google reads no longer one.
_ESCAPES = str.maketrans({sign: f"\\u{ord(sign):04x}" for sign in "<>&\u2028\u2029"})


@dataclass(frozen=True, slots=True)
class Place:
    """Where the record stands: its address, and the index that it is of."""

    url: str
    index_url: str
    index_name: str


def document(record: Record, work: Work, facts: Sequence[Fact], place: Place) -> dict[str, object]:
    """What the reader of the record sees of it, in schema.org's words; what is not told is left out."""
    written = max((entry.updated_at for entry in record.entries), default="")
    told = {
        "@context": "https://schema.org/",
        "@type": "Dataset",
        "@id": work.address,
        "url": place.url,
        "name": work.title,
        "description": (work.description or _described(work.title, facts))[:LONGEST_DESCRIPTION],
        "identifier": [*([f"https://doi.org/{work.doi}"] if work.doi else []), record.subject],
        "creator": [_creator(creator) for creator in work.creators],
        "publisher": {"@type": "Organization", "name": work.publisher} if work.publisher else None,
        "datePublished": work.year,
        "dateModified": written,
        "version": work.version,
        "keywords": list(work.keywords),
        "license": work.license_url,
        "variableMeasured": [_measured(fact) for fact in facts if fact.values[0].is_number],
        "distribution": list(_files(record)),
        "includedInDataCatalog": {"@type": "DataCatalog", "name": place.index_name, "url": place.index_url},
    }
    return {name: value for name, value in told.items() if value}


def script(told: dict[str, object]) -> SafeString:
    """As text that can stand in a script element: no sign of it ends the element, or begins another."""
    return mark_safe(json.dumps(told, ensure_ascii=False).translate(_ESCAPES))  # noqa: S308 - escaped above


def _described(title: str, facts: Iterable[Fact]) -> str:
    told = (f"{fact.label}: {fact.brief}{f' {fact.unit}' if fact.unit else ''}" for fact in facts)
    return ". ".join([title, *told])


def _creator(creator: Creator) -> dict[str, str]:
    told = {
        "@type": "Organization" if creator.is_organisation else "Person",
        "@id": f"https://orcid.org/{creator.orcid}" if creator.orcid else "",
        "name": creator.name,
        "familyName": creator.family,
        "givenName": creator.given,
    }
    return {name: value for name, value in told.items() if value}


def _measured(fact: Fact) -> dict[str, str]:
    told = {"@type": "PropertyValue", "name": fact.label, "value": fact.brief, "unitText": fact.unit}
    return {name: value for name, value in told.items() if value}


def _files(record: Record) -> Iterable[dict[str, str]]:
    for file in content.objects(record, "files")[:MOST_FILES]:
        url = file.get("url")
        if isinstance(url, str) and (is_link(url) or is_file(url)):
            told = {
                "@type": "DataDownload",
                "contentUrl": links.absolute(url) if is_file(url) else url,
                "name": file.get("filename") or file.get("name"),
                "encodingFormat": file.get("mime_type") or file.get("encodingFormat"),
                "contentSize": file.get("length") or file.get("size"),
            }
            yield {name: str(value) for name, value in told.items() if value and not isinstance(value, dict | list)}
