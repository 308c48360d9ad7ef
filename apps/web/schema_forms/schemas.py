"""Schemas made plain: references followed, parts put together. Whatever a schema holds, that soon ends."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from jsonschema import Draft202012Validator
from jsonschema.protocols import Validator
from referencing import Resource
from referencing.exceptions import Unresolvable
from referencing.jsonschema import DRAFT202012

from apps.common.json_schema import NOWHERE, judge_of
from apps.web.schema_forms.conditions import WORDS, parts_of
from apps.web.schema_forms.fields import ABSENT
from apps.web.schema_forms.merging import NEVER, OPTIONS, merged, types_in

MOST_LEVELS = 12
MOST_STEPS = 5000
"""Parts that refer to parts can be more than there are stars: no form has so many fields that anybody fills."""
_MENTIONS = {
    "object": ("properties", "patternProperties", "additionalProperties", "required", "propertyNames", "minProperties"),
    "array": ("items", "prefixItems", "contains", "minItems", "maxItems", "uniqueItems"),
    "string": ("minLength", "maxLength", "pattern", "format", "contentMediaType"),
    "number": ("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf"),
}


class Unplain(Exception):
    """No form can say what the schema asks for."""


class Schemas:
    """The parts of one schema. Each that is asked for costs a step."""

    def __init__(self, root: Mapping[str, Any], default: type[Validator] = Draft202012Validator) -> None:
        self.root = root
        self.judge = judge_of(root, default)
        self.has_conditions = False
        self._left = MOST_STEPS
        self._found: dict[str, Any] = {}

    def plain(self, schema: Any, held: Any = ABSENT, level: int = 0) -> dict[str, Any]:
        """The schema with all that holds beside it put in: references, ``allOf``, and what depends on what is ``held``.

        Raises:
            Unplain: a reference leads elsewhere, or in a circle; or there are too many parts.
        """
        self._left -= 1
        if self._left < 0 or level > MOST_LEVELS:
            raise Unplain("There are too many parts.")
        found = dict(NEVER) if schema is False else dict(schema) if isinstance(schema, Mapping) else {}
        parts = [self._at(str(found[word])) for word in ("$ref", "$dynamicRef") if word in found]
        parts += found["allOf"] if isinstance(found.get("allOf"), list) else []
        if not found.keys().isdisjoint(WORDS):
            self.has_conditions = True
            parts += parts_of(found, held, self.judge)
        plain = _normal({word: told for word, told in found.items() if word not in _TAKEN})
        for part in parts:
            plain = merged(plain, self.plain(part, held, level + 1))
        return plain

    def _at(self, reference: str) -> Any:
        if reference not in self._found:
            self._found[reference] = self._looked_up(reference)
        return self._found[reference]

    def _looked_up(self, reference: str) -> Any:
        """
        Raises:
            Unplain: it is not in the schema.
        """
        try:
            whole = Resource.from_contents(dict(self.root), default_specification=DRAFT202012)
            base = whole.id() or ""
            registry = NOWHERE.with_resource(base, whole).crawl()
            return registry.resolver(base).lookup(reference).contents
        except (Unresolvable, LookupError, TypeError, ValueError, AttributeError, RecursionError) as error:
            raise Unplain(f"{reference} is not there.") from error


_TAKEN = {"$ref", "$dynamicRef", "allOf", *WORDS}


def _normal(schema: dict[str, Any]) -> dict[str, Any]:
    """In the words of draft 2020-12; the lists of ``oneOf`` and ``anyOf`` beside each other."""
    if isinstance(schema.get("items"), list):
        schema["prefixItems"] = schema.pop("items")
        if "additionalItems" in schema:
            schema["items"] = schema.pop("additionalItems")
    options = [schema.pop(word, None) for word in ("oneOf", "anyOf")]
    real = [one for one in options if isinstance(one, list) and one]
    return {**schema, OPTIONS: real} if real else schema


def types_of(schema: Mapping[str, Any]) -> list[str]:
    """Those that it names, or what its other words are about; none if anything will do."""
    told = schema.get("type")
    if isinstance(told, str | list):
        return types_in(told)
    about = [name for name, words in _MENTIONS.items() if not schema.keys().isdisjoint(words)]
    return about if len(about) == 1 else []
