"""Values of files as JSON, none of them long."""

from __future__ import annotations

import math
from typing import Any

MOST_SIGNS = 400


def text(value: str | bytes, most: int = MOST_SIGNS) -> str:
    """Without what no database keeps, and cut."""
    if isinstance(value, bytes):
        value = value[: 4 * most].decode(errors="replace")
    value = value.replace("\0", "").encode("utf-8", "replace").decode()
    return value if len(value) <= most else f"{value[: most - 1]}…"


def number(value: float) -> float | None:
    """JSON has no infinity, and nothing that is no number."""
    return value if math.isfinite(value) else None


def plain(value: Any) -> Any:
    """One value of any library. What has no place in JSON is written as text."""
    match value:
        case None | bool() | int():
            return value
        case float():
            return number(value)
        case str() | bytes():
            return text(value)
        case _:
            return text(str(value))
