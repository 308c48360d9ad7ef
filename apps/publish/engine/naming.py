"""The identifier of a version, and what is told of it to who gives it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from django.conf import settings

from apps.access import services as access
from apps.flows import services as flows
from apps.publish.engine.planning import url_of
from apps.publish.models import Version

_OWN = ("titles", "creators", "publisher", "publicationYear", "types", "subjects", "contributors", "dates", "language")
_MORE = ("relatedIdentifiers", "rightsList", "descriptions", "geoLocations", "fundingReferences", "sizes", "formats")


def minter_of(version: Version) -> flows.Minter:
    """Who gives it.

    Raises:
        NotSetUp: the portal has no account there (any more).
    """
    return flows.minter_of(version.identifier_service)


def wish_for(version: Version, now: datetime) -> flows.Wish:
    """What is asked of them."""
    return flows.Wish(
        name=version.identifier,
        by=access.principal_of(version.submission.form.publisher),
        now=now,
        url=url_of(version.submission_id, version.number),
        metadata=metadata_of(version, now),
    )


def metadata_of(version: Version, now: datetime) -> dict[str, Any]:
    """DataCite's metadata, of what everybody sees who sees the record at all: where its content has DataCite's own
    members they are taken as they are, and what DataCite demands besides is filled in."""
    content = version.main.content
    told = {name: content[name] for name in (*_OWN, *_MORE) if name in content}
    author = version.submission.author
    return {
        "titles": [{"title": version.name}],
        "creators": [{"name": author.get_full_name() or author.get_username()}],
        "publisher": {"name": settings.FACILITY or "Vitrine"},
        "publicationYear": now.year,
        "types": {"resourceTypeGeneral": "Dataset"},
        "version": str(version.number),
        "schemaVersion": "http://datacite.org/schema/kernel-4",
        **told,
        "relatedIdentifiers": [*_related(content), *_earlier(version)],
    }


def _related(content: Mapping[str, Any]) -> list[Any]:
    told = content.get("relatedIdentifiers")
    return list(told) if isinstance(told, list) else []


def _earlier(version: Version) -> Iterator[dict[str, str]]:
    """The version before, by its identifier."""
    before = version.submission.versions.filter(number__lt=version.number).exclude(identifier="").first()
    if before is not None:
        kind = "DOI" if before.identifier_service == "datacite" else "URL"
        name = before.identifier if kind == "DOI" else before.identifier_link
        yield {"relationType": "IsNewVersionOf", "relatedIdentifier": name, "relatedIdentifierType": kind}
