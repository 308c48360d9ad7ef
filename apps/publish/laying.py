"""What is filled in, line by line in the order of its form, so that each line can be talked about."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from apps.common.places import NOTHING, pointer_to
from apps.publish.fitting import Schema, member
from apps.publish.sections import MARK

MOST = 600
DEEPEST = 6


@dataclass(frozen=True, slots=True)
class Line:
    """``title`` is what the form calls it, "" if it has no name for it; ``number`` is the place of an item from one, 0
    of what is none. ``value`` is ``NOTHING`` of what is a heading of the lines below it, and of what is not filled in.
    ``section`` is the restricted one that it belongs to."""

    pointer: str
    key: str
    title: str
    number: int
    depth: int
    value: Any
    unit: str = ""
    section: str = ""
    is_missing: bool = False


def laid_out(schema: Schema, content: Mapping[str, Any]) -> list[Line]:
    """At most ``MOST``; what the form asks for at its top and nobody filled in comes last."""
    found: list[Line] = []
    for line in _members(schema, schema, content, "", 0, ""):
        found.append(line)
        if len(found) == MOST:
            break
    return [*found, *_missing(schema, content)]


def _members(
    schema: Schema, part: Schema | None, value: Mapping[str, Any], pointer: str, depth: int, section: str
) -> Iterator[Line]:
    known = (part or {}).get("properties")
    order = [key for key in known if key in value] if isinstance(known, Mapping) else []
    for key in dict.fromkeys([*order, *value]):
        inner = member(schema, part, key) if part else None
        place = pointer_to(pointer, key)
        told = (inner or {}).get(MARK)
        here = told if isinstance(told, str) and not section else section
        yield from _one(schema, inner, value[key], _line(place, key, 0, depth, here, inner))


def _one(schema: Schema, part: Schema | None, value: Any, line: dict[str, Any]) -> Iterator[Line]:
    depth, pointer = line["depth"], line["pointer"]
    if isinstance(value, Mapping) and value and depth < DEEPEST:
        yield Line(**line, value=NOTHING)
        yield from _members(schema, part, value, pointer, depth + 1, line["section"])
    elif isinstance(value, list) and depth < DEEPEST and any(isinstance(one, Mapping | list) for one in value):
        for at, one in enumerate(value):
            inner = member(schema, part, str(at)) if part else None
            told = _line(pointer_to(pointer, at), line["key"], at + 1, depth, line["section"], inner)
            yield from _one(schema, inner, one, {**told, "title": line["title"]})
    else:
        yield Line(**line, value=value)


def _line(pointer: str, key: str, number: int, depth: int, section: str, part: Schema | None) -> dict[str, Any]:
    return {
        "pointer": pointer,
        "key": key,
        "title": _text(part, "title"),
        "number": number,
        "depth": depth,
        "unit": _text(part, "x-unit"),
        "section": section,
    }


def _missing(schema: Schema, content: Mapping[str, Any]) -> Iterator[Line]:
    members = schema.get("properties")
    for key in members if isinstance(members, Mapping) else ():
        if key not in content:
            part = member(schema, schema, key)
            pointer = pointer_to("", key)
            yield Line(**_line(pointer, key, 0, 0, "", part), value=NOTHING, is_missing=True)


def _text(part: Schema | None, word: str) -> str:
    told = (part or {}).get(word)
    return told.strip() if isinstance(told, str) else ""
