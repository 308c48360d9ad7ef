"""What requests say: their bodies, and the texts in these and in queries."""

from __future__ import annotations

from collections.abc import Mapping
from typing import IO, Any
from uuid import UUID

from rest_framework.exceptions import ParseError
from rest_framework.parsers import JSONParser

from apps.common.errors import Invalid, PortalError

_MOST_DIGITS = 9


class StrictJSONParser(JSONParser):
    """REST framework's, which lets a document fail that is nested too deep. ``NaN`` and its like are no JSON."""

    def parse(
        self, stream: IO[Any], media_type: str | None = None, parser_context: Mapping[str, Any] | None = None
    ) -> Any:  # Any: JSON
        try:
            return super().parse(stream, media_type, parser_context)
        except RecursionError as error:
            raise ParseError("The document is nested too deep.") from error


def words_in(text: str) -> list[str]:
    """What stands between commas, empty parts left out."""
    return [word.strip() for word in text.split(",") if word.strip()]


def is_true(word: str) -> bool:
    """Whether a flag is set, as the clients write it: ``true``, ``True`` or ``1``. Any other word is false."""
    return word.lower() in {"true", "1"}


def id_in(told: object, missing: PortalError | type[PortalError]) -> UUID:
    """
    Raises:
        PortalError: ``missing``, which is what the caller says of an id that nothing has: this one is none.
    """
    try:
        return UUID(told if isinstance(told, str) else "")
    except ValueError as error:
        raise missing from error


def uuid_in(told: object, place: str) -> UUID:
    """
    Raises:
        Invalid: it is no id.
    """
    message = f"{str(told)[:100]!r} is no id. Write one such as 0d1f0a6e-7c1e-4f0e-9d5f-6c1a6a3f7e55."
    return id_in(told, Invalid(message, place=place))


def number_in(told: str | None, place: str, *, otherwise: int, digits: int = _MOST_DIGITS) -> int:
    """A whole number from 0 on; ``otherwise`` where none is told.

    Raises:
        Invalid: it is none.
    """
    if not told:
        return otherwise
    if not told.isascii() or not told.isdigit() or len(told) > digits:
        raise Invalid("Write a whole number.", place=place)
    return int(told)
