"""Numbers."""

from __future__ import annotations

import random
from typing import Any

from apps.flows.language.functions.kinds import a_whole

_INT_32 = range(-(2**31), 2**31)


def draw(first: Any, last: Any, seed: Any = None) -> int:
    """A number from the first on, below the last. The same seed gives the same number."""
    start, end = a_whole(first), a_whole(last)
    if start >= end:
        raise ValueError("the first number is below the last, which is never given")
    source = random.Random(None if seed is None else a_whole(seed))  # noqa: S311 - AWS says the same: no secrets
    return source.randrange(start, end)


def add(first: Any, second: Any) -> int:
    numbers = a_whole(first), a_whole(second)
    if not all(each in _INT_32 for each in numbers):
        raise ValueError("a number is outside of -2147483648 to 2147483647")
    return sum(numbers)
