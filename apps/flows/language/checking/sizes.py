"""What is looked at first: a document that is no JSON, too large or too deep is looked at no further.

Walks by a list of its own, never by recursion, and stops at the limit: a document of shared parts may be endless.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Any, NamedTuple  # Any: JSON, or what pretends to be it

from apps.common.places import pointer_to
from apps.flows.language.checking.codes import Code
from apps.flows.language.finding import Finding

MOST_BYTES = 1_000_000
MOST_LEVELS = 100
MOST_STATES = 500

_LONGEST_WHOLE_BITS = 1024  # such numbers hold in a double, just; larger ones are read differently by everyone


class _Part(NamedTuple):
    """``key`` leads to it from ``holder``: pointers are long, and written only where something is wrong."""

    value: Any
    level: int = 1
    holder: _Part | None = None
    key: str | int = ""

    @property
    def pointer(self) -> str:
        keys: list[str | int] = []
        part = self
        while part.holder is not None:
            keys.append(part.key)
            part = part.holder
        return pointer_to("", *reversed(keys))


def size_findings(document: Any) -> list[Finding]:
    """At most one of each kind."""
    found: dict[Code, Finding] = {}
    size = 0
    to_do = [_Part(document)]
    while to_do and size <= MOST_BYTES:
        part = to_do.pop()
        size += _bytes(part.value)
        code, trouble = _trouble(part)
        if trouble and code not in found:
            found[code] = Finding(part.pointer, code, trouble)
        elif not trouble:
            to_do += (_Part(inner, part.level + 1, part, key) for key, inner in _children(part.value))
    if size > MOST_BYTES:
        found[Code.TOO_LARGE] = Finding("", Code.TOO_LARGE, _TOO_LARGE)
    return list(found.values())


def _children(value: Any) -> Iterator[tuple[str | int, Any]]:
    if isinstance(value, dict):
        yield from value.items()
    elif isinstance(value, list):
        yield from enumerate(value)


def _bytes(value: Any) -> int:
    """About as many as it has in JSON, without what it holds."""
    if isinstance(value, str):
        return len(value) + 3
    if isinstance(value, dict):
        return 4 + sum(len(key) + 4 for key in value if isinstance(key, str))
    return 4


def _trouble(part: _Part) -> tuple[Code, str]:
    return (Code.TOO_DEEP, _TOO_DEEP) if part.level > MOST_LEVELS else (Code.NOT_JSON, _trouble_of_value(part.value))


def _trouble_of_value(value: Any) -> str:
    if isinstance(value, dict):
        return next((_trouble_of_key(key) for key in value if _trouble_of_key(key)), "")
    if isinstance(value, str):
        return _trouble_of_text(value)
    if isinstance(value, float):
        return "" if math.isfinite(value) else f"JSON has no number `{value}`. Write a finite one."
    if isinstance(value, int):
        is_small = value.bit_length() <= _LONGEST_WHOLE_BITS
        return "" if is_small else "A whole number of so many digits is read by no one. Write it as a string."
    if value is None or isinstance(value, list):
        return ""
    return f"A value of the kind `{type(value).__name__}` is no JSON. Write a string, a number, a list or an object."


def _trouble_of_key(key: Any) -> str:
    if not isinstance(key, str):
        return f"Names in an object are strings, but `{key!r:.40}` is none. Put it in quotes."
    return _trouble_of_text(key)


def _trouble_of_text(text: str) -> str:
    """Neither a NUL nor half a character can be kept in a database."""
    if "\0" in text:
        return "This text holds the character U+0000, which cannot be kept. Remove it."
    try:
        text.isascii() or text.encode()
    except UnicodeEncodeError:
        return "This text holds half a character (a lone surrogate). Remove it."
    return ""


_TOO_LARGE = f"The definition is larger than {MOST_BYTES // 1_000_000} MB. Move data into the input, or split the flow."
_TOO_DEEP = f"Lists and objects are nested more than {MOST_LEVELS} levels deep here. Flatten them."
