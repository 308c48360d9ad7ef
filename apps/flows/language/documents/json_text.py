"""JSON, read more strictly than the standard library does: no name twice, no ``NaN``."""

from __future__ import annotations

import json
from collections import Counter
from typing import Any, NoReturn  # Any: JSON

from apps.flows.language.documents.errors import BadSyntax, Place
from apps.flows.language.failures import shown


class NotJSON(BadSyntax):
    """The text is no JSON, though it may be YAML. Correct it where the message says."""


def from_json(text: str) -> Any:
    """
    Raises:
        BadSyntax: it is no JSON.
    """
    try:
        return json.loads(text, object_pairs_hook=_object, parse_constant=_no_number)
    except json.JSONDecodeError as error:
        raise NotJSON(f"This is no JSON: {error.msg}.", Place(error.lineno, error.colno)) from error
    except RecursionError as error:
        raise BadSyntax("The document is nested too deep. Flatten it.", Place(1, 1)) from error
    except _Refused as error:
        raise BadSyntax(error.message, _place_of(text, error.word)) from error
    except ValueError as error:  # a whole number of thousands of digits
        raise BadSyntax("A number has too many digits. Write it as a string.", Place(1, 1)) from error


class _Refused(Exception):
    def __init__(self, message: str, word: str) -> None:
        self.message = message
        self.word = word


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    made = dict(pairs)
    if len(made) < len(pairs):
        counts = Counter(name for name, _ in pairs)
        twice = next(name for name, count in counts.items() if count > 1)
        raise _Refused(f"{shown(twice)} is named twice in one object. Remove one of them.", json.dumps(twice))
    return made


def _no_number(word: str) -> NoReturn:
    raise _Refused(f"JSON has no number {shown(word)}. Write a finite one.", word)


def _place_of(text: str, word: str) -> Place:
    """Of the last time that a word stands there: the library does not say where it was."""
    at = max(text.rfind(word), 0)
    return Place(text.count("\n", 0, at) + 1, at - text.rfind("\n", 0, at))
