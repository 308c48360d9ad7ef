"""What may stand in the data at some point of a flow: at most these names, or anything.

Every operation errs on the side of more: what is said to be absent is absent whatever happens.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import Enum
from typing import Any, TypeAlias  # Any: JSON


class _Anything(Enum):
    ANYTHING = "anything"


ANYTHING = _Anything.ANYTHING

Possible: TypeAlias = "_Anything | Mapping[str, Possible]"
"""By name what may stand there. A text or a number, too, is an object without names."""

NOTHING: Possible = {}
Keys = Sequence[str | int]

_MOST_LEVELS = 10
_MOST_NAMES = 2_000


def either(one: Possible, other: Possible) -> Possible:
    if one is ANYTHING or other is ANYTHING:
        return ANYTHING
    if one is other or not other:
        return one
    return {**one, **{name: either(one[name], inner) if name in one else inner for name, inner in other.items()}}


def within(data: Possible, keys: Keys) -> Possible | None:
    """What may stand at a path; None if nothing can. Of lists nothing is known."""
    for key in keys:
        if data is ANYTHING or not isinstance(key, str):
            return ANYTHING
        if key not in data:
            return None
        data = data[key]
    return data


def with_value(data: Possible, keys: Keys, value: Possible) -> Possible:
    """``data`` after ``value`` was put at a path."""
    if not keys:
        return value
    if data is ANYTHING or not isinstance(keys[0], str):
        return ANYTHING
    return {**data, keys[0]: with_value(data.get(keys[0], NOTHING), keys[1:], value)}


def with_added(data: Possible, keys: Keys) -> Possible:
    """``data`` where something may also stand at a path."""
    return either(data, with_value(NOTHING, keys, ANYTHING))


def bounded(data: Possible) -> Possible:
    """The same, or less precise where it grew too large: in a loop that puts the data into itself."""
    return ANYTHING if _count(data, _MOST_LEVELS) > _MOST_NAMES else data


def _count(data: Possible, levels: int) -> int:
    if data is ANYTHING:
        return 1
    if not levels:
        return _MOST_NAMES + 1
    total = 1
    for inner in data.values():
        total += _count(inner, levels - 1)
        if total > _MOST_NAMES:
            break
    return total


def of_value(value: Any) -> Possible:
    """What stands in a constant."""
    if isinstance(value, list):
        return ANYTHING
    return {name: of_value(inner) for name, inner in value.items()} if isinstance(value, dict) else NOTHING


_SIMPLE = {"string", "number", "integer", "boolean", "null"}
_UNCLEAR = {"$ref", "$dynamicRef", "allOf", "anyOf", "oneOf", "if", "patternProperties", "dependentSchemas"}


def of_schema(schema: Any, levels: int = _MOST_LEVELS) -> Possible:
    """What an input may hold by its schema. One that names properties is taken to name all, unless it says that there
    may be others: so are misspelt names found, and the start form asks for no others, either."""
    if not isinstance(schema, dict) or schema.keys() & _UNCLEAR or not levels:
        return ANYTHING
    told = schema.get("type")
    types = {each for each in (told if isinstance(told, list) else [told]) if isinstance(each, str)}
    if types and types <= _SIMPLE:
        return NOTHING
    properties = schema.get("properties", {})
    others = schema.get("additionalProperties", not properties)
    if "array" in types or not isinstance(properties, dict) or others is not False:
        return ANYTHING
    return {name: of_schema(inner, levels - 1) for name, inner in properties.items()}
