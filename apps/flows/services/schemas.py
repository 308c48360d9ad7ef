"""Input schemas of flows: whether they are any, and whether an input is what they ask for."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import islice
from typing import Any

from jsonschema import Draft7Validator
from jsonschema.exceptions import SchemaError

from apps.common.json_schema import Unjudgeable, errors_in, require_schema
from apps.flows.errors import InvalidInput
from apps.flows.language.finding import Finding

MOST_FAULTS = 100


def schema_findings(schema: Any) -> list[Finding]:
    """What is wrong with an input schema; none at all takes any input."""
    if schema is None or schema == {}:
        return []
    if not isinstance(schema, Mapping):
        return [_finding("/input_schema", "An input schema is an object. Write a JSON Schema, or {} for any input.")]
    try:
        require_schema(schema, Draft7Validator)
    except Unjudgeable as error:
        return [_finding("/input_schema", error.message)]
    except SchemaError as error:
        place = "/".join(str(part) for part in error.absolute_path)
        return [_finding(f"/input_schema/{place}".rstrip("/"), f"This is no JSON Schema: {error.message[:300]}.")]
    return []


def require_input(schema: Mapping[str, Any], told: Any) -> None:
    """
    Raises:
        InvalidInput: the input is not what the schema asks for, or no object.
    """
    if not isinstance(told, dict):
        raise InvalidInput([("$", "The input of a run is a JSON object.")])
    require_value(schema, told)


def require_value(schema: Mapping[str, Any], told: Any) -> None:
    """Whether any value is what a schema asks for; raises InvalidInput."""
    try:
        errors = islice(errors_in(schema, told, Draft7Validator), MOST_FAULTS)
        faults = [(error.json_path, f"{error.message[:500]}.") for error in errors]
    except Unjudgeable as error:
        raise InvalidInput([("$", error.message)]) from error
    if faults:
        raise InvalidInput(faults)


def _finding(pointer: str, message: str) -> Finding:
    return Finding(pointer=pointer, code="bad-input-schema", message=message)
