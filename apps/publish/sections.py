"""What of a value is restricted: the parts of a schema that are marked with ``x-restricted``."""

from __future__ import annotations

import copy
from collections.abc import Iterator, Mapping
from typing import Any

from apps.common.places import pointer_to

MARK = "x-restricted"
Place = tuple[str, ...]


def marked(schema: Mapping[str, Any], place: Place = ()) -> Iterator[tuple[Place, str]]:
    """The places that are marked, each with the name of its section. What lies within a marked one belongs to it."""
    for key, one in _members(schema):
        if isinstance(name := one.get(MARK), str):
            yield (*place, key), name
        else:
            yield from marked(one, (*place, key))


def astray(schema: Any, pointer: str = "") -> Iterator[str]:
    """JSON pointers of marks where none can be: what is no member of an object cannot be told apart from the rest."""
    if isinstance(schema, Mapping):
        members = dict(_members(schema))
        for key, one in schema.items():
            if key == MARK:
                yield pointer_to(pointer, key)
            elif key == "properties" and members:
                for name, member in members.items():
                    here = {key: value for key, value in member.items() if key != MARK}
                    yield from astray(here, pointer_to(pointer, "properties", name))
            else:
                yield from astray(one, pointer_to(pointer, key))
    elif isinstance(schema, list):
        for number, one in enumerate(schema):
            yield from astray(one, pointer_to(pointer, number))


def divided(schema: Mapping[str, Any], value: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    """What all may see (""), and what belongs to each section, each at its own place as in the whole.

    Laid on one another they are the whole again. Sections of which nothing is filled in are left out.
    """
    parts: dict[str, dict[str, Any]] = {"": copy.deepcopy(dict(value))}
    for place, name in marked(schema):
        holder: Any = parts[""]
        for key in place[:-1]:
            holder = holder.get(key) if isinstance(holder, dict) else None
        if isinstance(holder, dict) and place[-1] in holder:
            _put(parts.setdefault(name, {}), place, holder.pop(place[-1]))
    return parts


def _put(part: dict[str, Any], place: Place, value: Any) -> None:
    for key in place[:-1]:
        part = part.setdefault(key, {})
    part[place[-1]] = value


def _members(schema: Mapping[str, Any]) -> Iterator[tuple[str, Mapping[str, Any]]]:
    members = schema.get("properties")
    if isinstance(members, Mapping):
        yield from ((key, one) for key, one in members.items() if isinstance(one, Mapping))
