"""Schemas made plain: references followed, parts put together. Whatever a schema holds, that soon ends."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

MOST_LEVELS = 12
MOST_STEPS = 5000
"""Parts that refer to parts can be more than there are stars: no form has so many fields that anybody fills."""


class Unplain(Exception):
    """No form can say what the schema asks for."""


class Schemas:
    """The parts of one schema. Each that is asked for costs a step."""

    def __init__(self, root: Mapping[str, Any]) -> None:
        self.root = root
        self._left = MOST_STEPS

    def plain(self, schema: Any, level: int = 0) -> dict[str, Any]:
        """The schema without ``$ref`` and ``allOf`` at its top.

        Raises:
            Unplain: a reference leads elsewhere, or in a circle; or there are too many parts.
        """
        self._left -= 1
        if self._left < 0 or level > MOST_LEVELS:
            raise Unplain("There are too many parts.")
        found = dict(schema) if isinstance(schema, Mapping) else {}
        if "$ref" in found:
            reference = str(found.pop("$ref"))
            found = {**self.plain(self._at(reference), level + 1), **found}
        return self._together(found, level)

    def _at(self, reference: str) -> Mapping[str, Any]:
        if not reference.startswith("#"):
            raise Unplain(f"{reference} is elsewhere.")
        found: Any = self.root
        for token in reference.removeprefix("#").split("/")[1:]:
            name = token.replace("~1", "/").replace("~0", "~")
            found = found.get(name) if isinstance(found, Mapping) else None
        if not isinstance(found, Mapping):
            raise Unplain(f"{reference} is not there.")
        return found

    def _together(self, schema: dict[str, Any], level: int) -> dict[str, Any]:
        parts = schema.pop("allOf", ())
        for part in parts if isinstance(parts, list) else ():
            for key, told in self.plain(part, level + 1).items():
                if key == "properties":
                    schema[key] = {**schema.get(key, {}), **told}
                elif key == "required":
                    schema[key] = [*schema.get(key, ()), *told]
                else:
                    schema.setdefault(key, told)
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
