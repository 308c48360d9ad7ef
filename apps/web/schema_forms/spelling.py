"""A value as it stands in the inputs of a form; where there is none, what the schema proposes.

What the input of a field cannot hold (a word in place of a number, a list with something else than choices) stands
there as JSON (``?json``), so that nothing of a value is lost by showing it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

from apps.web.schema_forms.fields import ABSENT, LEFT_OUT, Field, Kind, Typed, inside, member, variant
from apps.web.schema_forms.reading import (
    EMPTY,
    LEFT,
    MOST_ITEMS,
    NULL,
    THERE,
    chosen_in,
    count_in,
    has_content,
    may_be_left_out,
    read,
)
from apps.web.schema_forms.scalars import is_kept

ON = "on"
MOST_INPUTS = 1500
"""A list with more of them is written as JSON: a page with thousands of inputs is slow, and too much to send."""
_GIVEN = {Kind.GROUP, Kind.LIST, Kind.CHOICES}
_WRITTEN = {Kind.TEXT, Kind.LONG, Kind.NUMBER, Kind.INTEGER, Kind.DATE, Kind.MOMENT, Kind.TIME, Kind.TERM}


def spelled(field: Field, value: Any = ABSENT, name: str = "input", *, is_new: bool = False) -> dict[str, str]:
    """What is typed, so that it is read back as ``value``; or, without one, as the default. Of what ``is_new``, that
    which the value does not have stands there as it is proposed."""
    if value is LEFT_OUT:
        return _blank(field, name)
    told = field.default if value is ABSENT else value
    if told is ABSENT:
        return _begun(field, name)
    if field.is_read_only:
        return {f"{name}?json": as_json(told)}
    if field.is_write_only:
        return _blank(field, name)
    if told is None and field.is_nullable:
        return {**_blank(field, name), f"{name}?is": NULL}
    if told in ({}, []) and field.kind in _GIVEN and not isinstance(told, bool):
        fits = isinstance(told, dict) is (field.kind is Kind.GROUP)
        return {**_blank(field, name), f"{name}?is": EMPTY} if fits else {f"{name}?json": as_json(told)}
    found = _several(field, told, name, is_begun=is_new or value is ABSENT)
    if found is None:
        return {f"{name}?json": as_json(told)}
    seems_left_out = field.kind in _GIVEN and may_be_left_out(field) and not has_content(field, found, name)
    return {**found, f"{name}?is": THERE} if seems_left_out else found


def _several(field: Field, told: Any, name: str, *, is_begun: bool) -> dict[str, str] | None:
    """Nothing, if the field cannot hold it."""
    match field.kind:
        case Kind.GROUP:
            return _group(field, told, name, is_begun=is_begun) if isinstance(told, dict) else None
        case Kind.COLLECTION:
            return _collection(field, told, name)
        case Kind.LIST:
            return _list(field, told, name)
        case Kind.VARIANTS:
            return _variants(field, told, name)
        case Kind.CHOICES:
            ticked = [one.value for one in field.choices if isinstance(told, list) and has(told, one.value)]
            on = {variant(name, at): ON for at, one in enumerate(field.choices) if has(ticked, one.value)}
            return {name: "", **on} if same(ticked, told) else None
        case Kind.FIXED:
            return {} if same(field.value, told) else None
        case Kind.FLAG:
            return {name: ON if told else ""} if isinstance(told, bool) else None
    return _one(field, told, name)


def _one(field: Field, told: Any, name: str) -> dict[str, str] | None:
    if field.kind is Kind.RAW:
        return {name: as_json(told)}
    if isinstance(told, str) and not told.strip() and is_kept(told):
        return {name: told, f"{name}?is": EMPTY}
    at = next((at for at, one in enumerate(field.choices) if same(one.value, told)), None)
    text = "" if at is None else str(at)
    if field.kind is not Kind.CHOICE:
        text = told if isinstance(told, str) else as_json(told)
    if field.kind is Kind.MOMENT:
        text = re.sub(r"(T\d\d:\d\d:\d\d)Z", r"\1", text)
    typed = {name: text}
    return typed if is_kept(text) and same(read(field, typed, name=name).value, told) else None


def _begun(field: Field, name: str) -> dict[str, str]:
    """Where nothing is proposed for the whole, something may be for its parts."""
    match field.kind:
        case Kind.GROUP | Kind.COLLECTION:
            found: dict[str, str] = {}
            for one in field.members:
                found |= spelled(one, ABSENT, member(one, name)[0])
            return found
        case Kind.LIST | Kind.MAP:
            number = max(field.fixed, field.least if field.is_required else 0)
            found = {f"{name}?count": str(number)}
            for at in range(number):
                found |= spelled(field.at(at), ABSENT, inside(name, at))
            return found
        case Kind.VARIANTS:
            found = {f"{name}?of": ""}
            for at, one in enumerate(field.fields):
                found |= spelled(one, ABSENT, variant(name, at))
            return found
        case Kind.FIXED:
            return {}
    return {name: ""}


def _blank(field: Field, name: str, *, is_out: bool = False) -> dict[str, str]:
    """With nothing in it, whatever is proposed. Where the part around it ``is_out``, too, a box stands as it does by
    default: nothing was said with it."""
    is_out = is_out or may_be_left_out(field)
    match field.kind:
        case Kind.GROUP | Kind.COLLECTION:
            found: dict[str, str] = {}
            for one in field.members:
                found |= _blank(one, member(one, name)[0], is_out=is_out)
            return found
        case Kind.LIST | Kind.MAP:
            found = {f"{name}?count": str(field.fixed)}
            for at in range(field.fixed):
                found |= _blank(field.at(at), inside(name, at), is_out=is_out)
            return found
        case Kind.VARIANTS:
            return {f"{name}?of": ""}
        case Kind.FIXED:
            return {f"{name}?is": LEFT}
        case Kind.FLAG if not field.is_required:
            return {name: "", f"{name}?is": LEFT}
        case Kind.FLAG if is_out:
            return {name: ON if field.default is True else ""}
    return {name: ""}


def _group(field: Field, told: dict[str, Any], name: str, *, is_begun: bool) -> dict[str, str] | None:
    """What is said of the parts of a default is said; the other parts have defaults of their own."""
    left: Any = ABSENT if is_begun else LEFT_OUT
    found: dict[str, str] = {}
    rest = dict(told)
    for one in field.members:
        inner = member(one, name)[0]
        if not one.is_spread:
            found |= spelled(one, rest.pop(one.key, left), inner, is_new=is_begun)
        elif one.kind is Kind.VARIANTS:
            found |= _spread(one, told, rest, inner)
        elif (more := _map(one, rest, inner)) is not None:
            found |= more
            rest = {}
        else:
            return None
    return None if rest else found


def _spread(one: Field, told: dict[str, Any], rest: dict[str, Any], name: str) -> dict[str, str]:
    """Of several forms of some members the first that is accepted, or else the one with the most of them. What it
    takes is taken out of the rest."""
    judged = [each.accepts is not None and each.accepts(told) for each in one.fields]
    known = [len(set(told) & {part.key for part in each.fields}) for each in one.fields]
    chosen = judged.index(True) if True in judged else known.index(max(known))
    found = {f"{name}?of": str(chosen)} if told else {f"{name}?of": ""}
    for at, each in enumerate(one.fields):
        keys = {part.key for part in each.fields if not part.is_spread}
        mine = {key: rest[key] for key in list(rest) if at == chosen and (key in keys or _is_spread_in(each, key))}
        found |= spelled(each, mine or (LEFT_OUT if at == chosen else ABSENT), variant(name, at))
        if at == chosen:
            for key in mine:
                del rest[key]
    return found


def _is_spread_in(field: Field, key: str) -> bool:
    inner = (form for one in field.fields if one.is_spread for form in one.fields)
    return any(part.key == key for form in inner for part in form.fields)


def _map(field: Field, told: dict[str, Any], name: str) -> dict[str, str] | None:
    assert field.item is not None  # a map is of something
    if len(told) > MOST_ITEMS or any(not key.strip() or key != key.strip() or not key.isprintable() for key in told):
        return None
    found = {f"{name}?count": str(len(told))}
    for at, (key, value) in enumerate(told.items()):
        found |= {f"{inside(name, at)}?key": key, **spelled(field.item, value, inside(name, at))}
    return found


def _collection(field: Field, told: Any, name: str) -> dict[str, str] | None:
    keys = {one.key for one in field.fields}
    if not isinstance(told, dict) or not told or not set(told) <= keys or not all(map(_is_kept, told.values())):
        return None
    return {inside(name, key): told.get(key, "") for key in keys}


def _is_kept(told: Any) -> bool:
    """Whether it is a text that is read as it is written."""
    return isinstance(told, str) and bool(told) and told == told.strip() and is_kept(told)


def _list(field: Field, told: Any, name: str) -> dict[str, str] | None:
    """A tuple shows all of its places."""
    if not isinstance(told, list) or len(told) > MOST_ITEMS:
        return None
    number = max(len(told), field.fixed)
    found = {f"{name}?count": str(number)}
    for at in range(number):
        found |= _item(field.at(at), told[at] if at < len(told) else LEFT_OUT, inside(name, at))
    return found if len(found) <= MOST_INPUTS else None


def _item(field: Field, told: Any, name: str) -> dict[str, str]:
    """One that was added and not filled in is nothing yet (``reading`` says null for it), and stands there so."""
    is_unfilled = told is None and field.kind in _WRITTEN and not may_be_left_out(field)
    return _blank(field, name) if is_unfilled else spelled(field, told, name)


def _variants(field: Field, told: Any, name: str) -> dict[str, str] | None:
    """The first that accepts the value, or else the likest; each of the others as it is proposed."""
    accepted = (at for at, one in enumerate(field.fields) if one.accepts is not None and one.accepts(told))
    chosen = next(accepted, None)
    if chosen is None:
        like = [_likeness(one, told) for one in field.fields]
        chosen = like.index(max(like))
        if like[chosen] <= 0:
            return None
    found = {f"{name}?of": str(chosen)}
    for at, one in enumerate(field.fields):
        found |= spelled(one, told if at == chosen else ABSENT, variant(name, at))
    return found


def _likeness(field: Field, told: Any) -> int:
    """How much a value is of the kind of a variant: what is wrong inside is then told in its place."""
    if field.kind is Kind.GROUP and isinstance(told, dict):
        known = {one.key: one for one in field.fields}
        fixed = [one for one in field.fields if one.kind is Kind.FIXED and one.key in told]
        right = sum(100 if same(one.value, told[one.key]) else -100 for one in fixed)
        return 1 + right + 2 * len(known.keys() & told.keys()) - len(told.keys() - known.keys())
    if field.kind is Kind.LIST:
        return int(isinstance(told, list))
    return int(not any(name.endswith("?json") for name in spelled(field, told, "x")))


def completed(field: Field, typed: Typed, name: str = "input") -> dict[str, str]:
    """What stands in parts that came in after the form was sent: nothing is typed there yet, not even nothing."""
    if f"{name}?json" in typed:
        return {}
    found: dict[str, str] = {}
    match field.kind:
        case Kind.GROUP | Kind.COLLECTION:
            for one in field.members:
                found |= completed(one, typed, member(one, name)[0])
            return found
        case Kind.LIST | Kind.MAP if f"{name}?count" in typed:
            for at in range(count_in(typed, name)):
                found |= completed(field.at(at), typed, inside(name, at))
            return found
        case Kind.VARIANTS if f"{name}?of" in typed:
            chosen = chosen_in(typed, name, len(field.fields))
            return {} if chosen is None else completed(field.fields[chosen], typed, variant(name, chosen))
    is_there = name in typed or f"{name}?is" in typed
    return {} if is_there else spelled(field, ABSENT, name)


def as_json(told: Any) -> str:
    text = json.dumps(told, indent=2, ensure_ascii=False)
    return text if is_kept(text) else json.dumps(told, indent=2)


def has(values: list[Any], value: Any) -> bool:
    return any(same(one, value) for one in values)


def same(one: Any, other: Any) -> bool:
    """As JSON: ``true`` is not 1, and 1 is 1.0."""
    if isinstance(one, Mapping) and isinstance(other, Mapping):
        return one.keys() == other.keys() and all(same(one[key], other[key]) for key in one)
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(same, one, other))
    return isinstance(one, bool) is isinstance(other, bool) and bool(one == other)
