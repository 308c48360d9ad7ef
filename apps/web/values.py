"""How a single value reads on a page: numbers, dates, links, long texts. Plain values in, plain values out."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from urllib.parse import unquote, urlsplit

_UNITS = ("bytes", "kB", "MB", "GB", "TB", "PB", "EB")
FOLD_AFTER = 320  # Characters; about four lines of a record page.
SHORT = 60
_DATE = re.compile(r"\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d(?:[.,]\d{1,9})?)? ?(?:Z|[+-]\d\d:?\d\d)?)?", re.ASCII)
_LINK = re.compile(r"https?://[^\s<>\"\\]+", re.ASCII | re.IGNORECASE)
_FILE = re.compile(r"/files/[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/[^\s<>\"\\]*[^\s<>\"\\/]", re.ASCII)


@dataclass(frozen=True, slots=True)
class Value:
    """A value as it reads. ``instant`` is set for dates, ``lead`` for long texts.

    ``href`` is set for http(s) links and for files of this portal, which read as their name; and for nothing else.
    """

    text: str
    href: str = ""
    instant: str = ""
    lead: str = ""
    is_none: bool = False
    is_number: bool = False

    @property
    def short(self) -> str:
        """For a line among others: of an instant, the day."""
        if self.instant:
            return self.text.partition(",")[0]
        return self.text if len(self.text) <= SHORT else self.text[: SHORT - 1].rstrip() + "…"


def value(raw: object) -> Value:
    """Any JSON scalar."""
    match raw:
        case None | "":
            return Value("none", is_none=True)
        case bool():
            return Value("yes" if raw else "no")
        case int() | float():
            return Value(number(raw), is_number=True)
    text = str(raw)
    if shown := date(text):
        return Value(shown, instant=text.replace(",", "."))
    if is_link(text):
        return Value(text, href=text)
    if is_file(text):
        return Value(unquote(text.rsplit("/", 1)[-1]), href=text)
    return Value(text, lead=_lead(text))


def number(raw: float) -> str:
    """Every digit of it, with commas from five digits on: 2021 and 37,400."""
    if isinstance(raw, float) and raw.is_integer() and abs(raw) < 1e15:
        raw = int(raw)
    return f"{raw:,}" if abs(raw) >= 10_000 else str(raw)


def count(n: float) -> str:
    return f"{n:,}"


def date(text: str) -> str:
    """An ISO date in words, or "" if it is none. What was not given (a time, an offset) is not shown."""
    if not _DATE.fullmatch(text):
        return ""
    try:
        moment = datetime.fromisoformat(text.replace(" ", "T", 1).replace(" ", "").replace(",", "."))
    except ValueError:
        return ""
    day = f"{moment.day} {moment:%b} {moment.year}"
    if len(text) == 10:
        return day
    seconds = f":{moment:%S}" if moment.second else ""
    offset = moment.utcoffset()
    zone = "" if offset is None else " UTC" if not offset else f" UTC{moment:%z}"
    return f"{day}, {moment:%H:%M}{seconds}{zone}"


def year(ms: object) -> str:
    """Of an instant in milliseconds since 1970 UTC, in four digits, as an address asks for it."""
    if not isinstance(ms, int | float):
        return ""
    return f"{(datetime(1970, 1, 1, tzinfo=UTC) + timedelta(milliseconds=ms)).year:04}"


def is_link(text: str) -> bool:
    """Whether the whole text is an http(s) address with a host; nothing else ever becomes a link."""
    if len(text) > 2000 or not _LINK.fullmatch(text):
        return False
    try:
        return bool(urlsplit(text).hostname)
    except ValueError:
        return False


def is_file(text: str) -> bool:
    """Whether the whole text is the address of a file of this very portal, good wherever the portal stands."""
    return len(text) <= 2000 and _FILE.fullmatch(text) is not None


def _lead(text: str) -> str:
    if len(text) <= FOLD_AFTER:
        return ""
    return text[: FOLD_AFTER - 80].rsplit(None, 1)[0] + " …"


_SPELLINGS = {
    "dc": "Dublin Core", "doi": "DOI", "id": "ID", "md5": "MD5", "orcid": "ORCID", "pdb": "PDB", "ph": "pH",
    "sha256": "SHA-256", "uri": "URI", "url": "URL", "uuid": "UUID",
}  # fmt: skip


def label(key: str) -> str:
    """A key as words: ``run_name`` is "Run name", ``publicationYear`` is "Publication year", ``pdb_id`` is "PDB ID"."""
    words = re.sub(r"(?<=[a-z0-9])(?=[A-Z][a-z])|[_\s]+", " ", key).strip()
    words = re.sub(r"(?<= )[A-Z](?=[a-z])", lambda found: found[0].lower(), words)
    words = " ".join(_SPELLINGS.get(word.lower(), word) for word in words.split(" "))
    begins_small = words.partition(" ")[0] in _SPELLINGS.values()
    return (words if begins_small else words[:1].upper() + words[1:]) or "(no name)"


def plural(n: int, one: str, many: str) -> str:
    return f"{count(n)} {one if n == 1 else many}"


def size(number: float) -> str:
    """In units of 1,000, with three digits: 982 bytes, 48.2 MB."""
    if number < 1000:
        return plural(int(number), "byte", "bytes")
    value, unit = float(number), 0
    while value >= 999.5 and unit < len(_UNITS) - 1:
        value, unit = value / 1000, unit + 1
    digits = 2 if value < 9.995 else 1 if value < 99.95 else 0
    return f"{value:.{digits}f} {_UNITS[unit]}"
