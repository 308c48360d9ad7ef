"""What is wrong with a value, as sentences by the JSON pointers of the places."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from jsonschema.exceptions import ValidationError, best_match
from jsonschema.protocols import Validator

from apps.common.json_schema import UNREADABLE
from apps.web.schema_forms.fields import below
from apps.web.schema_forms.reading import MISSING
from apps.web.schema_forms.sentences import NO_PLACE, demanded, is_value, sentence

MOST = 100
Chosen = Sequence[tuple[str, Any, int]]
"""The variants that were chosen (``Reading.chosen``): of what else it might have been nothing is said."""


def faults_in(judge: Validator, value: Any, chosen: Chosen) -> dict[str, str]:
    found: dict[str, str] = {}
    try:
        for error in judge.iter_errors(value):
            for pointer, words in _told(error, chosen):
                found.setdefault(pointer, words)
            if len(found) >= MOST:
                break
    except UNREADABLE as error:
        found.setdefault("", f"The schema cannot be read: {str(error)[:200]}")
    return found


def _told(error: ValidationError, chosen: Chosen) -> Iterable[tuple[str, str]]:
    pointer = ""
    for part in error.absolute_path:
        pointer = below(pointer, part)
    if (rules := list(error.absolute_schema_path)) and "propertyNames" in rules[-2:]:
        return [(below(pointer, str(error.instance)), f"The name will not do. {sentence(error)}")]
    if error.validator in {"oneOf", "anyOf"} and error.context:
        return _of_variants(error, pointer, chosen)
    missing = _missing(error)
    if missing:
        return [(below(pointer, key), MISSING) for key in missing]
    unknown = _unknown(error)
    return [(below(pointer, key), NO_PLACE) for key in unknown] if unknown else [(pointer, sentence(error))]


def _missing(error: ValidationError) -> list[str]:
    rule: Any = error.validator_value  # JSON, as the schema has it
    held: Any = error.instance
    match error.validator:
        case "required":
            return [key for key in rule if key not in held]
        case "dependentRequired" | "dependencies":
            lists = [told for key, told in rule.items() if key in held and isinstance(told, list)]
            return [key for told in lists for key in told if key not in held]
    return []


def _unknown(error: ValidationError) -> list[str]:
    """Members that the schema has no place for."""
    held: Any = error.instance
    rule: Any = error.schema
    if not isinstance(held, Mapping) or error.validator_value is not False:
        return []
    if error.validator == "additionalProperties":
        known, patterns = rule.get("properties", {}), rule.get("patternProperties", {})
        return [key for key in held if key not in known and not any(re.search(one, key) for one in patterns)]
    if error.validator == "unevaluatedProperties":
        return [key for key in held if repr(key) in error.message]
    return []


def _of_variants(error: ValidationError, pointer: str, chosen: Chosen) -> Iterable[tuple[str, str]]:
    inner, options = list(error.context or ()), error.validator_value
    numbers = [number for place, told, number in chosen if place == pointer and told == options]
    mine = [one for one in inner if one.schema_path and one.schema_path[0] in numbers]
    if mine:
        return [told for one in mine for told in _told(one, chosen)]
    if isinstance(options, list) and (all(map(demanded, options)) or all(map(is_value, options))):
        return [(pointer, sentence(error))]
    other = {one.schema_path[0] for one in inner if one.validator == "type" and not one.path}
    like = [one for one in inner if one.schema_path[0] not in other] or inner
    if len({one.schema_path[0] for one in like}) == 1:
        return [told for one in like for told in _told(one, chosen)]
    best = best_match(like)
    return _told(best, chosen) if best is not None else [(pointer, sentence(error))]
