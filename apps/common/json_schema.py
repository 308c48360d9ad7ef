"""Values judged by JSON Schemas that others wrote: nothing is ever fetched, and what cannot be judged is told.

Left to itself, jsonschema fetches what a ``$ref`` names from the network: from this portal's own, too.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from jsonschema import Draft202012Validator
from jsonschema.exceptions import SchemaError, ValidationError
from jsonschema.protocols import Validator
from jsonschema.validators import validator_for
from jsonschema_specifications import REGISTRY
from referencing import Registry
from referencing.exceptions import Unresolvable

from apps.common.errors import Invalid
from apps.common.json_formats import FORMATS

NOWHERE: Registry[Any] = REGISTRY
"""Where schemas are looked up that another one names: the drafts of JSON Schema themselves, and no more."""
UNREADABLE = (SchemaError, Unresolvable, RecursionError, LookupError, TypeError, ValueError, AttributeError)
"""What jsonschema raises of schemas that it cannot work with, besides what it calls so."""


class Unjudgeable(Invalid):
    """The schema cannot be read."""

    code = "unjudgeable"


def judge_of(schema: Any, default: type[Validator] = Draft202012Validator) -> Validator:
    """By the draft that the schema names, or the default; with formats."""
    kind, root = _read(schema, default)
    return kind(root, registry=NOWHERE, format_checker=FORMATS)


def _read(schema: Any, default: type[Validator]) -> tuple[type[Validator], Any]:
    """The draft, and the schema as the library takes it."""
    root = dict(schema) if isinstance(schema, Mapping) else schema
    return validator_for(root, default=default) if isinstance(root, dict | bool) else default, root


def errors_in(schema: Any, value: Any, default: type[Validator] = Draft202012Validator) -> Iterator[ValidationError]:
    """All that is wrong with a value.

    Raises:
        Unjudgeable: the schema is none, refers to what is not in it, or to itself without end.
    """
    try:
        yield from judge_of(schema, default).iter_errors(value)
    except UNREADABLE as error:
        reason = "it refers to itself without end" if isinstance(error, RecursionError) else str(error)[:200]
        raise Unjudgeable(f"The schema cannot be read: {reason}.") from error


def require_schema(schema: Any, default: type[Validator] = Draft202012Validator) -> None:
    """
    Raises:
        SchemaError: it is no JSON Schema.
        Unjudgeable: it refers to what is not in it.
    """
    kind, root = _read(schema, default)
    kind.check_schema(root)
    judge = judge_of(root, default)
    for pointer in _references(root):
        try:
            judge.evolve(schema={"$ref": pointer}).is_valid(None)
        except Unresolvable as error:
            told = (
                f"“{pointer[:200]}” is not in the schema, and nothing is fetched from elsewhere. Write it into `$defs`."
            )
            raise Unjudgeable(told) from error
        except UNREADABLE:
            continue


def _references(schema: Any) -> Iterator[str]:
    if isinstance(schema, Mapping):
        for key, one in schema.items():
            if key == "$ref" and isinstance(one, str):
                yield one
            elif key not in {"const", "enum", "default", "examples"}:
                yield from _references(one)
    elif isinstance(schema, list):
        for one in schema:
            yield from _references(one)
