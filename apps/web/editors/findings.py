"""What is wrong with a text, each at its line."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from apps.flows.language.documents import BadSyntax, Place, places_in


@dataclass(frozen=True, slots=True)
class FindingView:
    """``line`` is 0 where it is not known; ``field`` is the box that it is about."""

    message: str
    pointer: str
    line: int
    field: str
    is_error: bool = True
    code: str = ""


def unreadable(error: BadSyntax, field: str) -> FindingView:
    return FindingView(error.message, "", error.at.line, field, code=error.code)


def places_of(text: str) -> Mapping[str, Place]:
    """By JSON pointer; none of a text that cannot be read."""
    try:
        return places_in(text)
    except BadSyntax:
        return {}


def line_of(pointer: str, places: Mapping[str, Place]) -> int:
    """Where it stands; of what is missing, where it should stand."""
    while pointer and pointer not in places:
        pointer = pointer.rpartition("/")[0]
    return places[pointer].line if pointer in places else 0
