"""What values are judged by: a schema in which it is said where what is ``false`` stands."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from apps.web.schema_forms.merging import NEVER

_VALUES = {"const", "enum", "default", "examples"}


def judgeable(schema: Any) -> Any:
    """The same, with members and places that are ``false`` written as an object: of what is ``false``, jsonschema does
    not say where it is."""
    try:
        return _written(schema)
    except RecursionError:
        return schema  # no form shows what is that deep


def _written(schema: Any) -> Any:
    if isinstance(schema, list):
        return [_written(one) for one in schema]
    if not isinstance(schema, Mapping):
        return schema
    return {word: told if word in _VALUES else _part(word, told) for word, told in schema.items()}


def _part(word: str, told: Any) -> Any:
    if word in {"properties", "patternProperties"} and isinstance(told, Mapping):
        return {key: dict(NEVER) if one is False else _written(one) for key, one in told.items()}
    if word == "prefixItems" and isinstance(told, list):
        return [dict(NEVER) if one is False else _written(one) for one in told]
    return _written(told)
