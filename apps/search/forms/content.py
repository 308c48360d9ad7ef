"""What a record may hold: any JSON, of a bounded depth and size, in text that every database and engine takes."""

from __future__ import annotations

import json
from typing import cast

from apps.search.forms.limits import MAX_CONTENT_DEPTH, MAX_ENTRY_BYTES, MAX_KEY_CHARACTERS
from apps.search.forms.problems import Place, Problems
from apps.search.forms.reading import Value, as_number, fault_of

_TOO_LARGE = "must be at most 10 MB. Leave out what nobody searches, or split the subject."


def content(value: Value) -> dict[str, object]:
    """The content as it came, checked; an empty one where it is no object.

    NUL is refused, because PostgreSQL cannot hold it and a record must survive a change of database.
    """
    if not value.is_given:
        return {}
    if not isinstance(value.raw, dict):
        value.wrong("must be an object")
        return {}
    before = len(value.problems)
    _check(value.raw, value.place, value.problems, 1)
    if len(value.problems) == before and _bytes(value.raw) > MAX_ENTRY_BYTES:
        value.wrong(_TOO_LARGE)
    return cast(dict[str, object], value.raw)


def _bytes(raw: object) -> int:
    return len(json.dumps(raw, ensure_ascii=False, separators=(",", ":")).encode())


def _check(raw: object, place: Place, problems: Problems, depth: int) -> None:
    """Tell of every leaf and key that cannot be stored."""
    if isinstance(raw, str):
        if fault := fault_of(raw, MAX_ENTRY_BYTES):
            problems.add(place, fault)
    elif isinstance(raw, dict | list):
        if depth > MAX_CONTENT_DEPTH:
            problems.add(place, f"is nested more than {MAX_CONTENT_DEPTH} deep")
        elif isinstance(raw, dict):
            _check_object(raw, place, problems, depth)
        else:
            for i, child in enumerate(raw):
                if type(child) not in _HARMLESS:
                    _check(child, (*place, str(i)), problems, depth + 1)
    elif raw is not None and not isinstance(raw, bool) and as_number(raw) is None:
        problems.add(place, "must be a number that a double can hold (at most 1.8e308); write a longer one as a text")


def _check_object(raw: dict[object, object], place: Place, problems: Problems, depth: int) -> None:
    for key, child in raw.items():
        if not isinstance(key, str):
            problems.add((*place, str(key)), "a key must be a text")
            continue
        if fault := fault_of(key, MAX_KEY_CHARACTERS):
            problems.add((*place, key), f"this key {fault}")
        if type(child) not in _HARMLESS:
            _check(child, (*place, key), problems, depth + 1)


_HARMLESS = (bool, type(None))
"""Not worth a call."""
