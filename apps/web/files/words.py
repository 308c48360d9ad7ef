"""Names, sizes and instants as people read them."""

from __future__ import annotations

import unicodedata

_UNITS = ("bytes", "kB", "MB", "GB", "TB", "PB", "EB")
_TURNS_TEXT = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def readable(name: str) -> str:
    """A name as it can be shown. Bytes that are no text, signs without a shape and those that turn the direction of
    the text around are shown as ``�``: ``gpj.exe`` must not look like a picture."""
    return "".join("�" if _is_hidden(sign) else sign for sign in name)


def _is_hidden(sign: str) -> bool:
    return sign in _TURNS_TEXT or unicodedata.category(sign) in {"Cc", "Cs", "Zl", "Zp"}


def size(number: int) -> str:
    """In units of 1,000, with three digits: 982 bytes, 48.2 MB."""
    if number < 1000:
        return "1 byte" if number == 1 else f"{number} bytes"
    value, unit = float(number), 0
    while value >= 999.5 and unit < len(_UNITS) - 1:
        value, unit = value / 1000, unit + 1
    digits = 2 if value < 9.995 else 1 if value < 99.95 else 0
    return f"{value:.{digits}f} {_UNITS[unit]}"
