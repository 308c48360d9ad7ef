"""A record as an RO-Crate 1.1: a small archive that says what there is and where; the files stay where they are."""

from __future__ import annotations

import json
from datetime import datetime
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from django.template.loader import render_to_string

from apps.web.record import citation
from apps.web.record.description import Description
from apps.web.record.linked_data import told
from apps.web.record.work import Creator, File, Work

VERSION = "https://w3id.org/ro/crate/1.1"
CONTEXT = [f"{VERSION}/context", {name: f"https://schema.org/{name}" for name in ("creditText", "sha256")}]
"""With those of schema.org's words that version 1.1 does not have by itself."""
METADATA, PREVIEW = "ro-crate-metadata.json", "ro-crate-preview.html"
Node = dict[str, Any]


def write(description: Description) -> bytes:
    """The same bytes for the same record: what it holds is dated by when the record was written."""
    written = description.work.written
    at = datetime.fromisoformat(written).timetuple()[:6] if written else (1980, 1, 1, 0, 0, 0)
    kept = BytesIO()
    with ZipFile(kept, "w") as archive:
        for name, text in ((METADATA, _written(description)), (PREVIEW, _preview(description))):
            archive.writestr(ZipInfo(name, at), text, ZIP_DEFLATED)
    return kept.getvalue()


def _written(description: Description) -> str:
    return json.dumps(document(description), ensure_ascii=False, indent=2)


def document(description: Description) -> Node:
    work = description.work
    people = {_agent_id(one): one for one in (*work.creators, *work.contributors)}
    entities = [
        _root(description),
        *(_file(file, work) for file in work.files),
        *(_agent(name, one) for name, one in people.items()),
    ]
    entities += [_organisation(name) for name in dict.fromkeys(_organisations(work)) if name[0]]
    entities += [_license(work)] if work.license_url else []
    head = {
        "@id": METADATA,
        "@type": "CreativeWork",
        "conformsTo": {"@id": VERSION},
        "about": {"@id": "./"},
    }
    once = {entity["@id"]: entity for entity in reversed([head, *entities])}
    return {"@context": CONTEXT, "@graph": [_single(entity) for entity in reversed(once.values())]}


def _single(entity: Node) -> Node:
    """A list of one is written as that one."""
    return {name: value[0] if isinstance(value, list) and len(value) == 1 else value for name, value in entity.items()}


def _root(description: Description) -> Node:
    work = description.work
    return told(
        {
            "@id": "./",
            "@type": "Dataset",
            "name": work.title,
            "description": description.abstract,
            "identifier": work.address,
            "url": work.url,
            "datePublished": work.issued or work.written[:10],
            "dateModified": work.written,
            "version": work.version,
            "keywords": ", ".join(work.keywords),
            "creditText": citation.text(work),
            "license": {"@id": work.license_url} if work.license_url else _unlinked_license(work),
            "author": [{"@id": _agent_id(one)} for one in work.creators],
            "contributor": [{"@id": _agent_id(one)} for one in work.contributors],
            "publisher": {"@id": _organisation_id(work.publisher)} if work.publisher else None,
            "funder": [{"@id": _organisation_id(one.funder)} for one in work.funding],
            "hasPart": [{"@id": file.address} for file in work.files],
        }
    )


def _file(file: File, work: Work) -> Node:
    return told(
        {
            "@id": file.address,
            "@type": "File",
            "name": file.name,
            "encodingFormat": file.media_type,
            "contentSize": str(file.size_bytes) if file.size_bytes >= 0 else "",
            "sha256": file.checksum if file.algorithm == "sha256" else "",
            "sdDatePublished": work.written[:10],
        }
    )


def _agent_id(creator: Creator) -> str:
    return creator.orcid_url or f"#{creator.name.replace(' ', '_')}"


def _agent(name: str, creator: Creator) -> Node:
    return told(
        {
            "@id": name,
            "@type": "Organization" if creator.is_organisation else "Person",
            "name": creator.name,
            "familyName": creator.family,
            "givenName": creator.given,
            "affiliation": [{"@id": one.url or _organisation_id(one.name)} for one in creator.affiliations],
        }
    )


def _organisations(work: Work) -> list[tuple[str, str]]:
    """The address or name of each, and its name."""
    plain = [(work.publisher, ""), *((one.funder, "") for one in work.funding)]
    return [*plain, *((o.name, o.url) for one in (*work.creators, *work.contributors) for o in one.affiliations)]


def _organisation_id(name: str) -> str:
    return f"#{name.replace(' ', '_')}"


def _organisation(named: tuple[str, str]) -> Node:
    name, url = named
    return told({"@id": url or _organisation_id(name), "@type": "Organization", "name": name, "url": url})


def _unlinked_license(work: Work) -> str:
    """A crate has to say something."""
    return next((right.name for right in work.rights if right.name), "The record tells no licence.")


def _license(work: Work) -> Node:
    [right, *_] = [right for right in work.rights if right.url]
    return {"@id": right.url, "@type": "CreativeWork", "name": right.name or right.identifier or right.url}


def _preview(description: Description) -> str:
    shown = {"description": description, "citation": citation.text(description.work), "metadata": METADATA}
    return render_to_string("web/crate.html", shown)
