"""What arguments must be. Each gives its value back, or raises TypeError."""

from __future__ import annotations

import json
import math
from typing import Any

from apps.flows.language.failures import shown


def _wrong(value: Any, what: str) -> TypeError:
    return TypeError(f"{shown(json.dumps(value, ensure_ascii=False))} is not {what}")


def a_list(value: Any) -> list[Any]:
    if not isinstance(value, list):
        raise _wrong(value, "an array")
    return value


def a_string(value: Any) -> str:
    if not isinstance(value, str):
        raise _wrong(value, "a string")
    return value


def an_object(value: Any) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise _wrong(value, "an object")
    return value


def a_whole(value: Any) -> int:
    """A number; what it has of a fraction is rounded, half up, as Java does it."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise _wrong(value, "a number")
    return value if isinstance(value, int) else math.floor(value + 0.5)
