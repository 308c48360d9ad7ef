"""One thing that is wrong, as a sentence: what to do next; not what rule it is."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from jsonschema.exceptions import ValidationError

from apps.web.schema_forms.about import text_in
from apps.web.schema_forms.reading import MISSING
from apps.web.values import label as label_of
from apps.web.values import plural
from apps.web.values import value as value_of

MOST_SIGNS = 200
NO_PLACE = "There is no place for this here. Remove it, or give it another name."
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
    "url": "Write an address, such as https://example.org/.",
    "uuid": "Write a UUID, such as 6c54cade-bde5-45c1-bdea-f4bd71dba2cc.",
    "date": "Write a day, such as 2027-01-31.",
    "time": "Write a time, such as 12:30:00Z.",
    "date-time": "Write a time, such as 2027-01-31T12:00:00Z.",
    "ipv4": "Write an address of the internet, such as 192.0.2.1.",
    "ipv6": "Write an address of the internet, such as 2001:db8::1.",
    "regex": "Write a regular expression.",
    "doi": "Write a DOI, such as 10.5281/zenodo.1234.",
    "ror": "Write an identifier of ROR, such as https://ror.org/04wxnsj81. Its last two digits check the others.",
}
_ORCID = "Write an ORCID, such as 0000-0002-1825-0097."
_DIGIT = "The last digit does not fit the others. Compare each of them."


def sentence(error: ValidationError) -> str:
    """In the words of forms; what they have none for, in those of the validator."""
    told: Any = error.validator_value  # JSON, as the schema has it
    match error.validator:
        case "type":
            types = told if isinstance(told, list) else [told]
            return f"This must be {any_of(_TYPES.get(one, str(one)) for one in types)}."
        case "enum":
            return "Choose one of those that there are."
        case "const":
            return f"It must be {value_of(told).text[:MOST_SIGNS] if not isinstance(told, list | dict) else told}."
        case "pattern":
            return f"It must match the pattern {str(told)[:MOST_SIGNS]}"
        case "format":
            return _format(str(told), str(error.instance))
        case "contains" | "minContains" | "maxContains":
            return _contains(error)
        case "not":
            return _not(told, error.schema)
        case "oneOf" | "anyOf":
            return _options(error)
        case None:  # the schema is `false`
            return NO_PLACE
    return _bound(str(error.validator), told) or f"{error.message[:300]}."


def name_of(key: str, schema: Any) -> str:
    """What the form calls a member."""
    members = schema.get("properties") if isinstance(schema, Mapping) else None
    told = members.get(key) if isinstance(members, Mapping) else None
    return (text_in(told, "title") if isinstance(told, Mapping) else "") or label_of(key)


def any_of(words: Iterable[str], last: str = "or") -> str:
    *most, end = words
    return f"{', '.join(most)} {last} {end}" if most else end


def demanded(schema: Any) -> list[str]:
    """The members that a schema demands, if it says nothing else."""
    told = schema.get("required") if isinstance(schema, Mapping) else None
    return list(map(str, told)) if isinstance(told, list) and set(schema) <= {"required", "type"} else []


def is_value(schema: Any) -> bool:
    """Whether it is one value, or one of some."""
    return isinstance(schema, Mapping) and ("const" in schema or "enum" in schema)


def _bound(word: str, told: Any) -> str:
    match word:
        case "minLength":
            return MISSING if told == 1 else f"Write at least {plural(told, 'sign', 'signs')}."
        case "maxLength":
            return f"Write at most {plural(told, 'sign', 'signs')}."
        case "minimum" | "minItems":
            return f"{'It' if word == 'minimum' else 'There'} must be at least {told}."
        case "maximum" | "maxItems":
            return f"{'It' if word == 'maximum' else 'There'} must be at most {told}."
        case "exclusiveMinimum":
            return f"It must be more than {told}."
        case "exclusiveMaximum":
            return f"It must be less than {told}."
        case "multipleOf":
            return f"It must be a multiple of {told}."
        case "uniqueItems":
            return "Each must stand here once only."
        case "minProperties":
            return f"Fill in at least {told} of these."
        case "maxProperties":
            return f"Fill in at most {told} of these."
    return ""


def _format(name: str, text: str) -> str:
    if name == "orcid":
        return _DIGIT if len(text) == 19 and text[:4].isdecimal() else _ORCID
    return _FORMATS.get(name, f"This is not of the format {name}.")


def _contains(error: ValidationError) -> str:
    wanted: Any = error.schema.get("contains", {}) if isinstance(error.schema, Mapping) else {}
    known = isinstance(wanted, Mapping) and ("const" in wanted or text_in(wanted, "title"))
    what = (text_in(wanted, "title") or str(wanted["const"])) if known else "as the schema asks for"
    least = error.schema.get("minContains", 1) if isinstance(error.schema, Mapping) else 1
    if error.validator == "maxContains" or "Too many" in error.message:
        return f"Too many of these are {what}."
    return f"{'One' if least == 1 else f'At least {least}'} of these must be {what}."


def _not(told: Any, schema: Any) -> str:
    if keys := demanded(told):
        names = [name_of(key, schema) for key in keys]
        return f"{names[0]} must stay empty." if len(names) == 1 else f"Leave out {any_of(names)}: all are too much."
    if isinstance(told, Mapping) and "const" in told:
        return f"It must be something else than {value_of(told['const']).text}."
    return "This is just what it may not be." if told not in ({}, True) else NO_PLACE


def _options(error: ValidationError) -> str:
    """Of several forms none fits, or more than one do."""
    told: Any = error.validator_value
    keys = [demanded(one) for one in told]
    if all(map(is_value, told)):
        return "Choose one of those that there are."
    if all(keys):
        names = [any_of((name_of(key, error.schema) for key in each), "and") for each in keys]
        return f"Fill in {'only one of ' if not error.context else ''}{any_of(names)}."
    if not error.context:
        return "This fits more than one of the forms that there are. Make it fit one only."
    return "This fits none of the forms that there are."
