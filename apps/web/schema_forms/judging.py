"""What values are judged by: jsonschema, kept from the network, and told where what is ``false`` stands."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from jsonschema.protocols import Validator
from jsonschema.validators import validator_for
from referencing import Registry

from apps.web.schema_forms.formats import FORMATS
from apps.web.schema_forms.merging import NEVER

NOWHERE: Registry[Any] = Registry()
"""Schemas that others wrote are never fetched: the address might be one of this network."""
_VALUES = {"const", "enum", "default", "examples"}


def judge_of(schema: Any, default: type[Validator]) -> Validator:
    """By the draft that the schema names, or the default; with formats."""
    root = dict(schema) if isinstance(schema, Mapping) else schema
    kind = validator_for(root, default=default) if isinstance(root, dict | bool) else default
    return kind(root, registry=NOWHERE, format_checker=FORMATS)


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
