"""Who made a record's data, when and where: read from DataCite's fields, from those of the PDB, or from plain ones."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from apps.search.types import Record
from apps.web import content

ROOTS = ("dc", "datacite", "attributes", "data.attributes")
"""Where DataCite's fields are kept; entries that follow it to the letter have them at the top."""

_DOI = re.compile(r"(?:^|(?<=/)|(?<=:)|(?<= ))10\.\d{4,9}/[^\s\"<>{}\\]{1,200}")
_ORCID = re.compile(r"\d{4}-\d{4}-\d{4}-\d{3}[\dX]")
_YEAR = re.compile(r"[12]\d{3}(?!\d)", re.ASCII)
_PLAIN_CREATORS = ("creator", "authors.name", "authors", "author")
_PDB_ID = re.compile(r"[1-9][A-Za-z0-9]{3}")
_NAMES = ("name", "creatorName", "fullName")
_PDB_CITATIONS = ("rcsb_primary_citation", "primary_citation", "citation")
MOST_CREATORS = 200


@dataclass(frozen=True, slots=True)
class Creator:
    """``family`` is set where the data part a name; an organisation has a name alone."""

    name: str
    family: str = ""
    given: str = ""
    orcid: str = ""
    is_organisation: bool = False


@dataclass(frozen=True, slots=True)
class Work:
    """A record as a bibliography knows it; what its data do not tell is empty. ``url`` is where the record stands."""

    title: str
    subject: str
    url: str
    creators: tuple[Creator, ...] = ()
    year: str = ""
    publisher: str = ""
    doi: str = ""
    version: str = ""
    description: str = ""
    keywords: tuple[str, ...] = ()
    license_url: str = ""

    @property
    def address(self) -> str:
        """Where to send a reader: a DOI stays when a portal goes."""
        return f"https://doi.org/{self.doi}" if self.doi else self.url

    @property
    def is_citable(self) -> bool:
        return bool(self.title and self.year and (self.creators or self.publisher))


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
        license_url=next((t for t in _texts(record, f"{at}rightsList.rightsUri") if t.startswith("http")), ""),
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


def _plainly_named(record: Record, at: str) -> list[Creator]:
    """Where neither DataCite nor the PDB is followed: the first path that names somebody."""
    told = (_texts(record, root + name) for root in dict.fromkeys((at, "")) for name in _PLAIN_CREATORS)
    return [_named(name) for name in next(filter(None, told), [])]


def _creator(told: Mapping[str, object]) -> Creator:
    family, given = _text(told, "familyName"), _text(told, "givenName")
    name = next((text for key in _NAMES if (text := _text(told, key))), "") or ", ".join(filter(None, (family, given)))
    if _text(told, "nameType") == "Organizational":
        return Creator(name, is_organisation=True)
    parted = _named(name)
    orcid = _ORCID.search(str(told.get("nameIdentifiers", "")) + _text(told, "orcid"))
    return Creator(name, family or parted.family, given or parted.given, orcid[0] if orcid else "")


def _named(name: str) -> Creator:
    family, comma, given = name.partition(",")
    return Creator(name, family.strip(), given.strip()) if comma else Creator(name)


def _text(told: Mapping[str, object], key: str) -> str:
    found = told.get(key)
    return found.strip() if isinstance(found, str) else ""
