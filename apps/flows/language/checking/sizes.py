"""What is looked at first: a document that is no JSON, too large or too deep is looked at no further.

Walks by a list of its own, never by recursion, and stops at the limit: a document of shared parts may be endless.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Any  # Any: JSON, or what pretends to be it

from apps.flows.language.checking.codes import Code
from apps.flows.language.finding import Finding, pointer_to

MOST_BYTES = 1_000_000
MOST_LEVELS = 100
MOST_STATES = 500

_LONGEST_WHOLE_BITS = 1024  # such numbers hold in a double, just; larger ones are read differently by everyone


def size_findings(document: Any) -> list[Finding]:
    """At most one of each kind."""
    found: dict[str, Finding] = {}
    size = 0
    to_do: list[tuple[str, Any, int]] = [("", document, 1)]
    while to_do:
        pointer, value, level = to_do.pop()
        size += _bytes(value)
        if size > MOST_BYTES:
            found[Code.TOO_LARGE] = Finding("", Code.TOO_LARGE, _TOO_LARGE)
            break
        if level > MOST_LEVELS:
            found.setdefault(Code.TOO_DEEP, Finding(pointer, Code.TOO_DEEP, _TOO_DEEP))
            continue
        if trouble := _trouble(value):
            found.setdefault(Code.NOT_JSON, Finding(pointer, Code.NOT_JSON, trouble))
            continue
        to_do += ((pointer_to(pointer, key), inner, level + 1) for key, inner in _children(value))
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
        return 2 + sum(len(key) + 4 for key in value if isinstance(key, str))
    return 2


def _trouble(value: Any) -> str:
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
