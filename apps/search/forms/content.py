"""What a record may hold: any JSON, of a bounded depth and size, in text that every database and engine takes."""

from __future__ import annotations

from functools import lru_cache
from typing import cast

from apps.common import quick_json
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
    if len(value.problems) == before and len(quick_json.dumps(value.raw)) > MAX_ENTRY_BYTES:
        value.wrong(_TOO_LARGE)
    return cast(dict[str, object], value.raw)


def _check(raw: dict[object, object] | list[object], place: Place, problems: Problems, depth: int) -> None:
    """Tell of every key and leaf that cannot be stored. Places are made for these alone: records have millions."""
    if depth > MAX_CONTENT_DEPTH:
        problems.add(place, f"is nested more than {MAX_CONTENT_DEPTH} deep")
        return
    for key, child in raw.items() if isinstance(raw, dict) else enumerate(raw):
        if isinstance(raw, dict) and (fault := _key_fault(key)):
            problems.add((*place, str(key)), fault)
        if isinstance(child, dict | list):
            _check(child, (*place, str(key)), problems, depth + 1)
        elif fault := _fault(child):
            problems.add((*place, str(key)), fault)


@lru_cache(maxsize=5_000)  # The records of an index have the same few hundred keys.
def _key_fault(key: object) -> str:
    fault = fault_of(key, MAX_KEY_CHARACTERS) if isinstance(key, str) else "must be a text"
    return f"this key {fault}" if fault else ""


def _fault(leaf: object) -> str:
    if isinstance(leaf, str):
        return fault_of(leaf, MAX_ENTRY_BYTES)
    if leaf is None or isinstance(leaf, bool) or as_number(leaf) is not None:
        return ""
    return "must be a number that a double can hold (at most 1.8e308); write a longer one as a text"
