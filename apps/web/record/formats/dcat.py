"""A record as DCAT, in the profile of European data portals (DCAT-AP), written as JSON-LD.

Its context stands in the document, so that whoever reads it needs nothing else.
"""

from __future__ import annotations

import json
import re
from typing import Any

from apps.web.record.description import Description
from apps.web.record.linked_data import MOST_FILES, told
from apps.web.record.work import Creator, File, Work

PROFILE = "http://www.w3.org/ns/dcat#"
CONTEXT = {
    "dcat": PROFILE,
    "dct": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "org": "http://www.w3.org/ns/org#",
    "spdx": "http://spdx.org/rdf/terms#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
_MEDIA_TYPE = re.compile(r"[a-z0-9][a-z0-9.+-]{0,80}/[a-z0-9][a-z0-9.+-]{0,80}", re.ASCII | re.IGNORECASE)
Node = dict[str, Any]


def write(description: Description) -> str:
    return json.dumps(document(description), ensure_ascii=False, indent=2)


def document(description: Description) -> Node:
    work = description.work
    named = [f"https://doi.org/{work.doi}", work.subject] if work.doi else [work.subject]
    return told(
        {
            "@context": CONTEXT,
            "@id": work.address,
            "@type": "dcat:Dataset",
            "dct:title": work.title,
            "dct:description": description.abstract,
            "dct:identifier": named,
            "dct:creator": [_agent(creator) for creator in work.creators],
            "dct:contributor": [_agent(one) for one in work.contributors],
            "dct:publisher": {"@type": "foaf:Organization", "foaf:name": work.publisher} if work.publisher else None,
            "dct:issued": _dated(work.issued),
            "dct:modified": _dated(work.written),
            "dcat:version": work.version,
            "dcat:keyword": list(work.keywords),
            "dcat:landingPage": {"@id": description.place.url, "@type": "foaf:Document"},
            "dct:license": _license(work),
            "dct:relation": [{"@id": url} for url in dict.fromkeys(one.url for one in work.related) if url],
            "dcat:distribution": [_distribution(file, work) for file in work.files if file.is_web][:MOST_FILES],
        }
    )


def _dated(text: str) -> Node | None:
    kinds = {4: "xsd:gYear", 7: "xsd:gYearMonth", 10: "xsd:date"}
    return {"@value": text, "@type": kinds.get(len(text), "xsd:dateTime")} if text else None


def _agent(creator: Creator) -> Node:
    kind = "foaf:Organization" if creator.is_organisation else "foaf:Person" if creator.family else "foaf:Agent"
    places = [told({"@id": o.url, "@type": "foaf:Organization", "foaf:name": o.name}) for o in creator.affiliations]
    return told({"@id": creator.orcid_url, "@type": kind, "foaf:name": creator.name, "org:memberOf": places})


def _license(work: Work) -> Node | None:
    return {"@id": work.license_url, "@type": "dct:LicenseDocument"} if work.license_url else None


def _distribution(file: File, work: Work) -> Node:
    is_known = bool(_MEDIA_TYPE.fullmatch(file.media_type))
    return told(
        {
            "@type": "dcat:Distribution",
            "dct:title": file.name,
            "dcat:accessURL": {"@id": file.address},
            "dcat:downloadURL": {"@id": file.address},
            "dcat:mediaType": _media_type(file.media_type) if is_known else None,
            "dcat:byteSize": _size(file.size_bytes) if file.size_bytes >= 0 else None,
            "spdx:checksum": _checksum(file) if file.checksum else None,
            "dct:license": _license(work),
        }
    )


def _media_type(name: str) -> Node:
    return {"@id": f"https://www.iana.org/assignments/media-types/{name}", "@type": "dct:MediaType"}


def _size(size_bytes: int) -> Node:
    return {"@value": str(size_bytes), "@type": "xsd:nonNegativeInteger"}


def _checksum(file: File) -> Node:
    return {
        "@type": "spdx:Checksum",
        "spdx:algorithm": {"@id": f"spdx:checksumAlgorithm_{file.algorithm}"},
        "spdx:checksumValue": {"@value": file.checksum, "@type": "xsd:hexBinary"},
    }
