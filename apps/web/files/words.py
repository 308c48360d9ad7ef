"""Names and paths as people read them."""

from __future__ import annotations

import unicodedata

_TURNS_TEXT = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def readable(name: str) -> str:
    """A name as it can be shown. Bytes that are no text, signs without a shape and those that turn the direction of
    the text around are shown as ``�``: ``gpj.exe`` must not look like a picture."""
    return "".join("�" if _is_hidden(sign) else sign for sign in name)


def _is_hidden(sign: str) -> bool:
    return sign in _TURNS_TEXT or unicodedata.category(sign) in {"Cc", "Cs", "Zl", "Zp"}
