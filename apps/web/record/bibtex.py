"""A work as a BibTeX entry: the same on the page of its record and in a file of all that was found.

What is printed has TeX's signs escaped; braces become words, because BibTeX counts even escaped ones.
"""

from __future__ import annotations

import re
from hashlib import sha256

from apps.web.record.work import Creator, Work

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


def entry(work: Work) -> str:
    fields = {
        "title": f"{{{escaped(work.title)}}}",
        "author": " and ".join(map(_author, work.creators)),
        "year": work.year,
        "publisher": escaped(work.publisher),
        "version": escaped(work.version),
        "doi": work.doi,
        "url": work.address,
    }
    lines = [f"  {name} = {{{text}}}" for name, text in fields.items() if text]
    return "\n".join([f"@misc{{{key(work)},", ",\n".join(lines), "}"])


def key(work: Work) -> str:
    """Readable by who and when, unique by the hash of the subject: a file of many works needs that."""
    first = (work.creators[0].family or work.creators[0].name) if work.creators else work.publisher
    words = re.findall(r"[A-Za-z0-9]+", f"{first} {work.year}")
    return f"{'_'.join(words[:4])[:40].lower() or 'record'}-{sha256(work.subject.encode()).hexdigest()[:12]}"


def escaped(text: str) -> str:
    return " ".join(text.translate(_SIGNS).split())


def _author(creator: Creator) -> str:
    """Braced where BibTeX would part it otherwise than the data do."""
    name = escaped(f"{creator.family}, {creator.given}")
    is_parted = bool(creator.family and creator.given) and name.count(",") < 3
    return name if is_parted and " and " not in f" {name.lower()} " else f"{{{escaped(creator.name)}}}"
