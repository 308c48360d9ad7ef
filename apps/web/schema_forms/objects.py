"""The members of objects that a schema speaks of."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from apps.web.schema_forms.fields import Field, Kind
from apps.web.schema_forms.merging import OPTIONS, both


def members_of(schema: Mapping[str, Any]) -> dict[str, Any]:
    """Those that it names, and those that it demands."""
    told, required = schema.get("properties"), schema.get("required")
    demanded: dict[str, Any] = {}
    for key in required if isinstance(required, list) else ():
        demanded[str(key)] = {}
    return {**(told if isinstance(told, Mapping) else {}), **{key: {} for key in demanded if key not in (told or {})}}


def named_in(schema: Mapping[str, Any]) -> list[str]:
    told = schema.get("properties")
    return list(told) if isinstance(told, Mapping) else []


def part_of(
    schema: Mapping[str, Any], members: Mapping[str, Any], names: set[str], required: Sequence[str]
) -> dict[str, Any]:
    """One form of the members that differ, with what is said of them for all forms."""
    own = schema.get("properties")
    own = own if isinstance(own, Mapping) else {}
    order = [*(key for key in members if key in names), *(key for key in own if key not in members)]
    found = {
        key: both(own[key], members[key]) if key in own and key in members else own.get(key, members.get(key))
        for key in order
    }
    demanded = [key for key in [*(schema.get("required") or ()), *required] if key in found]
    kept = {word: told for word, told in schema.items() if word in {"title", OPTIONS, "x-layout"}}
    return {**kept, "type": "object", "properties": found, "required": demanded}


def without_more(one: Field) -> Field:
    """Of what is no member of a part, the whole takes care."""
    return replace(one, kind=Kind.GROUP, more=None)
