"""Pages of results: numbered as far as an engine counts them, and by cursor beyond, without end."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from math import ceil

from apps.search.forms.limits import MAX_WINDOW
from apps.search.forms.url_state import DEFAULT_LIMIT
from apps.web.context import Link
from apps.web.values import count

LIMITS = (DEFAULT_LIMIT, 25, 50, 100)
AROUND = 2
MOST = 1_000_000


@dataclass(frozen=True, slots=True)
class Choice:
    value: str
    label: str
    is_chosen: bool = False


@dataclass(frozen=True, slots=True)
class Pager:
    """A link without an address is a gap between numbers."""

    text: str
    links: tuple[Link, ...]
    limits: tuple[Choice, ...]
    previous_url: str = ""
    next_url: str = ""


def numbered(*, total: int, offset: int, limit: int, shown: int, cursor: str | None, url: Callable[..., str]) -> Pager:
    """``url(page=…)`` and ``url(after=…)`` give addresses of other pages; ``cursor`` is what follows this one."""
    last = max(min(ceil(total / limit), MAX_WINDOW // limit), 1)
    page, first = offset // limit + 1, offset + 1
    next_url = ""
    if page < last:
        next_url = url(page=page + 1)
    elif cursor:
        next_url = url(after=cursor)
    return Pager(
        text=f"{count(first)} to {count(first + shown - 1)} of {count(total)}" if shown else f"0 of {count(total)}",
        links=tuple(_links(min(page, last), last, url)) if total > limit else (),
        limits=_limits(limit),
        previous_url=url(page=min(page - 1, last)) if page > 1 else "",
        next_url=next_url,
    )


def beyond(*, total: int, limit: int, shown: int, cursor: str | None, url: Callable[..., str]) -> Pager:
    """Behind the last number. One goes back as one came, or to the first page."""
    return Pager(
        text=f"{count(shown)} more of {count(total)}",
        links=(Link("1", url(page=1)),),
        limits=_limits(limit),
        next_url=url(after=cursor) if cursor else "",
    )


def number_in(text: str, *, most: int = MOST) -> int:
    """The page that a parameter of an address asks for, from 1 to ``most``; the first if it names none."""
    is_number = text.isascii() and text.isdecimal() and len(text) < 9
    return min(max(int(text), 1), most) if is_number else 1


def _links(page: int, last: int, url: Callable[..., str]) -> list[Link]:
    near = range(max(page - AROUND, 1), min(page + AROUND, last) + 1)
    numbers = sorted({1, last, *near})
    links: list[Link] = []
    for before, number in zip([0, *numbers], numbers, strict=False):
        if number - before > 1:
            links.append(Link("…", ""))
        links.append(Link(count(number), url(page=number), is_current=number == page))
    return links


def _limits(limit: int) -> tuple[Choice, ...]:
    return tuple(Choice("" if n == DEFAULT_LIMIT else str(n), str(n), n == limit) for n in sorted({*LIMITS, limit}))
