"""A value as it stands in the inputs of a form; where there is none, what the schema proposes."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

from apps.web.schema_forms.fields import ABSENT, Field, Kind, below, variant

ON = "on"


def spelled(field: Field, value: Any = ABSENT, name: str = "input") -> dict[str, str]:
    """What is typed, so that it is read back as ``value``; or, without one, as the default."""
    told = field.default if value is ABSENT else value
    match field.kind:
        case Kind.GROUP:
            return _group(field, told, name)
        case Kind.COLLECTION:
            return _collection(told, name)
        case Kind.LIST:
            return _list(field, told, name)
        case Kind.VARIANTS:
            return _variants(field, told, name)
        case Kind.CHOICES:
            chosen = told if isinstance(told, list) else []
            return {variant(name, at): ON for at, one in enumerate(field.choices) if one.value in chosen}
    if told is ABSENT or field.kind is Kind.FIXED:
        return {}
    return _one(field, told, name)


def _one(field: Field, told: Any, name: str) -> dict[str, str]:
    match field.kind:
        case Kind.FLAG:
            return {name: ON} if told is True else {}
        case Kind.CHOICE:
            at = next((at for at, one in enumerate(field.choices) if _same(one.value, told)), None)
            return {} if at is None else {name: str(at)}
        case Kind.RAW:
            return {name: json.dumps(told, indent=2, ensure_ascii=False)}
        case Kind.MOMENT:
            return {name: _moment(told)}
    if told is None:
        return {}
    return {name: told if isinstance(told, str) else json.dumps(told)}


def _same(one: Any, other: Any) -> bool:
    """``true`` is not 1."""
    return type(one) is type(other) and bool(one == other)


def _moment(told: Any) -> str:
    """In UTC, as browsers write it."""
    try:
        moment = datetime.fromisoformat(str(told))
    except ValueError:
        return str(told)
    moment = moment.astimezone(UTC) if moment.tzinfo else moment
    return moment.replace(tzinfo=None, microsecond=0).isoformat()


def _group(field: Field, told: Any, name: str) -> dict[str, str]:
    held = told if isinstance(told, dict) else {}
    found: dict[str, str] = {}
    for member in field.fields:
        found |= spelled(member, held.get(member.key, ABSENT), below(name, member.key))
    return found


def _collection(told: Any, name: str) -> dict[str, str]:
    held = told if isinstance(told, dict) else {}
    return {below(name, key): str(held[key]) for key in ("id", "path") if held.get(key)}


def _list(field: Field, told: Any, name: str) -> dict[str, str]:
    assert field.item is not None  # a list is of something
    items = told if isinstance(told, list) else [ABSENT] * (field.least if field.is_required else 0)
    found = {f"{name}?count": str(len(items))}
    for at, item in enumerate(items):
        found |= spelled(field.item, item, below(name, at))
    return found


def _variants(field: Field, told: Any, name: str) -> dict[str, str]:
    """The first that the value may be; each of the others as it is proposed."""
    chosen = next((at for at, one in enumerate(field.fields) if told is not ABSENT and fits(one, told)), None)
    found = {} if chosen is None else {f"{name}?of": str(chosen)}
    for at, one in enumerate(field.fields):
        found |= spelled(one, told if at == chosen else ABSENT, variant(name, at))
    return found


def fits(field: Field, value: Any) -> bool:
    """Whether the value is roughly of the kind; what is wrong inside is told in its place."""
    match field.kind:
        case Kind.GROUP | Kind.COLLECTION:
            fixed = [one for one in field.fields if one.kind is Kind.FIXED]
            missing = [one for one in field.fields if one.is_required and one.kind is not Kind.FIXED]
            return (
                isinstance(value, dict)
                and all(_same(one.value, value.get(one.key, ABSENT)) for one in fixed)
                and all(one.key in value for one in missing)
                and set(value) <= {one.key for one in field.fields}
            )
        case Kind.LIST | Kind.CHOICES:
            return isinstance(value, list)
        case Kind.FLAG:
            return isinstance(value, bool)
        case Kind.NUMBER | Kind.INTEGER:
            return isinstance(value, int | float) and not isinstance(value, bool)
        case Kind.FIXED:
            return _same(field.value, value)
        case Kind.CHOICE:
            return any(_same(one.value, value) for one in field.choices)
        case Kind.RAW:
            return True
    return isinstance(value, str)
