"""JSON, indented: the very text, with other spaces between its parts."""

from __future__ import annotations

import re

import msgspec

from apps.web.files.previews.reading import Decoded

SUFFIXES = frozenset({"geojson", "ipynb", "json"})
MOST = 256 * 1024
DEEPEST = 40
"""Indenting writes two spaces a level before every value: a bound of the depth is one of the page's size."""
MOST_WRITTEN = 1_000_000
_STRING = re.compile(rb'"(?:[^"\\]|\\.)*(?:"|\\?\Z)', re.DOTALL)  # One that never ends is read once, to the end.
_BRACKET = re.compile(rb"[\[\]{}]")


def indented(data: bytes) -> Decoded | None:
    """None if it is no JSON, or nested too deeply or too long to be read by a person."""
    if _depth(data) > DEEPEST:
        return None
    try:
        written = msgspec.json.format(data, indent=2)
        return Decoded(written.decode()) if len(written) <= MOST_WRITTEN else None
    except (msgspec.DecodeError, UnicodeDecodeError):
        return None


def _depth(data: bytes) -> int:
    depth = deepest = 0
    for bracket in _BRACKET.findall(_STRING.sub(b"", data)):
        depth += 1 if bracket in b"[{" else -1
        deepest = max(deepest, depth)
    return deepest
