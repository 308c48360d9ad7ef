"""Patterns of names: ``/{sample.protein}/{id}`` with what a submission says put in.

A name in braces is a path into what was filled in (dots between keys, numbers for places in lists), or one of
``FACTS``. There is nothing else to it: no code of any kind runs.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from typing import Any

FACTS = ("id", "version", "year", "url", "identifier")
"""What is known of every submission: its short id, the number of the version, the year of publishing, the address of
its page here, and its identifier."""
_NAME = re.compile(r"\{([A-Za-z_][\w.-]*)\}")
_BRACE = re.compile(r"[{}]")


class Gap(Exception):  # not an error of ours: something is not filled in yet
    """Nothing is there to be put in for ``name``."""

    def __init__(self, name: str) -> None:
        self.name = name
        super().__init__(name)


def names_in(pattern: str) -> Iterator[str]:
    return (found[1] for found in _NAME.finditer(pattern))


def has_stray_brace(pattern: str) -> bool:
    return bool(_BRACE.search(_NAME.sub("", pattern)))


def filled(pattern: str, facts: Mapping[str, str], value: Any, *, is_path: bool = False) -> str:
    """
    ``is_path``: each piece becomes one name of a file at most, without slashes or signs that are hard to type.

    Raises:
        Gap: something that the pattern names is not there, is empty, or is no text or number.
    """

    def piece(found: re.Match[str]) -> str:
        name = found[1]
        text = facts[name] if name in facts else _text(value, name)
        text = _file_name(text) if is_path else text.strip()
        if not text:
            raise Gap(name)
        return text

    return _NAME.sub(piece, pattern)


def _text(value: Any, name: str) -> str:
    for key in name.split("."):
        if isinstance(value, Mapping):
            value = value.get(key)
        elif isinstance(value, list) and key.isdecimal() and int(key) < len(value):
            value = value[int(key)]
        else:
            raise Gap(name)
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        raise Gap(name)
    return str(value)


def _file_name(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return re.sub(r"[^A-Za-z0-9._-]+", "-", plain).strip("-.")[:100]
