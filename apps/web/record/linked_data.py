"""A record as schema.org's ``Dataset``, for search engines of data.

It stands in the page as a block of data: browsers that follow HTML's rules do not run it, and a policy without
'unsafe-inline' does not hinder it. The same document has an address, ``?format=jsonld``.
"""

from __future__ import annotations

import json
from typing import Any

from django.utils.safestring import SafeString, mark_safe

from apps.web.record.description import Description, Place
from apps.web.record.readable import Fact
from apps.web.record.work import Creator, File, Funding

TYPE = "application/ld+json"
MOST_FILES = 100
LONGEST_DESCRIPTION = 5000  # Google reads no longer one.
_ESCAPES = str.maketrans({sign: f"\\u{ord(sign):04x}" for sign in "<>&\u2028\u2029"})
Node = dict[str, Any]


def document(description: Description) -> Node:
    """What the reader of the record sees of it, in schema.org's words; what is not told is left out."""
    work, place = description.work, description.place
    return told(
        {
            "@context": "https://schema.org/",
            "@type": "Dataset",
            "@id": work.address,
            "url": place.url,
            "name": work.title,
            "description": description.abstract[:LONGEST_DESCRIPTION],
            "identifier": [*([f"https://doi.org/{work.doi}"] if work.doi else []), work.subject],
            "creator": [agent(creator) for creator in work.creators],
            "contributor": [agent(contributor) for contributor in work.contributors],
            "publisher": {"@type": "Organization", "name": work.publisher} if work.publisher else None,
            "datePublished": work.issued,
            "dateModified": work.written,
            "version": work.version,
            "inLanguage": work.language,
            "keywords": list(work.keywords),
            "license": work.license_url,
            "funding": [_grant(funding) for funding in work.funding],
            "variableMeasured": [_measured(fact) for fact in description.facts if fact.values[0].is_number],
            "distribution": [_download(file) for file in work.files if file.is_web][:MOST_FILES],
            "includedInDataCatalog": _catalog(place) if place.index_url else None,
        }
    )


def _catalog(place: Place) -> Node:
    return {"@type": "DataCatalog", "name": place.index_name, "url": place.index_url}


def script(document: Node) -> SafeString:
    """As text that can stand in a script element: no sign of it ends the element, or begins another."""
    return mark_safe(json.dumps(document, ensure_ascii=False).translate(_ESCAPES))  # noqa: S308 - escaped above


def told(node: Node) -> Node:
    """The same without what is not told."""
    return {name: value for name, value in node.items() if value}


def agent(creator: Creator) -> Node:
    """A person or an organisation."""
    return told(
        {
            "@type": "Organization" if creator.is_organisation else "Person",
            "@id": creator.orcid_url,
            "name": creator.name,
            "familyName": creator.family,
            "givenName": creator.given,
            "affiliation": [
                told({"@type": "Organization", "@id": one.url, "name": one.name}) for one in creator.affiliations
            ],
        }
    )


def _grant(funding: Funding) -> Node:
    return told(
        {
            "@type": "Grant",
            "name": funding.award_title,
            "identifier": funding.award,
            "url": funding.award_url,
            "funder": told({"@type": "Organization", "name": funding.funder, "identifier": funding.funder_id}),
        }
    )


def _measured(fact: Fact) -> Node:
    return told({"@type": "PropertyValue", "name": fact.label, "value": fact.brief, "unitText": fact.unit})


def _download(file: File) -> Node:
    return told(
        {
            "@type": "DataDownload",
            "contentUrl": file.address,
            "name": file.name,
            "encodingFormat": file.media_type,
            "contentSize": str(file.size_bytes) if file.size_bytes >= 0 else "",
            "sha256": file.checksum if file.algorithm == "sha256" else "",
        }
    )
