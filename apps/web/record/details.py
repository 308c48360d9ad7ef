"""What DataCite's fields tell of a record beside who, when and where: dates, rights, relations, funding, files.

A word that is not in one of DataCite's lists, or a date that is none, is left out: formats outside refuse the whole
record for it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from apps.search.types import Record
from apps.web import content
from apps.web.record import vocabulary
from apps.web.record.work import Dated, File, Funding, Related, Right
from apps.web.values import is_file, is_link

MOST = 200
MOST_FILES = 1000
_TIME = r"T\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?(?:Z|[+-]\d\d:?\d\d)?"
_DAY = rf"\d{{4}}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01])(?:{_TIME})?)?)?"
_DATE = re.compile(rf"{_DAY}(?:/{_DAY})?", re.ASCII)
_ADDRESS = re.compile(r"[a-z][a-z0-9+.-]{1,20}://[^\s<>\"\\^`{|}]{1,1900}", re.ASCII | re.IGNORECASE)
_SPDX = re.compile(r"[A-Za-z0-9][A-Za-z0-9.+-]{1,60}", re.ASCII)
_CHECKSUM = re.compile(r"[0-9a-fA-F]{8,128}", re.ASCII)
_ALGORITHMS = ("sha512", "sha256", "sha1", "md5")


def dates(record: Record, at: str) -> tuple[Dated, ...]:
    told = (Dated(_text(one, "date"), _text(one, "dateType")) for one in content.objects(record, f"{at}dates"))
    return _once(one for one in told if one.kind in vocabulary.DATES and _DATE.fullmatch(one.date))


def rights(record: Record, at: str) -> tuple[Right, ...]:
    """Of DataCite's list; of a plain ``license`` where there is none."""
    told = _once(_right(one) for one in content.objects(record, f"{at}rightsList"))
    named = (text for path in ("license", "licence") for text in content.values(record, path) if isinstance(text, str))
    return tuple(one for one in told or _once(_named(text.strip()) for text in named) if one != Right())


def related(record: Record, at: str) -> tuple[Related, ...]:
    told = (
        Related(_text(one, "relatedIdentifier"), _text(one, "relatedIdentifierType"), _text(one, "relationType"))
        for one in content.objects(record, f"{at}relatedIdentifiers")
    )
    return _once(o for o in told if o.name and o.kind in vocabulary.IDENTIFIERS and o.relation in vocabulary.RELATIONS)


def funding(record: Record, at: str) -> tuple[Funding, ...]:
    return _once(one for told in content.objects(record, f"{at}fundingReferences") if (one := _funding(told)).funder)


def files(record: Record) -> tuple[File, ...]:
    """Those that have an address, whichever scheme it is of."""
    told = (_file(one) for one in content.objects(record, "files"))
    return _once((one for one in told if is_file(one.url) or _ADDRESS.fullmatch(one.url)), most=MOST_FILES)


def _right(told: Mapping[str, object]) -> Right:
    url, identifier = _text(told, "rightsUri"), _text(told, "rightsIdentifier")
    return Right(_text(told, "rights"), url if is_link(url) else "", identifier if _SPDX.fullmatch(identifier) else "")


def _named(text: str) -> Right:
    return Right(url=text) if is_link(text) else Right(name=text)


def _funding(told: Mapping[str, object]) -> Funding:
    kind, url = _text(told, "funderIdentifierType"), _text(told, "awardUri")
    return Funding(
        funder=_text(told, "funderName"),
        funder_id=_text(told, "funderIdentifier"),
        funder_id_kind=kind if kind in vocabulary.FUNDERS else "Other",
        award=_text(told, "awardNumber"),
        award_url=url if is_link(url) else "",
        award_title=_text(told, "awardTitle"),
    )


def _file(told: Mapping[str, object]) -> File:
    size = told.get("length", told.get("size"))
    sums = {name: _text(told, name) for name in _ALGORITHMS}
    algorithm = next((name for name, text in sums.items() if _CHECKSUM.fullmatch(text)), "")
    return File(
        url=_text(told, "url"),
        name=_text(told, "filename") or _text(told, "name"),
        media_type=_text(told, "mime_type") or _text(told, "encodingFormat"),
        size_bytes=size if isinstance(size, int) and not isinstance(size, bool) and size >= 0 else -1,
        algorithm=algorithm,
        checksum=sums[algorithm].lower() if algorithm else "",
    )


def _text(told: Mapping[str, object], key: str) -> str:
    found = told.get(key)
    return found.strip() if isinstance(found, str) else ""


def _once(found: Iterable[Any], *, most: int = MOST) -> tuple[Any, ...]:
    """In order, each once."""
    return tuple(dict.fromkeys(found))[:most]
