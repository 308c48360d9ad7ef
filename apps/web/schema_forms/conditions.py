"""Parts of a schema that hold or do not, by what is filled in: ``if``, ``dependentSchemas``, ``dependentRequired``."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from jsonschema.exceptions import SchemaError
from jsonschema.protocols import Validator
from referencing.exceptions import Unresolvable

from apps.web.schema_forms.fields import ABSENT
from apps.web.schema_forms.merging import STEERS

WORDS = ("if", "then", "else", "dependentSchemas", "dependentRequired", "dependencies")
ANY = "*"


def parts_of(schema: Mapping[str, Any], held: Any, judge: Validator) -> Iterator[Any]:
    """The parts that hold beside the schema while ``held`` stands there. Where nothing does, it is an empty object."""
    value = {} if held is ABSENT else held
    if "if" in schema:
        yield schema.get("then" if holds(schema["if"], value, judge) else "else", True)
        yield {STEERS: sorted(_steering(schema["if"])) or [ANY]}
    keys = value if isinstance(value, Mapping) else {}
    for word in ("dependentSchemas", "dependentRequired", "dependencies"):
        told = schema.get(word)
        for key, part in told.items() if isinstance(told, Mapping) else ():
            yield {STEERS: [str(key)]}
            if key in keys:
                yield {"required": part} if isinstance(part, list) else part


def holds(schema: Any, value: Any, judge: Validator) -> bool:
    """Whether the value is as the part says. A part that nobody can read says nothing."""
    try:
        return bool(judge.evolve(schema=schema).is_valid(value))
    except (SchemaError, Unresolvable, RecursionError, LookupError, TypeError, ValueError, AttributeError):
        return False


def _steering(schema: Any, level: int = 0) -> set[str]:
    """The members that a condition asks about."""
    if not isinstance(schema, Mapping) or level > 8:
        return set()
    members, required = schema.get("properties"), schema.get("required")
    found = {str(key) for told in (members, required) if isinstance(told, Mapping | list) for key in told}
    for word in ("allOf", "anyOf", "oneOf"):
        for part in schema.get(word) or ():
            found |= _steering(part, level + 1)
    return found | _steering(schema.get("not"), level + 1)
