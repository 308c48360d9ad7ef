"""What is told as text, or by a file, as the value that a schema asks for."""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, cast

from apps.common.json_schema import UNREADABLE, judge_of
from apps.common.places import is_number, keys_of

Schema = Mapping[str, Any]
ANY: Schema = {}
MOST_STEPS = 40
MOST_DIGITS = 300
YES, NO = {"true", "yes", "y", "1"}, {"false", "no", "n", "0"}


class Misfit(Exception):  # not an error of ours: it is told beside the field
    """It cannot be what the schema asks for."""


def schema_at(schema: Schema, pointer: str) -> Schema | None:
    """What the schema asks for at a place; None: it knows of none. Of variants, the first that knows it."""
    found: Schema | None = schema
    for key in keys_of(pointer):
        found = member(schema, found, key)
        if found is None:
            return None
    return found


def member(schema: Schema, part: Schema | None, key: str) -> Schema | None:
    """What a part of ``schema`` asks for under a key, or at a place of a list; None: it knows of none."""
    plain = _plain(schema, part)
    members, items, first = plain.get("properties"), plain.get("items"), plain.get("prefixItems")
    if isinstance(members, Mapping) and key in members:
        return _plain(schema, members[key])
    if is_number(key):
        if isinstance(first, list) and int(key) < len(first):
            return _plain(schema, first[int(key)])
        if isinstance(items, Mapping):
            return _plain(schema, items)
    for word in ("allOf", "anyOf", "oneOf", "then", "else"):
        parts = plain.get(word, ())
        for one in parts if isinstance(parts, list) else [parts] if isinstance(parts, Mapping) else ():
            if (found := member(schema, one, key)) is not None:
                return found
    more = plain.get("additionalProperties")
    return _plain(schema, more) if isinstance(more, Mapping) else None


def fitted(schema: Schema, part: Schema, told: Any) -> Any:
    """``told`` as a value of ``part``, which is one of ``schema``; whether its rules hold is not asked.

    Raises:
        Misfit: it is of another kind.
    """
    plain = _plain(schema, part)
    if choices := _choices(plain):
        return _chosen(choices, told)
    kinds = plain.get("type", ())
    for kind in [kinds] if isinstance(kinds, str) else kinds:
        try:
            return _KINDS[kind](schema, plain, told)
        except (Misfit, KeyError):
            continue
    if kinds:
        raise Misfit
    return told


def is_right(schema: Schema, part: Schema, value: Any) -> bool:
    """Whether all rules of ``part`` hold."""
    try:
        return bool(judge_of(schema).evolve(schema=dict(part)).is_valid(value))
    except UNREADABLE:
        return False


def _plain(schema: Schema, part: Schema | None) -> Schema:
    """With what it refers to, in this schema, in its place."""
    for _ in range(MOST_STEPS):
        reference = part.get("$ref") if isinstance(part, Mapping) else None
        if not isinstance(reference, str) or not reference.startswith("#"):
            break
        found: Any = schema
        for key in keys_of(reference[1:]):
            found = found.get(key) if isinstance(found, Mapping) else None
        part = found
    return part if isinstance(part, Mapping) else ANY


def _choices(plain: Schema) -> list[tuple[Any, str]]:
    """Each value with what it is called."""
    if isinstance(plain.get("enum"), list):
        return [(one, str(one)) for one in plain["enum"]]
    options = plain.get("oneOf", plain.get("anyOf", ()))
    if options and all(isinstance(one, Mapping) and "const" in one for one in options):
        return [(one["const"], str(one.get("title", one["const"]))) for one in options]
    return []


def _chosen(choices: list[tuple[Any, str]], told: Any) -> Any:
    text = str(told).strip().casefold()
    for value, name in choices:
        if (value == told and isinstance(value, bool) is isinstance(told, bool)) or text in {
            str(value).casefold(),
            name.casefold(),
        }:
            return value
    raise Misfit


def _text(_schema: Schema, plain: Schema, told: Any) -> str:
    if isinstance(told, bool) or not isinstance(told, str | int | float):
        raise Misfit
    text = told.strip() if isinstance(told, str) else json.dumps(told)
    if plain.get("format") == "date" and len(text) > 10 and _is_day(text[:10]):
        return text[:10]
    return text


def _is_day(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def _number(_schema: Schema, _plain: Schema, told: Any) -> float | int:
    if isinstance(told, str):
        told = _json(told.strip().removeprefix("+")[:MOST_DIGITS])
    is_number = isinstance(told, int | float) and not isinstance(told, bool)
    if not is_number or (isinstance(told, float) and not math.isfinite(told)):
        raise Misfit
    return cast("float | int", told)


def _integer(schema: Schema, plain: Schema, told: Any) -> int:
    number = _number(schema, plain, told)
    if number != int(number):
        raise Misfit
    return int(number)


def _flag(_schema: Schema, _plain: Schema, told: Any) -> bool:
    text = str(told).strip().casefold()
    if text not in YES | NO:
        raise Misfit
    return text in YES


def _list(schema: Schema, plain: Schema, told: Any) -> list[Any]:
    """Of a text the pieces between semicolons, or what it says as JSON."""
    if isinstance(told, str):
        told = _json(told) if told.lstrip().startswith("[") else [one for one in map(str.strip, told.split(";")) if one]
    told = told if isinstance(told, list) else [told]
    items = plain.get("items")
    return [fitted(schema, items, one) for one in told] if isinstance(items, Mapping) else told


def _object(_schema: Schema, _plain: Schema, told: Any) -> dict[str, Any]:
    found = _json(told) if isinstance(told, str) else told
    if not isinstance(found, dict):
        raise Misfit
    return found


def _json(text: str) -> Any:
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        raise Misfit from None


_KINDS: dict[str, Callable[[Schema, Schema, Any], Any]] = {
    "integer": _integer,
    "number": _number,
    "boolean": _flag,
    "string": _text,
    "array": _list,
    "object": _object,
}
