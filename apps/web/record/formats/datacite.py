"""A record in DataCite's metadata schema 4.5, as JSON.

The schema wants a creator, a publisher and a year of everybody. Where the data tell none, the first two are its own
word for what is not available, and the year is that in which the record was written here: that is when it was made
available, which is what the schema asks.
"""

from __future__ import annotations

import json
import re
from typing import Any

from apps.web.record.description import Description
from apps.web.record.linked_data import told
from apps.web.record.work import Creator, Funding, Related, Right, Work

SCHEMA = "http://datacite.org/schema/kernel-4"
UNAVAILABLE = ":unav"
_DOI = re.compile(r"10\.\d{4,9}/\S+", re.ASCII)
Node = dict[str, Any]


def write(description: Description) -> str:
    return json.dumps(document(description.work), ensure_ascii=False, indent=2)


def document(work: Work) -> Node:
    nobody: Node = {"name": UNAVAILABLE}
    return told(
        {
            "doi": work.doi if _DOI.fullmatch(work.doi) else "",
            "url": work.url,
            "types": {"resourceTypeGeneral": work.kind or "Dataset", "resourceType": work.kind_in_words or "Dataset"},
            "creators": [_person(creator) for creator in work.creators] or [nobody],
            "titles": [{"title": work.title}],
            "publisher": {"name": work.publisher or UNAVAILABLE},
            "publicationYear": work.year or work.written[:4],
            "subjects": [{"subject": word} for word in dict.fromkeys(work.keywords)],
            "contributors": [{**_person(one), "contributorType": one.role} for one in work.contributors],
            "dates": [{"date": one.date, "dateType": one.kind} for one in work.dates],
            "language": work.language,
            "alternateIdentifiers": _alternates(work),
            "relatedIdentifiers": [_related(one) for one in work.related],
            "sizes": [f"{sum(sizes)} bytes"]
            if (sizes := [o.size_bytes for o in work.files if o.size_bytes > 0])
            else [],
            "formats": list(dict.fromkeys(file.media_type for file in work.files if file.media_type)),
            "version": work.version,
            "rightsList": [_right(right) for right in work.rights],
            "descriptions": _descriptions(work),
            "fundingReferences": [_funding(one) for one in work.funding],
            "schemaVersion": SCHEMA,
        }
    )


def _sizes(work: Work) -> list[str]:
    told = sum(file.size_bytes for file in work.files if file.size_bytes > 0)
    return [f"{told} bytes"] if told else []


def _descriptions(work: Work) -> list[Node]:
    return [{"description": work.description, "descriptionType": "Abstract"}] if work.description else []


def _person(creator: Creator) -> Node:
    identifier = {
        "nameIdentifier": creator.orcid_url,
        "nameIdentifierScheme": "ORCID",
        "schemeUri": "https://orcid.org",
    }
    kind = "Organizational" if creator.is_organisation else "Personal" if creator.family else ""
    return told(
        {
            "name": creator.name,
            "nameType": kind,
            "givenName": creator.given,
            "familyName": creator.family,
            "nameIdentifiers": [identifier] if creator.orcid else [],
            "affiliation": [_affiliation(one.name, one.url) for one in creator.affiliations],
        }
    )


def _affiliation(name: str, url: str) -> Node:
    scheme = {"affiliationIdentifierScheme": "ROR", "schemeUri": "https://ror.org"} if url else {}
    return told({"name": name, "affiliationIdentifier": url, **scheme})


def _alternates(work: Work) -> list[Node]:
    """What the portal knows it by, where that is not its DOI."""
    if work.doi and work.subject.endswith(work.doi):
        return []
    return [{"alternateIdentifier": work.subject, "alternateIdentifierType": "Subject"}]


def _related(related: Related) -> Node:
    return {
        "relatedIdentifier": related.name,
        "relatedIdentifierType": related.kind,
        "relationType": related.relation,
    }


def _right(right: Right) -> Node:
    scheme = {"rightsIdentifierScheme": "SPDX", "schemeUri": "https://spdx.org/licenses/"} if right.identifier else {}
    return told({"rights": right.name, "rightsUri": right.url, "rightsIdentifier": right.identifier.lower(), **scheme})


def _funding(funding: Funding) -> Node:
    return told(
        {
            "funderName": funding.funder,
            "funderIdentifier": funding.funder_id,
            "funderIdentifierType": funding.funder_id_kind if funding.funder_id else "",
            "awardNumber": funding.award,
            "awardUri": funding.award_url,
            "awardTitle": funding.award_title,
        }
    )
