"""Formats of texts: what jsonschema knows, and those of research. What people paste is written as it should be.

Formats for which jsonschema needs other packages (``date-time``, ``time``, ``uri``) are checked here: nothing is left
unchecked because a package is not there.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime
from urllib.parse import urlsplit

from jsonschema import Draft202012Validator, FormatChecker

_PREFIX = {
    "orcid": re.compile(r"(?:https?://)?(?:www\.)?orcid\.org/|orcid:", re.IGNORECASE),
    "ror": re.compile(r"(?:https?://)?(?:www\.)?ror\.org/|ror:", re.IGNORECASE),
    "doi": re.compile(r"(?:https?://)?(?:dx\.|www\.)?doi\.org/|doi:\s*", re.IGNORECASE),
}
_ORCID = re.compile(r"\d{4}-\d{4}-\d{4}-\d{3}[\dX]", re.ASCII)
_ROR = re.compile(r"https://ror\.org/(0[0-9a-hjkmnp-tv-z]{6})(\d\d)", re.ASCII)
_DOI = re.compile(r"10\.\d{4,9}(?:\.\d+)*/[^\s\x00-\x20]+", re.ASCII)
_MAIL = re.compile(r"[^\s@<>()\[\],;:\\\"]+@[^\s@<>()\[\],;:\\\".]+(?:\.[^\s@<>()\[\],;:\\\".]+)*")
_URI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\s<>\"{}|\\^`\x00-\x20\x7f-\uffff]+")
_TIME = re.compile(r"(\d\d):(\d\d):(\d\d)(?:\.\d+)?(?:[Zz]|[+-](\d\d):(\d\d))", re.ASCII)
_CROCKFORD = "0123456789abcdefghjkmnpqrstvwxyz"


def normal(name: str, text: str) -> str:
    """As the format writes it, where what is meant is clear; else as it is."""
    text = text.strip()
    if name in _PREFIX:
        text = _PREFIX[name].sub("", text, count=1) if _PREFIX[name].match(text) else text
    match name:
        case "orcid":
            signs = re.sub(r"[\s\u2010-\u2015-]", "", text).upper()
            is_whole = re.fullmatch(r"\d{15}[\dX]", signs, re.ASCII)
            return "-".join(signs[at : at + 4] for at in range(0, 16, 4)) if is_whole else text
        case "ror":
            return f"https://ror.org/{text.strip('/').lower()}" if text else text
    return text


def is_orcid(text: str) -> bool:
    return bool(_ORCID.fullmatch(text)) and text[-1] == orcid_digit(text)


def orcid_digit(text: str) -> str:
    """The last digit of an ORCID, by the others (ISO 7064, mod 11-2)."""
    total = 0
    for digit in text.replace("-", "")[:15]:
        total = (total + int(digit)) * 2
    rest = (12 - total % 11) % 11
    return "X" if rest == 10 else str(rest)


def is_ror(text: str) -> bool:
    """Its last two digits check the others (ISO 7064, mod 97-10)."""
    found = _ROR.fullmatch(text)
    if found is None:
        return False
    number = 0
    for sign in found[1]:
        number = number * 32 + _CROCKFORD.index(sign)
    return 98 - number * 100 % 97 == int(found[2])


def is_doi(text: str) -> bool:
    return bool(_DOI.fullmatch(text))


def is_date(text: str) -> bool:
    try:
        return len(text) == 10 and bool(date.fromisoformat(text))
    except ValueError:
        return False


def is_time(text: str) -> bool:
    """With a zone; the 61st second is there where it may be."""
    found = _TIME.fullmatch(text)
    if found is None:
        return False
    hour, minute, second, *zone = (int(part or 0) for part in found.groups())
    return hour < 24 and minute < 60 and second < 61 and zone[0] < 24 and zone[1] < 60


def is_moment(text: str) -> bool:
    return text[10:11] in {"T", "t"} and is_date(text[:10]) and is_time(text[11:])


def is_local(text: str) -> bool:
    """As browsers write a moment, without a zone."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return False
    return moment.tzinfo is None and text[10:11] == "T" and len(text) in {16, 19}


def is_uri(text: str) -> bool:
    try:
        return bool(_URI.fullmatch(text)) and bool(urlsplit(text).scheme)
    except ValueError:
        return False


def is_mail(text: str) -> bool:
    return bool(_MAIL.fullmatch(text)) and len(text) <= 254


OURS: dict[str, Callable[[str], bool]] = {
    "date": is_date,
    "time": is_time,
    "date-time": is_moment,
    "email": is_mail,
    "uri": is_uri,
    "url": is_uri,
    "orcid": is_orcid,
    "ror": is_ror,
    "doi": is_doi,
}


def _judged(is_right: Callable[[str], bool]) -> Callable[[object], bool]:
    return lambda told: not isinstance(told, str) or is_right(told)


FORMATS = FormatChecker(formats=())
FORMATS.checkers = {
    **Draft202012Validator.FORMAT_CHECKER.checkers,
    **{name: (_judged(is_right), ()) for name, is_right in OURS.items()},
}
