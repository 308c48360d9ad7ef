"""Who made a record's data, when and where: read from DataCite's fields, from those of the PDB, or from plain ones."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace

from apps.search.types import Record
from apps.web import content
from apps.web.record import details, vocabulary
from apps.web.record.work import Affiliation, Creator, Work

ROOTS = ("dc", "datacite", "attributes", "data.attributes")
"""Where DataCite's fields are kept; entries that follow it to the letter have them at the top."""

_DOI = re.compile(r"(?:^|(?<=/)|(?<=:)|(?<= ))10\.\d{4,9}/[^\s\"<>{}\\]{1,200}")
_ORCID = re.compile(r"\d{4}-\d{4}-\d{4}-\d{3}[\dX]")
_YEAR = re.compile(r"[12]\d{3}(?!\d)", re.ASCII)
_PLAIN_CREATORS = ("creator", "authors.name", "authors", "author")
_PDB_ID = re.compile(r"[1-9][A-Za-z0-9]{3}")
_NAMES = ("name", "creatorName", "fullName")
_PDB_CITATIONS = ("rcsb_primary_citation", "primary_citation", "citation")
_ROR = re.compile(r"0[a-hj-km-np-tv-z0-9]{6}\d\d(?![a-z0-9])")
_LANGUAGE = re.compile(r"[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8}){0,3}", re.ASCII)
MOST_CREATORS = 200
MOST_AFFILIATIONS = 20


def read(record: Record, *, title: str, url: str) -> Work:
    """``title`` is what the record is called where its data do not say."""
    at = next((f"{root}." for root in ROOTS if any(content.nodes(record, root))), "")
    pdb_id = _pdb_id(record)
    years = (f"{at}publicationYear", *_pdb_paths("year"), "publication_year", "year")
    made = (*([f"{at}dates.date"] if at else []), "date", "published")
    return Work(
        title=_first(record, f"{at}titles.title", "struct.title") or title,
        creators=_creators(record, at),
        subject=record.subject,
        url=url,
        year=_year(_texts(record, *years, *made)),
        publisher=_first(record, f"{at}publisher.name", f"{at}publisher") or ("Worldwide PDB" if pdb_id else ""),
        doi=_doi(record, at) or (f"10.2210/pdb{pdb_id.lower()}/pdb" if pdb_id else ""),
        version=_first(record, f"{at}version"),
        description=_first(record, f"{at}descriptions.description", f"{at}description", "description"),
        keywords=tuple(_texts(record, f"{at}subjects.subject", f"{at}subjects", "keywords"))[:50],
        contributors=_contributors(record, at),
        dates=details.dates(record, at),
        language=_language(record, at),
        kind=next((word for word in _texts(record, f"{at}types.resourceTypeGeneral") if word in vocabulary.KINDS), ""),
        kind_in_words=_first(record, f"{at}types.resourceType"),
        rights=details.rights(record, at),
        related=details.related(record, at),
        funding=details.funding(record, at),
        files=details.files(record),
        written=max((entry.updated_at for entry in record.entries), default=""),
    )


def _texts(record: Record, *paths: str) -> list[str]:
    leaves = (leaf for path in paths for leaf in content.values(record, path))
    return [str(leaf) for leaf in leaves if isinstance(leaf, str | int) and str(leaf).strip()]


def _first(record: Record, *paths: str) -> str:
    return next(iter(_texts(record, *paths)), "")


def _year(texts: Iterable[str]) -> str:
    return next((found[0] for text in texts if (found := _YEAR.match(text))), "")


def _doi(record: Record, at: str) -> str:
    """Of the data themselves; that of a paper about them is another."""
    told = _texts(record, f"{at}doi", f"{at}identifier.identifier", f"{at}identifiers.identifier", f"{at}identifier")
    return next((found[0].rstrip(".,;") for text in [*told, record.subject] if (found := _DOI.search(text))), "")


def _pdb_id(record: Record) -> str:
    return next((text for text in _texts(record, "pdb_id", "rcsb_id") if _PDB_ID.fullmatch(text)), "")


def _pdb_paths(*keys: str) -> list[str]:
    return [f"{place}.{key}" for place in _PDB_CITATIONS for key in keys]


def _creators(record: Record, at: str) -> tuple[Creator, ...]:
    told = [_creator(one) for one in content.objects(record, f"{at}creators")]
    named = _texts(record, f"{at}creators", "audit_author.name", *_pdb_paths("rcsb_authors", "authors"))
    found = [*(one for one in told if one.name), *(_named(name) for name in named)]
    return tuple(dict.fromkeys(found or _plainly_named(record, at)))[:MOST_CREATORS]


def _contributors(record: Record, at: str) -> tuple[Creator, ...]:
    told = ((_creator(one), _text(one, "contributorType")) for one in content.objects(record, f"{at}contributors"))
    found = (replace(one, role=role) for one, role in told if one.name and role in vocabulary.ROLES)
    return tuple(dict.fromkeys(found))[:MOST_CREATORS]


def _language(record: Record, at: str) -> str:
    return next((text for text in _texts(record, f"{at}language") if _LANGUAGE.fullmatch(text)), "")


def _plainly_named(record: Record, at: str) -> list[Creator]:
    """Where neither DataCite nor the PDB is followed: the first path that names somebody."""
    told = (_texts(record, root + name) for root in dict.fromkeys((at, "")) for name in _PLAIN_CREATORS)
    return [_named(name) for name in next(filter(None, told), [])]


def _creator(told: Mapping[str, object]) -> Creator:
    family, given = _text(told, "familyName"), _text(told, "givenName")
    name = next((text for key in _NAMES if (text := _text(told, key))), "") or ", ".join(filter(None, (family, given)))
    if _text(told, "nameType") == "Organizational":
        return Creator(name, is_organisation=True, affiliations=_affiliations(told))
    parted = _named(name)
    orcid = _ORCID.search(str(told.get("nameIdentifiers", "")) + _text(told, "orcid"))
    return Creator(
        name,
        family or parted.family,
        given or parted.given,
        orcid[0] if orcid else "",
        affiliations=_affiliations(told),
    )


def _affiliations(told: Mapping[str, object]) -> tuple[Affiliation, ...]:
    """DataCite has them as texts, or as objects with an identifier."""
    listed = told.get("affiliation", told.get("affiliations"))
    several = listed if isinstance(listed, list) else [listed]
    found = (_affiliation(one if isinstance(one, dict) else {"name": one}) for one in several)
    return tuple(dict.fromkeys(one for one in found if one.name))[:MOST_AFFILIATIONS]


def _affiliation(told: Mapping[str, object]) -> Affiliation:
    ror = _ROR.search(_text(told, "affiliationIdentifier"))
    return Affiliation(_text(told, "name"), f"https://ror.org/{ror[0]}" if ror else "")


def _named(name: str) -> Creator:
    family, comma, given = name.partition(",")
    return Creator(name, family.strip(), given.strip()) if comma else Creator(name)


def _text(told: Mapping[str, object], key: str) -> str:
    found = told.get(key)
    return found.strip() if isinstance(found, str) else ""
