"""Schemas made plain: references followed, parts put together."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

MOST_LEVELS = 12


class Unplain(Exception):
    """No form can say what the schema asks for."""


def resolved(schema: Any, root: Mapping[str, Any]) -> dict[str, Any]:
    """The schema without ``$ref`` and ``allOf`` at its top.

    Raises:
        Unplain: a reference leads elsewhere, or in a circle; or parts contradict each other.
    """
    found = schema if isinstance(schema, Mapping) else {}
    for _ in range(MOST_LEVELS):
        if "$ref" not in found:
            return _together(dict(found), root)
        found = {**_at(str(found["$ref"]), root), **{key: told for key, told in found.items() if key != "$ref"}}
    raise Unplain("The references go in a circle.")


def _at(reference: str, root: Mapping[str, Any]) -> Mapping[str, Any]:
    if not reference.startswith("#"):
        raise Unplain(f"{reference} is elsewhere.")
    found: Any = root
    for token in reference.removeprefix("#").split("/")[1:]:
        token = token.replace("~1", "/").replace("~0", "~")
        found = found.get(token) if isinstance(found, Mapping) else None
    if not isinstance(found, Mapping):
        raise Unplain(f"{reference} is not there.")
    return found


def _together(schema: dict[str, Any], root: Mapping[str, Any]) -> dict[str, Any]:
    parts = schema.pop("allOf", ())
    for part in parts if isinstance(parts, list) else ():
        for key, told in resolved(part, root).items():
            if key == "properties":
                schema[key] = {**schema.get(key, {}), **told}
            elif key == "required":
                schema[key] = [*schema.get(key, ()), *told]
            elif key not in schema:
                schema[key] = told
    return schema


def types_of(schema: Mapping[str, Any]) -> list[str]:
    """Those that it names, or what its other words are about; none if anything will do."""
    told = schema.get("type")
    if isinstance(told, str):
        return [told]
    if isinstance(told, list):
        return [str(one) for one in told]
    if "properties" in schema:
        return ["object"]
    return ["array"] if "items" in schema else []
