"""Where a text cannot be read, and why."""

from __future__ import annotations

from typing import NamedTuple

from apps.common.errors import Invalid

MOST_BYTES = 2_000_000
"""Of a text; a definition may have half of it, but indentation counts here and not there."""

MOST_LEVELS = 200


class Place(NamedTuple):
    """Both count from 1."""

    line: int
    column: int


class BadSyntax(Invalid):
    """The text is neither JSON nor YAML. Correct it where the message says."""

    code = "flows.bad_syntax"

    def __init__(self, message: str, at: Place) -> None:
        self.at = at
        super().__init__(message, place=f"line {at.line}, column {at.column}")
