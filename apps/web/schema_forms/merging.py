"""Two schemas that both hold, as one that says as much as a form can show of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

OPTIONS = "?options"
"""The lists of ``oneOf`` and ``anyOf`` of all parts that were put together."""
STEERS = "?steers"
"""The names of members on which others depend; ``*`` is any."""
NEVER: Mapping[str, Any] = {"not": {}}
"""What the schema ``false`` is."""


def merged(near: Mapping[str, Any], far: Mapping[str, Any]) -> dict[str, Any]:
    """What only words are (a title), the nearer one says; bounds become narrower."""
    found = {**far, **near}
    for word in near.keys() & far.keys() & _JOINS.keys():
        try:
            found[word] = _JOINS[word](near[word], far[word])
        except (TypeError, ValueError, AttributeError):  # one of them is no schema: the nearer one stays
            continue
    return found


def both(one: Any, other: Any) -> Any:
    return one if one == other else {"allOf": [one, other]}


def is_never(schema: Any) -> bool:
    return schema is False or (isinstance(schema, Mapping) and schema.get("not", 0) in ({}, True))


def types_in(told: Any) -> list[str]:
    return [told] if isinstance(told, str) else [str(one) for one in told]


def _types(one: Any, other: Any) -> list[str]:
    """Whole numbers are numbers."""
    near, far = types_in(one), types_in(other)
    kept = [name for name in near if name in far or (name == "integer" and "number" in far)]
    return [*kept, *(["integer"] if "integer" in far and "number" in near and "integer" not in near else [])]


def _members(one: Mapping[str, Any], other: Mapping[str, Any]) -> dict[str, Any]:
    return {
        key: both(one[key], other[key]) if key in one and key in other else {**other, **one}[key]
        for key in _keys(one, other)
    }


def _keys(one: Mapping[str, Any], other: Mapping[str, Any]) -> list[str]:
    return list(dict.fromkeys([*one, *other]))


def _places(one: list[Any], other: list[Any]) -> list[Any]:
    shared = [both(mine, theirs) for mine, theirs in zip(one, other, strict=False)]
    return [*shared, *one[len(shared) :], *other[len(shared) :]]


def _union(one: Any, other: Any) -> list[Any]:
    return list(dict.fromkeys([*one, *other]))


def _shared(one: list[Any], other: list[Any]) -> list[Any]:
    return [each for each in one if any(type(each) is type(that) and each == that for that in other)]


_JOINS: dict[str, Callable[[Any, Any], Any]] = {
    "type": _types,
    "enum": _shared,
    "properties": _members,
    "patternProperties": _members,
    "required": _union,
    STEERS: _union,
    "prefixItems": _places,
    OPTIONS: lambda one, other: [*one, *other],
    **dict.fromkeys(("items", "additionalProperties", "unevaluatedProperties", "unevaluatedItems"), both),
    **dict.fromkeys(("minimum", "exclusiveMinimum", "minLength", "minItems", "minProperties"), max),
    **dict.fromkeys(("maximum", "exclusiveMaximum", "maxLength", "maxItems", "maxProperties"), min),
    **dict.fromkeys(("deprecated", "readOnly", "writeOnly", "uniqueItems"), lambda one, other: bool(one or other)),
}
