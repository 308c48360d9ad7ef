"""How a record is cited: as a line of text, and as BibTeX."""

from __future__ import annotations

import re
from dataclasses import dataclass

from apps.web.bibliography import Creator, Work

MOST_NAMED = 20
_SPECIAL = {
    "\\": r"\textbackslash{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    **{sign: f"\\{sign}" for sign in "{}&%$#_"},
}
_ESCAPES = str.maketrans(_SPECIAL)


@dataclass(frozen=True, slots=True)
class Citation:
    text: str
    bibtex: str


def build(work: Work, *, url: str) -> Citation | None:
    """None where the data do not tell enough. ``url`` is where the record stands; a DOI is better, and taken first."""
    return Citation(_text(work, url), _bibtex(work, url)) if work.is_citable else None


def _text(work: Work, url: str) -> str:
    names = [creator.name for creator in work.creators[:MOST_NAMED]]
    if len(work.creators) > MOST_NAMED:
        names.append("et al.")
    who = "; ".join(names) or work.publisher
    version = f" (Version {work.version})" if work.version else ""
    publisher = f" {_ended(work.publisher)}" if work.creators and work.publisher else ""
    return f"{who} ({work.year}). {work.title}{version} [Data set].{publisher} {_address(work, url)}"


def _ended(text: str) -> str:
    return text if text.endswith(".") else f"{text}."


def _address(work: Work, url: str) -> str:
    return f"https://doi.org/{work.doi}" if work.doi else url


def _bibtex(work: Work, url: str) -> str:
    fields = {
        "title": f"{{{_escaped(work.title)}}}",
        "author": " and ".join(_author(creator) for creator in work.creators),
        "year": work.year,
        "publisher": _escaped(work.publisher),
        "version": _escaped(work.version),
        "doi": work.doi,
        "url": _address(work, url),
    }
    lines = [f"  {name} = {{{text}}}" for name, text in fields.items() if text]
    return "\n".join([f"@misc{{{_key(work)},", ",\n".join(lines), "}"])


def _author(creator: Creator) -> str:
    """What is no "family, given" is braced, so that BibTeX does not part it."""
    if creator.family and creator.given:
        return f"{_escaped(creator.family)}, {_escaped(creator.given)}"
    return f"{{{_escaped(creator.name)}}}"


def _escaped(text: str) -> str:
    return " ".join(text.translate(_ESCAPES).split())


def _key(work: Work) -> str:
    first = (work.creators[0].family or work.creators[0].name) if work.creators else work.publisher
    words = re.findall(r"[A-Za-z0-9]+", f"{first} {work.year} {work.title}")
    return "_".join(words[:5]).lower() or "record"
