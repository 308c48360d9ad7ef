"""Lists that are shown in pages."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.functional import cached_property


class Pages:
    """One page of a list, chosen by ``?page=``, and the way to those beside it. A page that is none is the nearest."""

    def __init__(self, rows: QuerySet[Any], request: HttpRequest, size: int) -> None:
        self._page = Paginator(rows, size).get_page(request.GET.get("page"))
        self._asked = {name: value for name, value in request.GET.items() if name != "page"}

    @cached_property
    def rows(self) -> list[Any]:
        return list(self._page)

    @property
    def is_one(self) -> bool:
        return not self._page.has_other_pages()

    @property
    def text(self) -> str:
        return f"{self._page.start_index()} to {self._page.end_index()} of {self._page.paginator.count}"

    @property
    def previous_url(self) -> str:
        return self._url(self._page.previous_page_number()) if self._page.has_previous() else ""

    @property
    def next_url(self) -> str:
        return self._url(self._page.next_page_number()) if self._page.has_next() else ""

    def _url(self, number: int) -> str:
        return f"?{urlencode({**self._asked, 'page': number})}"
