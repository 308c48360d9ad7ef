"""A record as the world outside describes data: read once, and written in each of its formats."""

from __future__ import annotations

from dataclasses import dataclass

from apps.web import links
from apps.web.values import is_file, is_link


@dataclass(frozen=True, slots=True)
class Affiliation:
    """``url`` is that of its ROR entry."""

    name: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class Creator:
    """``family`` is set where the data part a name; an organisation has a name alone.

    ``role`` is DataCite's word for what a contributor did; a creator has none.
    """

    name: str
    family: str = ""
    given: str = ""
    orcid: str = ""
    is_organisation: bool = False
    affiliations: tuple[Affiliation, ...] = ()
    role: str = ""

    @property
    def orcid_url(self) -> str:
        return f"https://orcid.org/{self.orcid}" if self.orcid else ""


@dataclass(frozen=True, slots=True)
class Dated:
    """``date`` is an ISO date, or two with a slash between; ``kind`` is DataCite's word for what happened then."""

    date: str
    kind: str


@dataclass(frozen=True, slots=True)
class Right:
    """A licence: its name, its address, its identifier at SPDX."""

    name: str = ""
    url: str = ""
    identifier: str = ""


@dataclass(frozen=True, slots=True)
class Related:
    """Another resource: its identifier, of which kind that is, and how it is related, in DataCite's words."""

    name: str
    kind: str
    relation: str

    @property
    def url(self) -> str:
        """Where it stands, or ""."""
        address = f"https://doi.org/{self.name}" if self.kind == "DOI" and self.name.startswith("10.") else self.name
        return address if is_link(address) else ""


@dataclass(frozen=True, slots=True)
class Funding:
    funder: str
    funder_id: str = ""
    funder_id_kind: str = ""
    award: str = ""
    award_url: str = ""
    award_title: str = ""


@dataclass(frozen=True, slots=True)
class File:
    """``checksum`` is in hexadecimal, ``algorithm`` its name (sha256); ``size_bytes`` is -1 where nobody says."""

    url: str
    name: str = ""
    media_type: str = ""
    size_bytes: int = -1
    algorithm: str = ""
    checksum: str = ""

    @property
    def address(self) -> str:
        """Where anybody who may can fetch it: files of this very portal are written without their host."""
        return links.absolute(self.url) if is_file(self.url) else self.url

    @property
    def is_web(self) -> bool:
        return is_link(self.address)


@dataclass(frozen=True, slots=True)
class Work:
    """A record as a bibliography knows it; what its data do not tell is empty.

    ``url`` is where the record stands; ``written`` is the instant at which what is seen of it was last written here.
    """

    title: str
    subject: str
    url: str
    creators: tuple[Creator, ...] = ()
    contributors: tuple[Creator, ...] = ()
    year: str = ""
    dates: tuple[Dated, ...] = ()
    publisher: str = ""
    doi: str = ""
    version: str = ""
    description: str = ""
    language: str = ""
    kind: str = ""
    kind_in_words: str = ""
    keywords: tuple[str, ...] = ()
    rights: tuple[Right, ...] = ()
    related: tuple[Related, ...] = ()
    funding: tuple[Funding, ...] = ()
    files: tuple[File, ...] = ()
    written: str = ""

    @property
    def address(self) -> str:
        """Where to send a reader: a DOI stays when a portal goes."""
        return f"https://doi.org/{self.doi}" if self.doi else self.url

    @property
    def license_url(self) -> str:
        return next((right.url for right in self.rights if right.url), "")

    @property
    def issued(self) -> str:
        """The day on which it was published, or the year alone, or ""."""
        told = {one.kind: one.date[:10] for one in reversed(self.dates) if len(one.date) >= 10 and "/" not in one.date}
        day = told.get("Issued") or told.get("Available") or ""
        return day if day and day.startswith(self.year) else self.year

    @property
    def is_citable(self) -> bool:
        return bool(self.title and self.year and (self.creators or self.publisher))
