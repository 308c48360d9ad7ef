"""Bytes of a request to JSON values: strict about what JSON is, and with a clear message for what is not."""

from __future__ import annotations

import json
from typing import NoReturn

from apps.common import quick_json
from apps.common.errors import TooLarge
from apps.search.errors import InvalidDocument


def parse(raw: bytes, *, most_bytes: int) -> object:
    """Read one JSON value. Of a key that comes twice, the last counts, as everywhere.

    Raises:
        TooLarge: longer than ``most_bytes``.
        InvalidDocument: not UTF-8, not JSON (``NaN`` and ``Infinity`` are not), nested too deep, a number too long.
    """
    if len(raw) > most_bytes:
        raise TooLarge(f"The document is larger than {most_bytes} bytes. Send it in parts.")
    try:
        return quick_json.loads(_text(raw), parse_constant=_refuse_constant)
    except json.JSONDecodeError as error:
        raise _invalid(f"This is not JSON: {error.msg} at line {error.lineno}, column {error.colno}") from error
    except RecursionError as error:
        raise _invalid("The document is nested too deep") from error
    except ValueError as error:  # Python turns at most 4,300 digits into an int.
        raise _invalid("The document holds a number with too many digits; send it as a text") from error


def _text(raw: bytes) -> str:
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise _invalid(f"The document is not UTF-8: the byte at position {error.start} is out of place") from error


def _refuse_constant(name: str) -> NoReturn:
    raise _invalid(f"{name} is not JSON; leave the value out or write null")


def _invalid(message: str) -> InvalidDocument:
    return InvalidDocument(f"{message}.", details={"messages": {"json": [f"{message}."]}})
