"""Values that a file (or whatever else) proposes: they stand in the form, marked, until they are accepted or changed.

A proposal is known by the JSON pointer of its place. ``filled`` puts proposals where nothing is; the form marks those
whose value still stands as it was proposed; ``open_in`` says which are neither accepted nor changed after a reading.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from apps.web.schema_forms.fields import ABSENT
from apps.web.schema_forms.reading import Reading
from apps.web.schema_forms.spelling import same

MOST_BEHIND = 500


@dataclass(frozen=True, slots=True)
class Proposal:
    """``source`` says in words where the value comes from: *the header of run7.cbf*."""

    value: Any
    source: str


Proposals = Mapping[str, Proposal]
NONE: Proposals = {}


def filled(value: Any, proposals: Proposals) -> Any:
    """The value with proposals where it has nothing; those that fit nowhere are left out."""
    found = {} if value is ABSENT else value
    for pointer, one in proposals.items():
        if at(found, pointer) is ABSENT:
            found = _put(found, _keys(pointer), one.value)
    return found


def open_in(reading: Reading, proposals: Proposals) -> dict[str, Proposal]:
    return {
        pointer: one
        for pointer, one in proposals.items()
        if pointer not in reading.accepted and same(at(reading.value, pointer), one.value)
    }


def at(value: Any, pointer: str) -> Any:
    """What stands at a place, if anything does."""
    for key in _keys(pointer):
        if isinstance(value, Mapping):
            value = value.get(key, ABSENT)
        elif isinstance(value, list) and key.isascii() and key.isdecimal() and int(key) < len(value):
            value = value[int(key)]
        else:
            return ABSENT
    return value


def _keys(pointer: str) -> list[str]:
    return [key.replace("~1", "/").replace("~0", "~") for key in pointer.split("/")[1:]]


def _put(value: Any, keys: list[str], new: Any) -> Any:
    if not keys:
        return new if value is ABSENT else value
    key, *rest = keys
    if isinstance(value, list):
        return _put_item(value, key, rest, new)
    if value is ABSENT:
        value = {}
    if not isinstance(value, Mapping):
        return value
    return {**value, key: _put(value.get(key, ABSENT), rest, new)}


def _put_item(value: list[Any], key: str, rest: list[str], new: Any) -> list[Any]:
    """Into an item that there is, or behind the last."""
    place = int(key) if key.isascii() and key.isdecimal() and len(key) < 5 else MOST_BEHIND
    if place < len(value):
        return [*value[:place], _put(value[place], rest, new), *value[place + 1 :]]
    return [*value, _put(ABSENT, rest, new)] if place == len(value) else value
