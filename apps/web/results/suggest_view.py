"""The view behind the search box: a part of a page, for the script that asked."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from apps.search import services as search
from apps.web import viewing
from apps.web.failures import as_pages
from apps.web.results import suggestions


@never_cache
@require_safe
@as_pages
def suggest(request: HttpRequest, name: str) -> HttpResponse:
    """Options of a list: words of records that the visitor sees. Empty when there is nothing to suggest."""
    index, reader = viewing.enter(request, name)
    text = request.GET.get("q", "")
    found = search.suggest(index=index, prefix=text, actor=reader) if suggestions.is_askable(text) else []
    return render(request, "web/_suggestions.html", {"suggestions": suggestions.build(text, found)})
