"""What of a value names people: left out for who is to read it without knowing who wrote it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from apps.common.places import pointer_to
from apps.publish.fitting import Schema, member

MARK = "x-people"
"""``true`` in a schema: it names people; ``false``: it does not, whatever it is called."""
_KEYS = frozenset(
    {
        *("author", "authors", "contact", "contacts", "contributor", "contributors", "creator", "creators"),
        *("email", "experimenter", "experimenters", "investigator", "investigators", "operator", "operators"),
        *("orcid", "owner", "owners", "people", "person", "persons", "proposer", "users"),
    }
)
_FORMATS = {"email", "idn-email", "orcid"}
DEEPEST = 30


def without_people(schema: Schema, value: Any) -> tuple[Any, list[str]]:
    """The value without members that name people, and their JSON pointers. Names within texts stay."""
    left_out: list[str] = []
    return _kept(schema, None, value, "", left_out), left_out


def _kept(schema: Schema, part: Schema | None, value: Any, pointer: str, left_out: list[str]) -> Any:
    here = schema if part is None and not pointer else part
    if isinstance(value, Mapping) and pointer.count("/") < DEEPEST:
        return dict(_members(schema, here, value, pointer, left_out))
    if isinstance(value, list) and pointer.count("/") < DEEPEST:
        parts = ((at, one, member(schema, here, str(at)) if here else None) for at, one in enumerate(value))
        return [_kept(schema, part, one, f"{pointer}/{at}", left_out) for at, one, part in parts]
    return value


def _members(
    schema: Schema, part: Schema | None, value: Mapping[str, Any], pointer: str, left_out: list[str]
) -> Iterator[tuple[str, Any]]:
    for key, one in value.items():
        inner = member(schema, part, key) if part else None
        place = pointer_to(pointer, key)
        if _names_people(key, inner):
            left_out.append(place)
        else:
            yield key, _kept(schema, inner, one, place, left_out)


def _names_people(key: str, part: Schema | None) -> bool:
    told = part or {}
    if isinstance(told.get(MARK), bool):
        return bool(told[MARK])
    return key.lower() in _KEYS or told.get("format") in _FORMATS
