"""From what is typed to a value, with what is wrong, by the JSON pointer of the place.

The value goes as far as what is typed can be read; what cannot be read stays in what is typed, which is what drafts
keep. A text that is empty is none, unless the value that the form began with had an empty one (``?is``).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from apps.common.errors import Invalid
from apps.web.schema_forms.fields import ABSENT, Field, Kind, Typed, below, inside, member, variant
from apps.web.schema_forms.scalars import cleaned, json_in, told

__all__ = ["MISSING", "Reading", "chosen_in", "count_in", "json_in", "read"]

MOST_ITEMS = 500
MISSING = "Fill this in."
NULL, EMPTY, LEFT, THERE = "null", "empty", "left", "there"
"""What stands behind ``?is``: what nothing typed means, where that is something. A part that is ``THERE`` is not left
out, though all in it is of itself: a box without a tick, a value that is always the same."""
Judge = Callable[[Field, Any], Any]
"""From a field and what was typed into it to the value that it names (a person, a term). Raises Invalid."""


@dataclass
class Reading:
    """``value`` may be absent. ``faults`` are sentences by the pointers of their places, ``chosen`` the variants: the
    number of the one in the list, by the pointer and the list of the schema. ``accepted`` are the places whose
    proposed values were ticked, ``read_only`` those that nobody can fill in."""

    value: Any = ABSENT
    faults: dict[str, str] = field(default_factory=dict)
    chosen: list[tuple[str, Any, int]] = field(default_factory=list)
    accepted: set[str] = field(default_factory=set)
    read_only: set[str] = field(default_factory=set)


def read(asked: Field, typed: Typed, *, judge: Judge | None = None, name: str = "input") -> Reading:
    reader = _Reader(typed, judge)
    reader.found.value = reader.value(asked, name, "")
    return reader.found


class _Reader:
    def __init__(self, typed: Typed, judge: Judge | None) -> None:
        self.typed, self.judge = typed, judge
        self.found = Reading()

    def value(self, asked: Field, name: str, pointer: str) -> Any:
        if self.typed.get(f"{name}?ok"):
            self.found.accepted.add(pointer)
        if asked.is_read_only:
            self.found.read_only.add(pointer)
        if f"{name}?json" in self.typed:
            return self._read(Field(kind=Kind.RAW, is_required=asked.is_required), f"{name}?json", pointer)
        bare = self.typed.get(f"{name}?is", "")
        if asked.is_read_only or (bare == LEFT and not self.typed.get(name)):
            return ABSENT
        match asked.kind:
            case Kind.FIXED:
                return asked.value
            case Kind.FLAG:
                return self._flag(asked, name, pointer)
            case Kind.VARIANTS:
                found = self._variant(asked, name, pointer)
            case Kind.GROUP | Kind.MAP | Kind.COLLECTION | Kind.LIST | Kind.CHOICES:
                found = self._several(asked, name, pointer)
            case _:
                found = self._read(asked, name, pointer)
        return self._nothing(asked, bare, pointer) if found is ABSENT else found

    def _nothing(self, asked: Field, bare: str, pointer: str) -> Any:
        """What nothing typed means."""
        if bare == EMPTY:
            return {Kind.GROUP: {}, Kind.LIST: [], Kind.CHOICES: []}.get(asked.kind, ABSENT)
        is_null = asked.is_nullable and asked.is_required and pointer not in self.found.faults
        return None if bare == NULL or is_null else ABSENT

    # --- one input -----------------------------------------------------------------------------------------------

    def _read(self, asked: Field, name: str, pointer: str) -> Any:
        text = cleaned(self.typed.get(name, ""))
        bare = self.typed.get(f"{name}?is", "")
        if not text.strip():
            return text if bare == EMPTY else ABSENT if bare else self._missing(asked, pointer)
        try:
            value = told(asked, text)
            return self.judge(asked, value) if self.judge else value
        except Invalid as error:
            return self._wrong(pointer, error.message)

    def _flag(self, asked: Field, name: str, pointer: str) -> Any:
        if name not in self.typed:
            return self._missing(asked, pointer)
        return bool(self.typed[name])

    def _missing(self, asked: Field, pointer: str) -> Any:
        is_wrong = asked.is_required and not asked.is_nullable and not asked.is_read_only
        return self._wrong(pointer, MISSING) if is_wrong else ABSENT

    def _wrong(self, pointer: str, message: str) -> Any:
        self.found.faults[pointer] = message
        return ABSENT

    # --- several -------------------------------------------------------------------------------------------------

    def _several(self, asked: Field, name: str, pointer: str) -> Any:
        is_there = self.typed.get(f"{name}?is") == THERE or has_content(asked, self.typed, name)
        if may_be_left_out(asked) and not is_there:
            return ABSENT
        match asked.kind:
            case Kind.GROUP:
                return self._group(asked, name, pointer)
            case Kind.MAP:
                return self._map(asked, name, pointer, ())
            case Kind.COLLECTION:
                return self._collection(asked, name, pointer)
            case Kind.CHOICES:
                return [one.value for at, one in enumerate(asked.choices) if self.typed.get(variant(name, at))]
        return self._list(asked, name, pointer)

    def _group(self, asked: Field, name: str, pointer: str) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for one in asked.members:
            inner, place = member(one, name, pointer)
            if one.kind is Kind.MAP and one.is_spread:
                found.update(self._map(one, inner, pointer, found))
                continue
            value = self.value(one, inner, place)
            if one.is_spread:
                found.update(value if isinstance(value, Mapping) else {})
            elif value is not ABSENT:
                found[one.key] = value
        return found

    def _map(self, asked: Field, name: str, pointer: str, taken: Any) -> dict[str, Any]:
        """What has neither a name nor a value is not there."""
        assert asked.item is not None  # a map is of something
        found: dict[str, Any] = {}
        for at in range(count_in(self.typed, name)):
            row = inside(name, at)
            key = self.typed.get(f"{row}?key", "").strip()
            if not key and not is_given(asked.item, self.typed, row):
                continue
            place = below(pointer, key)
            value = self.value(asked.item, row, place)
            if not key or key in found or key in taken:
                self.found.faults[place] = "Give it a name." if not key else "Something else has this name."
            elif value is not ABSENT:
                found[key] = value
        return found

    def _collection(self, asked: Field, name: str, pointer: str) -> Any:
        held = {one.key: self.typed.get(inside(name, one.key), "").strip() for one in asked.fields}
        for one in asked.fields:
            if one.is_required and not held[one.key]:
                words = "Choose a collection." if one.key == "id" else "Choose a path."
                self.found.faults.setdefault(below(pointer, one.key), words)
        return {key: text for key, text in held.items() if text}

    def _list(self, asked: Field, name: str, pointer: str) -> Any:
        """Places at the end of a tuple that may be left out are."""
        number = count_in(self.typed, name)
        items = [self.value(asked.at(at), inside(name, at), below(pointer, at)) for at in range(number)]
        while asked.least < len(items) <= asked.fixed and items[-1] is ABSENT:
            if below(pointer, len(items) - 1) in self.found.faults:
                break  # something stands there that cannot be read
            items.pop()
        for at, item in enumerate(items):
            if item is ABSENT and self.found.faults.get(below(pointer, at), MISSING) == MISSING:
                words = MISSING if at < asked.fixed else "Fill this in, or remove it."
                self.found.faults[below(pointer, at)] = words
        return [None if item is ABSENT else item for item in items]

    def _variant(self, asked: Field, name: str, pointer: str) -> Any:
        chosen = chosen_in(self.typed, name, len(asked.fields))
        if chosen is None:
            is_wrong = asked.is_required and not asked.is_nullable and not self.typed.get(f"{name}?is")
            return self._wrong(pointer, "Choose one.") if is_wrong else ABSENT
        self.found.chosen.append((pointer, asked.options, int(asked.fields[chosen].key)))
        return self.value(asked.fields[chosen], variant(name, chosen), pointer)


def may_be_left_out(asked: Field) -> bool:
    return not asked.is_required or asked.is_nullable


def is_given(asked: Field, typed: Typed, name: str) -> bool:
    """Whether there is a value: something was written, or the value that the form began with had one to which nothing
    is written."""
    return typed.get(f"{name}?is") in {NULL, EMPTY, THERE} or has_content(asked, typed, name)


def has_content(asked: Field, typed: Typed, name: str) -> bool:
    """Whether anything was written into a part that may be left out. A box that is ticked alone does not count when
    it is ticked by default, nor does a place that belongs to a tuple."""
    if f"{name}?json" in typed:
        return bool(typed[f"{name}?json"].strip())
    match asked.kind:
        case Kind.GROUP | Kind.COLLECTION:
            return any(is_given(one, typed, member(one, name)[0]) for one in asked.members)
        case Kind.LIST | Kind.MAP:
            number = count_in(typed, name)
            if number > (asked.fixed if asked.kind is Kind.LIST else 0):
                return True
            return any(is_given(asked.at(at), typed, inside(name, at)) for at in range(number))
        case Kind.VARIANTS:
            chosen = chosen_in(typed, name, len(asked.fields))
            if asked.is_spread and chosen is not None:
                return is_given(asked.fields[chosen], typed, variant(name, chosen))
            return chosen is not None
        case Kind.FLAG:
            is_left_out = typed.get(f"{name}?is") == LEFT and not typed.get(name)
            return name in typed and not is_left_out and bool(typed[name]) is not (asked.default is True)
        case Kind.CHOICES:
            return any(typed.get(variant(name, at)) for at in range(len(asked.choices)))
        case Kind.FIXED:
            return False
    return bool(typed.get(name, "").strip())


def count_in(typed: Typed, name: str) -> int:
    """How many items a list has in the form: no more than there can be, but all that were sent."""
    text = typed.get(f"{name}?count", "")
    return min(int(text), max(MOST_ITEMS, len(typed))) if text.isascii() and text.isdecimal() and len(text) < 9 else 0


def chosen_in(typed: Typed, name: str, number: int) -> int | None:
    text = typed.get(f"{name}?of", "")
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 4 and int(text) < number else None
