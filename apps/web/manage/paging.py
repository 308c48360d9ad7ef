"""Pages of a list by number: earlier and later."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from math import ceil

from apps.web.values import count


@dataclass(frozen=True, slots=True)
class Pages:
    text: str
    previous_url: str = ""
    next_url: str = ""

    @classmethod
    def of(cls, page: int, *, size: int, total: int, url: Callable[[int], str]) -> Pages:
        first, last = (page - 1) * size + 1, min(page * size, total)
        return cls(
            text=f"{count(first)} to {count(last)} of {count(total)}" if first <= last else f"none of {count(total)}",
            previous_url=url(min(page - 1, max(ceil(total / size), 1))) if page > 1 else "",
            next_url=url(page + 1) if last < total and first <= last else "",
        )
