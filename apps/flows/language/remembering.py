"""Remembers what short texts were read as. Long ones are read anew: a thousand of them would fill a worker's memory."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache, wraps
from typing import TypeVar

T = TypeVar("T")

LONGEST = 300  # characters; what is read of a text takes some hundred bytes for each
MOST = 2_048


def remembered(read: Callable[[str], T]) -> Callable[[str], T]:
    """A reader that reads each short text once. What it gives must never be changed; failures are not remembered."""
    once = lru_cache(maxsize=MOST)(read)

    @wraps(read)
    def reader(text: str) -> T:
        return once(text) if isinstance(text, str) and len(text) <= LONGEST else read(text)

    return reader
