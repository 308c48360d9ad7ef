"""JSON as the standard library reads and writes it, several times as fast: records pass through it by the million.

msgspec makes the same values of the same text (long integers stay whole, of a key that comes twice the last counts).
What it refuses is given to the standard library, which takes it or says why not.
"""

from __future__ import annotations

import json
from typing import Any

import msgspec

_decoder = msgspec.json.Decoder()
_encoder = msgspec.json.Encoder()
_standard = json.JSONEncoder(separators=(",", ":"))
_WORST = 3
"""So many times as long the standard library's text may be: ``"é"`` is ``"\\u00e9"`` there."""


def loads(text: str | bytes, **options: Any) -> Any:  # Any: JSON
    """Read one JSON value. What is refused goes to ``json.loads`` with the options, and raises what that raises."""
    try:
        return _decoder.decode(text)
    except (msgspec.MsgspecError, UnicodeError, RecursionError, ValueError):
        return json.loads(text, **options)


def dumps(value: Any) -> bytes:  # Any: JSON, with ``written`` pieces in it
    """JSON without blanks, in UTF-8. Infinities and NaN, which JSON does not have, become null.

    Raises:
        UnicodeEncodeError: half of a surrogate pair stands in a text.
    """
    return _encoder.encode(value)


def text(value: Any) -> str:  # Any: JSON
    """JSON without blanks, which ``loads`` makes the same value of: NaN is written as the standard library does."""
    try:
        told = _encoder.encode(value)
    except (msgspec.MsgspecError, TypeError, ValueError, OverflowError, RecursionError):
        return _standard.encode(value)
    return _standard.encode(value) if b"null" in told else told.decode()  # that may have been a NaN


def length(value: Any, *, above: int) -> int:  # Any: JSON
    """How long the standard library's JSON of it is, without blanks; 0 if that cannot be longer than ``above``."""
    try:
        if _WORST * len(_encoder.encode(value)) <= above:
            return 0
    except (msgspec.MsgspecError, TypeError, ValueError, OverflowError, RecursionError):
        pass
    return len(_standard.encode(value))


def written(text: str) -> msgspec.Raw:
    """JSON that is written already, as a value for ``dumps``: it goes in as it is, unread."""
    return msgspec.Raw(text.encode())
