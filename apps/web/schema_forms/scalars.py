"""What is typed into one input, as a value."""

from __future__ import annotations

import json
import re
import unicodedata
from datetime import datetime
from typing import Any

from apps.common.errors import Invalid
from apps.common.json_formats import is_local, is_moment, normal
from apps.common.places import is_deeper
from apps.web.schema_forms.fields import Field, Kind

LONGEST_NUMBER = 300
DEEPEST = 40
"""So deep may the value of one field be: less than the whole of a draft."""
_UNKEPT = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]|[\U0001fffe-\U0001ffff]")
_MINUS = str.maketrans("\u2212\u2013", "--")


def is_kept(text: str) -> bool:
    """Whether each of its signs comes back from a browser as it went."""
    return not _UNKEPT.search(text)


def cleaned(text: str) -> str:
    """What was typed, without signs that nobody sees: they come along with what is pasted, and no XML takes them."""
    return _UNKEPT.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def told(asked: Field, text: str) -> Any:
    """
    Raises:
        Invalid: it cannot be read.
    """
    match asked.kind:
        case Kind.INTEGER:
            return _integer(_digits(text))
        case Kind.NUMBER:
            return _number(_digits(text))
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
        found = json.loads(text, parse_constant=_no_constant, parse_float=_float, parse_int=_int)
        if is_deeper(found, DEEPEST):
            raise RecursionError
        json.dumps(found, ensure_ascii=False).encode()
    except RecursionError as error:
        raise Invalid("This is nested too deeply.") from error
    except UnicodeEncodeError as error:
        raise Invalid("Half of a sign stands here (\\ud800 to \\udfff). Write the sign itself.") from error
    except ValueError as error:
        place = f" in line {error.lineno}: {error.msg}" if isinstance(error, json.JSONDecodeError) else ""
        raise Invalid(f"This is no JSON{place}. Texts stand in double quotes.") from error
    return found


def _float(text: str) -> float:
    number = float(text)
    if number in {float("inf"), float("-inf")}:
        raise Invalid(f"{text[:40]} is too large for a number.")
    return number


def _int(text: str) -> int:
    if len(text) > LONGEST_NUMBER:
        raise Invalid(f"{text[:40]} … is too long for a number.")
    return int(text)


def _no_constant(name: str) -> Any:
    raise ValueError(f"JSON has no {name}")


def _digits(text: str) -> str:
    """With the digits and the minus of a keyboard in place of those of other scripts, and of what is set in print."""
    return unicodedata.normalize("NFKC", text.translate(_MINUS)).strip()


def _integer(text: str) -> int:
    try:
        if len(text) > LONGEST_NUMBER or "_" in text:
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
        if len(text) > LONGEST_NUMBER:
            raise ValueError
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
