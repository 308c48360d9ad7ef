"""How a record is cited: as a line of text, and as BibTeX."""

from __future__ import annotations

from dataclasses import dataclass

from apps.web.record import bibtex
from apps.web.record.bibliography import Work

MOST_NAMED = 20


@dataclass(frozen=True, slots=True)
class Citation:
    text: str
    bibtex: str


def build(work: Work) -> Citation | None:
    """None where the data do not tell enough."""
    return Citation(_text(work), bibtex.entry(work)) if work.is_citable else None


def _text(work: Work) -> str:
    names = [creator.name for creator in work.creators[:MOST_NAMED]]
    if len(work.creators) > MOST_NAMED:
        names.append("et al.")
    who = "; ".join(names) or work.publisher
    version = f" (Version {work.version})" if work.version else ""
    publisher = f" {_ended(work.publisher)}" if work.creators and work.publisher else ""
    return f"{who} ({work.year}). {work.title}{version} [Data set].{publisher} {work.address}"


def _ended(text: str) -> str:
    return text if text.endswith(".") else f"{text}."
