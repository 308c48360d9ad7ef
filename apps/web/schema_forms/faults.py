"""What is wrong with a value, as sentences by the JSON pointers of the places; what to do next, not what rule it is."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from jsonschema import Draft7Validator, Draft202012Validator
from jsonschema.exceptions import SchemaError, ValidationError, best_match
from jsonschema.validators import validator_for

from apps.web.schema_forms.fields import below
from apps.web.schema_forms.reading import MISSING
from apps.web.values import plural

MOST = 100
_TYPES = {
    "string": "a text",
    "number": "a number",
    "integer": "a whole number",
    "boolean": "true or false",
    "array": "a list",
    "object": "an object",
    "null": "nothing",
}
_FORMATS = {
    "email": "Write an e-mail address, such as name@example.org.",
    "uri": "Write an address, such as https://example.org/.",
    "uuid": "Write a UUID, such as 6c54cade-bde5-45c1-bdea-f4bd71dba2cc.",
    "date": "Write a day, such as 2027-01-31.",
    "time": "Write a time, such as 12:30:00Z.",
    "date-time": "Write a time, such as 2027-01-31T12:00:00Z.",
}


def faults_in(schema: Mapping[str, Any], value: Any, chosen: Mapping[str, int]) -> dict[str, str]:
    """``chosen`` are the variants that were chosen, by pointer: of what else it might have been nothing is said."""
    validator = validator_for(dict(schema), default=Draft7Validator)(
        dict(schema), format_checker=Draft202012Validator.FORMAT_CHECKER
    )
    found: dict[str, str] = {}
    try:
        for error in validator.iter_errors(value):
            for pointer, sentence in _told(error, chosen):
                found.setdefault(pointer, sentence)
            if len(found) >= MOST:
                break
    except (SchemaError, RecursionError, LookupError) as error:
        found.setdefault("", f"The schema cannot be read: {str(error)[:200]}")
    return found


def _told(error: ValidationError, chosen: Mapping[str, int]) -> Iterable[tuple[str, str]]:
    pointer = ""
    for part in error.absolute_path:
        pointer = below(pointer, part)
    rule: Any = error.validator_value  # JSON, as the schema has it
    held: Any = error.instance
    if error.validator == "required":
        missing = [name for name in rule if name not in held]
        return [(below(pointer, name), MISSING) for name in missing]
    if error.validator in {"oneOf", "anyOf"} and error.context:
        return _of_variants(error, pointer, chosen)
    return [(pointer, _sentence(error))]


def _of_variants(error: ValidationError, pointer: str, chosen: Mapping[str, int]) -> Iterable[tuple[str, str]]:
    inner = list(error.context or ())
    if pointer in chosen:
        inner = [one for one in inner if one.schema_path and one.schema_path[0] == chosen[pointer]] or inner
        return [told for one in inner for told in _told(one, chosen)]
    best = best_match(inner)
    return _told(best, chosen) if best is not None else [(pointer, _sentence(error))]


def _sentence(error: ValidationError) -> str:
    """In the words of forms; what they have none for, in those of the validator."""
    told: Any = error.validator_value  # JSON, as the schema has it
    match error.validator:
        case "type":
            types = told if isinstance(told, list) else [told]
            return f"This must be {' or '.join(_TYPES.get(one, str(one)) for one in types)}."
        case "enum" | "const":
            return "Choose one of those that there are."
        case "minLength":
            return MISSING if told == 1 else f"Write at least {plural(told, 'sign', 'signs')}."
        case "maxLength":
            return f"Write at most {plural(told, 'sign', 'signs')}."
        case "pattern":
            return f"It must match the pattern {str(told)[:200]}"
        case "minimum":
            return f"It must be at least {told}."
        case "maximum":
            return f"It must be at most {told}."
        case "exclusiveMinimum":
            return f"It must be more than {told}."
        case "exclusiveMaximum":
            return f"It must be less than {told}."
        case "multipleOf":
            return f"It must be a multiple of {told}."
        case "minItems":
            return f"There must be at least {told}."
        case "maxItems":
            return f"There must be at most {told}."
        case "uniqueItems":
            return "Each must stand here once only."
        case "format" if told in _FORMATS:
            return _FORMATS[told]
    return f"{error.message[:300]}."
