"""A record as RIS, which every program for references reads."""

from __future__ import annotations

from collections.abc import Iterator

from apps.web.record.description import Description
from apps.web.record.work import Creator, Work

_KINDS = {"": "DATA", "Dataset": "DATA", "Software": "COMP"}


def write(description: Description) -> str:
    """A line for each value; RIS knows no line breaks within one."""
    lines = (f"{tag}  - {' '.join(text.split())}" for tag, text in _fields(description) if text.strip())
    return "\r\n".join([*lines, "ER  - ", ""])


def _fields(description: Description) -> Iterator[tuple[str, str]]:
    work = description.work
    yield "TY", _KINDS.get(work.kind, "GEN")
    yield "TI", work.title
    yield from (("AU", _name(creator)) for creator in work.creators)
    yield "PY", work.year
    yield "DA", _date(work)
    yield "PB", work.publisher
    yield "ET", work.version
    yield "LA", work.language
    yield "DO", work.doi
    yield "UR", work.address
    yield "AB", work.description
    yield from (("KW", word) for word in work.keywords)


def _name(creator: Creator) -> str:
    return f"{creator.family}, {creator.given}" if creator.family and creator.given else creator.name


def _date(work: Work) -> str:
    """YYYY/MM/DD/, whose last part would be words."""
    return f"{work.issued.replace('-', '/')}/" if len(work.issued) == 10 else ""
