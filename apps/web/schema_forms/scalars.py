"""What is typed into one input, as a value."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

from apps.common.errors import Invalid
from apps.common.json_formats import is_local, is_moment, normal
from apps.web.schema_forms.fields import Field, Kind

LONGEST_NUMBER = 300


def told(asked: Field, text: str) -> Any:
    """
    Raises:
        Invalid: it cannot be read.
    """
    match asked.kind:
        case Kind.INTEGER:
            return _integer(text.strip())
        case Kind.NUMBER:
            return _number(text.strip())
        case Kind.CHOICE:
            return _choice(asked, text)
        case Kind.RAW:
            return json_in(text)
        case Kind.MOMENT:
            return _moment(text.strip())
        case Kind.TIME:
            return _time(text.strip())
        case Kind.DATE | Kind.TERM:
            return text.strip()
    return normal(asked.format, text) if asked.format else text


def json_in(text: str) -> Any:
    """
    Raises:
        Invalid: it is no JSON.
    """
    try:
        return json.loads(text, parse_constant=_no_constant)
    except RecursionError as error:
        raise Invalid("This is nested too deeply.") from error
    except ValueError as error:
        place = f" in line {error.lineno}: {error.msg}" if isinstance(error, json.JSONDecodeError) else ""
        raise Invalid(f"This is no JSON{place}. Texts stand in double quotes.") from error


def _no_constant(name: str) -> Any:
    raise ValueError(f"JSON has no {name}")


def _integer(text: str) -> int:
    try:
        if len(text) > LONGEST_NUMBER:
            raise ValueError
        return int(text)
    except ValueError as error:
        try:
            number = _number(text)
        except Invalid:
            number = 0.5
        if isinstance(number, float) and number.is_integer() and abs(number) < 2**53:
            return int(number)
        raise Invalid("Write a whole number, such as 12.") from error


def _number(text: str) -> float | int:
    try:
        number = json.loads(text.replace("+", "", 1) if text.startswith("+") else text, parse_constant=_no_constant)
    except (ValueError, RecursionError):
        number = None
    if isinstance(number, bool) or not isinstance(number, int | float) or number in {float("inf"), float("-inf")}:
        raise Invalid("Write a number, such as 12.5 or 3e-4.")
    return number


def _choice(asked: Field, text: str) -> Any:
    at = int(text) if text.isascii() and text.isdecimal() and len(text) < 6 else -1
    if not 0 <= at < len(asked.choices):
        raise Invalid("Choose one of those that are listed.")
    return asked.choices[at].value


def _moment(text: str) -> str:
    """Without a zone it is UTC."""
    if is_moment(text):
        return text
    if is_local(text):
        return f"{text}:00Z" if len(text) == 16 else f"{text}Z"
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        raise Invalid("Write it as 2027-01-31T12:00, in UTC.") from error
    return moment.isoformat() if moment.tzinfo else f"{moment.isoformat()}Z"


def _time(text: str) -> str:
    """Without seconds it is on the minute, without a zone it is UTC."""
    is_bare = len(text) in {5, 8} and is_local(f"2000-01-01T{text}")
    return f"{text}{':00' if len(text) == 5 else ''}Z" if is_bare else text
