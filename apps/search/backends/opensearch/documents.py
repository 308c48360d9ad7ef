"""From a view to what OpenSearch indexes of it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from math import isfinite
from typing import TypeVar

from apps.search import paths
from apps.search.backends.opensearch.connection import Json
from apps.search.backends.opensearch.schema import MAX_LEVELS
from apps.search.types import MAX_KEYWORD_CHARACTERS, ViewDocument

T = TypeVar("T")


def identifier(subject: str, number: int) -> str:
    """The ``_id`` of a view: short however long the subject is (the engine takes 512 bytes), and ASCII."""
    return f"{hashlib.blake2b(subject.encode('utf-8', 'surrogatepass'), digest_size=16).hexdigest()}.{number}"


def field_names(views: Iterable[ViewDocument]) -> set[str]:
    """The typed fields that these views need, written ``letter.name``."""
    found: dict[str, set[str]] = {letter: set() for letter in "kndbg"}
    for view in views:
        found["k"].update(view.strings)
        found["n"].update(view.numbers)
        found["d"].update(view.dates)
        found["b"].update(view.booleans)
        found["g"].update(view.points)
    return {f"{letter}.{paths.field(path)}" for letter, several in found.items() for path in several}


def body(view: ViewDocument) -> Json:
    """The document of a view."""
    return {
        "s": view.subject,
        **_visibility(view),
        "sets": view.sets,
        "exact": view.exact,
        "p": view.paths,
        "w": view.words,
        "all": view.texts,
        **_strings(view.strings),
        # -0.0 and 0.0 are one number but two terms; adding 0.0 makes them one. JSON has no infinities and no NaN.
        "n": {paths.field(path): [v + 0.0 for v in values if isfinite(v)] for path, values in view.numbers.items()},
        "d": _by_field(view.dates),
        "b": _by_field(view.booleans),
        "g": {paths.field(path): [(lon, lat) for lat, lon in points] for path, points in view.points.items()},
    }


def _visibility(view: ViewDocument) -> Json:
    """``required`` counts only without ``acl``; with more sets than there are fields for, nobody matches."""
    seen: Json = {"whole": view.is_whole}
    if view.acl:
        seen["acl"] = view.acl
    elif view.required and len(view.required) <= MAX_LEVELS:
        seen["levels"], seen["denied"] = len(view.required), view.denied
        for level, principals in enumerate(view.required, 1):
            seen[f"r{level}"] = principals
    return seen


def _strings(strings: dict[str, list[str]]) -> Json:
    """Short strings go to ``k``, which the engine copies to ``t``; long ones to ``t`` alone.

    The length is counted here because the engine's ``ignore_above`` counts UTF-16 units, not characters.
    """
    short, long = {}, {}
    for path, values in strings.items():
        name = paths.field(path)
        short[name] = values
        if any(len(value) > MAX_KEYWORD_CHARACTERS for value in values):
            short[name] = [value for value in values if len(value) <= MAX_KEYWORD_CHARACTERS]
            long[name] = [value for value in values if len(value) > MAX_KEYWORD_CHARACTERS]
    return {"k": short, "t": long}


def _by_field(values: dict[str, list[T]]) -> dict[str, list[T]]:
    return {paths.field(path): several for path, several in values.items()}
