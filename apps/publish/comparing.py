"""Two contents of a form, compared field by field."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from typing import Any

from apps.common.places import NOTHING, keys_of, pointer_to
from apps.publish.fitting import Schema, member

MOST = 500
MOST_ITEMS = 2_000
"""Longer lists are one thing: finding which of their items moved takes the square of that."""


class Kind(StrEnum):
    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"


@dataclass(frozen=True, slots=True)
class Difference:
    """``pointer`` is into what is there now, of what was removed into what was there before. ``label`` is what the form
    calls it. ``before`` and ``after`` are ``NOTHING`` where there is none."""

    pointer: str
    label: str
    before: Any
    after: Any

    @property
    def kind(self) -> Kind:
        if self.before is NOTHING:
            return Kind.ADDED
        return Kind.REMOVED if self.after is NOTHING else Kind.CHANGED


def differences(schema: Schema, before: Any, after: Any) -> list[Difference]:
    """In the order of what is there now, what was removed last; at most ``MOST``."""
    found = []
    for pointer, one, other in _walk("", before, after):
        found.append(Difference(pointer, label_of(schema, pointer), one, other))
        if len(found) == MOST:
            break
    return found


def label_of(schema: Schema, pointer: str) -> str:
    """What the form calls a place: the titles of what leads there, and the numbers of items from one."""
    part: Schema | None = schema
    words: list[str] = []
    for key in keys_of(pointer):
        is_item = bool(words) and key.isdecimal() and "properties" not in (part or {})
        part = member(schema, part, key) if part else None
        title = part.get("title") if part and not is_item else None
        if is_item:
            words[-1] += f" {int(key) + 1}"
        else:
            words.append(title if isinstance(title, str) and title else key)
    return " › ".join(words)


def _walk(pointer: str, before: Any, after: Any) -> Iterator[tuple[str, Any, Any]]:
    if isinstance(before, Mapping) and isinstance(after, Mapping):
        for key in dict.fromkeys([*after, *before]):
            place = pointer_to(pointer, key)
            yield from _walk(place, before.get(key, NOTHING), after.get(key, NOTHING))
    elif isinstance(before, list) and isinstance(after, list) and max(len(before), len(after)) <= MOST_ITEMS:
        yield from _items(pointer, before, after)
    elif _text(before) != _text(after):
        yield pointer, before, after


def _items(pointer: str, before: Sequence[Any], after: Sequence[Any]) -> Iterator[tuple[str, Any, Any]]:
    """One that is put in before the others does not make all of them other ones."""
    steps = SequenceMatcher(None, list(map(_text, before)), list(map(_text, after)), autojunk=False).get_opcodes()
    for verb, i, i_end, j, j_end in steps:
        if verb == "equal":
            continue
        both = min(i_end - i, j_end - j)
        for at in range(both):
            yield from _walk(f"{pointer}/{j + at}", before[i + at], after[j + at])
        for at in range(j + both, j_end):
            yield f"{pointer}/{at}", NOTHING, after[at]
        for at in range(i + both, i_end):
            yield f"{pointer}/{at}", before[at], NOTHING


def _text(value: Any) -> str:
    """The same for the same JSON, and of nothing else: one and true differ."""
    return "nothing" if value is NOTHING else json.dumps(value, sort_keys=True)
