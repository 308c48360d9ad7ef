"""The stylesheet of an accent."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from apps.common.errors import NotFound
from apps.web import accents
from apps.web.failures import as_pages


@require_safe
@as_pages
@cache_control(public=True, max_age=86_400)
def accent(_request: HttpRequest, colour: str) -> HttpResponse:
    if not accents.is_one(colour):
        raise NotFound
    return HttpResponse(accents.stylesheet(colour), content_type="text/css; charset=utf-8")
