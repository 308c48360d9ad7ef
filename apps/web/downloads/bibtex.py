"""A record as a BibTeX entry, from what its content offers: DataCite's paths, at the top or below ``dc``, and kin.

What is printed has TeX's signs escaped; braces become words, because BibTeX counts even escaped ones. Addresses stay
as they are but for signs that would end the field.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from hashlib import sha256

from apps.search.types import Record
from apps.web import content
from apps.web.values import is_link

_PLACES = ("dc.", "datacite.", "citation.", "")
_TITLES = ("titles.title", "title", "name")
_AUTHORS = ("creators.name", "creators.creatorName", "creators", "creator", "authors.name", "authors", "author")
_YEARS = ("publicationYear", "publication_year", "year", "dates.date", "date", "published")
_PUBLISHERS = ("publisher.name", "publisher")
_DOIS = ("doi", "identifiers.identifier", "identifier")
_DOI = re.compile(r"10\.\d{4,9}/[^\s\"<>{}\\]+", re.ASCII)
_YEAR = re.compile(r"\d{4}(?!\d)", re.ASCII)
_SIGNS = str.maketrans(
    {
        **{sign: f"\\{sign}" for sign in "&%$#_"},
        "\\": r"\textbackslash{}",
        "{": r"\textbraceleft{}",
        "}": r"\textbraceright{}",
        "~": r"\textasciitilde{}",
        "^": r"\textasciicircum{}",
    }
)
_IN_ADDRESSES = str.maketrans({"{": "%7B", "}": "%7D", "\\": "%5C"})


def entry(record: Record, title: str, *, page: str) -> str:
    """``title`` is the path of the index's titles; ``page`` is where the record is shown."""
    doi = next(iter(_dois(record)), "")
    fields = {
        "title": f"{{{escaped(content.text(record, title) or _first(record, _TITLES) or record.subject)}}}",
        "author": " and ".join(map(_name, _all(record, _AUTHORS))),
        "year": _year(record),
        "publisher": escaped(_first(record, _PUBLISHERS)),
        "version": escaped(_first(record, ("version",))),
        "doi": doi.translate(_IN_ADDRESSES),
        "url": _url(record, page).translate(_IN_ADDRESSES),
    }
    lines = "".join(f"  {name} = {{{text}}},\n" for name, text in fields.items() if text)
    return f"@misc{{{key(record.subject)},\n{lines}}}\n\n"


def key(subject: str) -> str:
    """Readable by its end, unique by the hash of the whole."""
    words = re.findall(r"[A-Za-z0-9]+", subject)
    return f"{words[-1][:40] if words else 'record'}-{sha256(subject.encode()).hexdigest()[:12]}"


def escaped(text: str) -> str:
    return " ".join(text.translate(_SIGNS).split())


def _name(name: str) -> str:
    """In braces where BibTeX would read more into it than one name."""
    text = escaped(name)
    is_plain = text.count(",") < 2 and " and " not in f" {text.lower()} "
    return text if is_plain else f"{{{text}}}"


def _year(record: Record) -> str:
    found = (_YEAR.match(text) for text in _each(record, _YEARS))
    return next((year[0] for year in found if year), "")


def _dois(record: Record) -> Iterable[str]:
    for text in (*_each(record, _DOIS), record.subject):
        if found := _DOI.search(text):
            yield found[0].rstrip(".,;")


def _url(record: Record, page: str) -> str:
    given = [text for text in (*_all(record, ("url",)), record.subject) if is_link(text)]
    return given[0] if given else page


def _first(record: Record, names: tuple[str, ...]) -> str:
    return next(iter(_each(record, names)), "")


def _all(record: Record, names: tuple[str, ...]) -> list[str]:
    """All values of the first path that has some."""
    for place in _PLACES:
        for name in names:
            if found := _texts(record, place + name):
                return found
    return []


def _each(record: Record, names: tuple[str, ...]) -> Iterable[str]:
    """The values of all paths, the likeliest first."""
    for place in _PLACES:
        for name in names:
            yield from _texts(record, place + name)


def _texts(record: Record, path: str) -> list[str]:
    return [str(value) for value in content.values(record, path) if value not in (None, "")]
