"""How a record is cited: as a line of text in APA's manner (7th edition), and as BibTeX."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from apps.web.record import bibtex
from apps.web.record.work import Creator, Work

MOST_NAMED = 20
_KINDS = {"": "Data set", "Dataset": "Data set", "Software": "Computer software"}


@dataclass(frozen=True, slots=True)
class Citation:
    text: str
    bibtex: str


def build(work: Work) -> Citation | None:
    """None where the data do not tell enough."""
    return Citation(text(work), bibtex.entry(work)) if work.is_citable else None


def text(work: Work) -> str:
    """Where nobody made it, it is its publisher's."""
    who = _listed([_name(creator) for creator in work.creators]) or work.publisher
    publisher = work.publisher if work.creators else ""
    kind = _KINDS.get(work.kind) or re.sub(r"(?<=[a-z])(?=[A-Z])", " ", work.kind).capitalize()
    version = f" (Version {work.version})" if work.version else ""
    sentences = [who, f"({work.year or 'n.d.'})", f"{work.title}{version} [{kind}]", publisher]
    return " ".join([*(_ended(one) for one in sentences if one), work.address])


def _listed(names: Sequence[str]) -> str:
    """Of more than twenty the first nineteen and the last."""
    if len(names) > MOST_NAMED:
        return f"{', '.join(names[: MOST_NAMED - 1])}, . . . {names[-1]}"
    return ", & ".join([", ".join(names[:-1]), names[-1]]) if len(names) > 1 else "".join(names)


def _name(creator: Creator) -> str:
    """Family name and initials where the data part the name, else the name as it is."""
    initials = " ".join(_initial(part) for part in creator.given.split())
    return f"{creator.family}, {initials}" if creator.family and initials else creator.name


def _initial(part: str) -> str:
    """Of Jean-Pierre both."""
    return "-".join(f"{one[0].upper()}." for one in part.split("-") if one)


def _ended(sentence: str) -> str:
    return sentence if sentence.endswith((".", "?", "!")) else f"{sentence}."
