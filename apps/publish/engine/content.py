"""What stands in the index of a version, besides what its author filled in."""

from __future__ import annotations

import mimetypes
from typing import Any
from urllib.parse import quote

from django.urls import reverse

from apps.publish import document as documents
from apps.publish.engine.planning import url_of
from apps.publish.models import Version
from apps.publish.types import Part
from apps.storage.types import FilePath

MOST_LISTED = 1_000


def of_part(version: Version, part: Part) -> dict[str, Any]:
    """The content of an entry. The main one tells of its version, its identifier and its files, too, where its author
    said nothing under these names."""
    if part.entry_id:
        return part.content
    told: dict[str, Any] = {"version": str(version.number), "url": url_of(version.submission_id, version.number)}
    if version.identifier_link:
        told["identifier"] = version.identifier_link
    at = documents.read(version.form_version.document).files_at
    if at and version.files_json and version.collection is not None:
        told[at] = [_file(version, one) for one in version.files_json[:MOST_LISTED]]
    return {**told, **part.content}


def _file(version: Version, told: dict[str, Any]) -> dict[str, Any]:
    """Where it is had, whoever may: formats for the outside name files by that."""
    path = FilePath.from_key(told["path"])
    names = "/".join(quote(name, safe="", errors="surrogateescape") for name in path.names)
    url = f"{reverse('file', args=[version.collection_id, 'x']).removesuffix('x')}{names}"
    kind = mimetypes.guess_type(path.name)[0]
    about = {"url": url, "filename": str(FilePath((path.name,)))[1:], **({"mime_type": kind} if kind else {})}
    return {**about, **told, "collection": str(version.collection_id)}
