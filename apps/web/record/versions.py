"""Versions of a record, where its data tell of them: in the names of its entries, or as related identifiers."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from apps.search.types import Record
from apps.web import content
from apps.web.record.bibliography import ROOTS
from apps.web.values import date, is_link

_VERSION = re.compile(r"(?:v|version)?[-_. ]?(\d{1,9}(?:\.\d{1,9}){0,3})", re.ASCII | re.IGNORECASE)
_RELATIONS = {
    "IsNewVersionOf": "Follows",
    "IsPreviousVersionOf": "Followed by",
    "IsVersionOf": "A version of",
    "HasVersion": "Has the version",
}
MOST = 50


@dataclass(frozen=True, slots=True)
class Version:
    """``url`` is "" where nothing can be linked to; ``about`` is a day, or how two versions are related."""

    name: str
    about: str = ""
    url: str = ""


def of(record: Record) -> tuple[Version, ...]:
    """Entries that are versions, the newest first, then versions that are somewhere else."""
    return (*_entries(record), *_related(record))[:MOST]


def _entries(record: Record) -> list[Version]:
    found = []
    for place, entry in enumerate(record.entries, start=1):
        if number := _VERSION.fullmatch(entry.entry_id):
            order = tuple(int(part) for part in number[1].split("."))
            found.append((order, Version(f"Version {number[1]}", date(entry.updated_at[:10]), f"#entry-{place}")))
    return [version for _, version in sorted(found, key=lambda one: one[0], reverse=True)]


def _related(record: Record) -> list[Version]:
    told = (one for root in (*ROOTS, "") for one in content.objects(record, f"{root}.relatedIdentifiers".strip(".")))
    return [version for one in told if (version := _relation(one)) is not None]


def _relation(told: Mapping[str, object]) -> Version | None:
    relation, name = told.get("relationType"), told.get("relatedIdentifier")
    if not isinstance(relation, str) or not isinstance(name, str) or relation not in _RELATIONS or not name:
        return None
    is_doi = told.get("relatedIdentifierType") == "DOI" and name.startswith("10.")
    url = f"https://doi.org/{name}" if is_doi else name
    return Version(name, _RELATIONS[relation], url if is_link(url) else "")
