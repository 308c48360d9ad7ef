"""Lists that are shown page by page."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from math import ceil
from typing import TypeVar
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.db.models import Model, QuerySet
from django.http import HttpRequest

M = TypeVar("M", bound=Model)


@dataclass(frozen=True, slots=True)
class Pages:
    """Which part of a list is shown, and the way to the parts beside it."""

    text: str
    previous_url: str = ""
    next_url: str = ""

    @classmethod
    def of(cls, page: int, *, size: int, total: int, url: Callable[[int], str]) -> Pages:
        first, last = (page - 1) * size + 1, min(page * size, total)
        return cls(
            text=f"{first:,} to {last:,} of {total:,}" if first <= last else f"none of {total:,}",
            previous_url=url(min(page - 1, max(ceil(total / size), 1))) if page > 1 else "",
            next_url=url(page + 1) if last < total and first <= last else "",
        )

    @property
    def is_one(self) -> bool:
        return not (self.previous_url or self.next_url)


def page_of(rows: QuerySet[M], request: HttpRequest, *, size: int) -> tuple[list[M], Pages]:
    """What ``?page=`` asks for, or the page nearest to it. What else is asked stays in the links."""
    page = Paginator(rows, size).get_page(request.GET.get("page"))
    asked = {name: value for name, value in request.GET.items() if name != "page"}

    def url(number: int) -> str:
        return f"?{urlencode({**asked, 'page': number})}"

    return list(page), Pages.of(page.number, size=size, total=page.paginator.count, url=url)
