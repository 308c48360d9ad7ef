"""What a word without quotes stands for in YAML 1.2 (its core schema)."""

from __future__ import annotations

import math
import re
from typing import Any  # Any: JSON

WORDS: dict[str, Any] = {
    **dict.fromkeys(("null", "Null", "NULL", "~"), None),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
}
WHOLE = re.compile(r"[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+")
FLOAT = re.compile(r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?")


def value_of(word: str) -> Any:
    """
    Raises:
        ValueError: it is a number that JSON has not.
    """
    if word in WORDS or not word:
        return WORDS.get(word)
    if WHOLE.fullmatch(word):
        return int(word, 0) if word[:2] in ("0o", "0x") else int(word)
    if FLOAT.fullmatch(word):
        number = float(word)
        if not math.isfinite(number):
            raise ValueError("too large a number")
        return number
    return word
