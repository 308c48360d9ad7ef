"""A view as a document of the engine."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from tantivy import Document

from apps.search import analysis, dates
from apps.search.backends.tantivy.layout import (
    KIND_FIELDS,
    MAX_SLOP,
    POINT_SLOTS,
    keyword,
    point_key,
    sortable,
)
from apps.search.paths import field
from apps.search.types import MAX_KEYWORD_CHARACTERS, ViewDocument

_GAP = f" {f'{analysis.GAP} ' * (MAX_SLOP + 1)}"

_BOOLEAN = {True: "true", False: "false"}

Typed = dict[str, dict[str, Any]]  # By field, then by key: what stands there as JSON.


def document(view: ViewDocument) -> Document:
    """The view, in Python values: the engine's JSON parser would round the last digit of many numbers."""
    typed = _typed(view)
    made = Document()
    made.add_text("s", sortable(view.subject))
    made.add_text("all", _apart(view.texts))
    several = _several(view, typed)
    for name, words in (_words(view) | _audience(view) | {"several": several}).items():
        for word in words:
            made.add_text(name, word)
    for name, values in (typed | _extremes(typed, several)).items():
        if values:
            made.add_json(name, values)
    return made


def _words(view: ViewDocument) -> dict[str, Iterable[str]]:
    return {
        "p": map(field, view.paths),
        "w": view.words,
        "exact": view.exact,
        "sets": view.sets,
        "whole": ("1",) if view.is_whole else (),
    }


def _audience(view: ViewDocument) -> dict[str, Iterable[str]]:
    if view.acl:
        return {"acl": view.acl}
    required = [f"{level}\0{principal}" for level, one in enumerate(view.required) for principal in one]
    return {"required": required, "levels": (str(len(view.required)),), "denied": view.denied}


def _typed(view: ViewDocument) -> Typed:
    return {
        # Adding 0.0 makes a double of an integer, and 0.0 of -0.0. What is not finite is no number of the engine's.
        "n": {field(path): [v + 0.0 for v in values if v - v == 0] for path, values in view.numbers.items()},
        "d": {field(path): values for path, values in view.dates.items()},
        "b": {
            field(path): ["true" if value else "false" for value in values] for path, values in view.booleans.items()
        },
        "k": {field(path): [*_keywords(view, path, are_dates=False)] for path in view.strings},
        "kd": {field(path): [*_keywords(view, path, are_dates=True)] for path in view.dates},
        "t": {field(path): _apart(values) for path, values in view.strings.items()},
        "g": dict(_points(view)),
    }


def _keywords(view: ViewDocument, path: str, *, are_dates: bool) -> Iterator[str]:
    for value in view.strings.get(path, ()):
        if (
            len(value) <= MAX_KEYWORD_CHARACTERS
            and (path in view.dates and dates.instant(value) is not None) is are_dates
        ):
            yield keyword(value)


def _apart(values: Sequence[str]) -> str:
    """The values with so much between them that no phrase reaches from one into the next.

    The blank at the end keeps the engine from taking a text for a date.
    """
    return analysis.encodable(_GAP.join(values)) + " "


def _points(view: ViewDocument) -> Iterator[tuple[str, list[float]]]:
    for path, values in view.points.items():
        for slot in range(min(POINT_SLOTS, len(values))):
            yield point_key(path, slot, "lat"), [lat + 0.0 for lat, _ in values[slot::POINT_SLOTS]]
            yield point_key(path, slot, "lon"), [lon + 0.0 for _, lon in values[slot::POINT_SLOTS]]


def _several(view: ViewDocument, typed: Typed) -> set[str]:
    """The keys of paths at which the view has several points, or several values to sort by."""
    found = {field(path) for path, points in view.points.items() if len(points) > 1}
    seen: set[str] = set()
    for letter in KIND_FIELDS.values():
        held = {name for name, values in typed[letter].items() if values}
        found |= (held & seen) | {name for name in held if len(typed[letter][name]) > 1}
        seen |= held
    return found


def _extremes(typed: Typed, several: set[str]) -> Typed:
    """What these paths sort by: the least and the greatest value of the first kind."""
    found: Typed = {"least": {}, "greatest": {}}
    for name in several:
        letter = next((letter for letter in KIND_FIELDS.values() if typed[letter].get(name)), None)
        if letter is not None:
            values = typed[letter][name]
            found["least"][letter + name], found["greatest"][letter + name] = min(values), max(values)
    return found
