"""Errors as pages: what happened, why, what to do next."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.exceptions import TooManyFieldsSent
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views import View as ClassView
from django.views.decorators.cache import never_cache

from apps.common import http
from apps.common.errors import NotAllowed, PortalError, TooLarge

View = Callable[..., HttpResponseBase]
_OWN_PAGES = {400, 403, 404}
TOO_MANY = "There are more fields in it than can be sent at once. Go back, and write its longest list as JSON."
ELSEWHERE = (
    "Nothing was changed: you signed in or out in another tab since this page was loaded, or cookies are off. "
    "Go back, load the page again, and send it once more."
)
_TITLES = {
    401: "Sign in first",
    409: "This cannot be done now",
    413: "That is more than the portal takes",
    429: "Too many requests",
    503: "Search rests for a moment",
}


def as_page(kind: type[ClassView]) -> View:
    """A page that nobody keeps: its failures are pages, and what is not shown is answered as an address where nothing
    is."""
    return as_pages(never_cache(kind.as_view()))


def as_pages(view: View) -> View:
    """Let the view's errors be pages. What does not exist and what is hidden give the same one."""

    @wraps(view)
    def answer(request: HttpRequest, **parts: Any) -> HttpResponseBase:  # Any: what the route makes of them
        try:
            return view(request, **parts)
        except PortalError as error:
            return page(request, error)
        except TooManyFieldsSent:
            return page(request, TooLarge(TOO_MANY))

    return answer


def without_token(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001 - Django passes it
    """What was sent did not come from a page that this browser has now: Django asks for this view by its setting."""
    return page(request, NotAllowed(ELSEWHERE))


def page(request: HttpRequest, error: PortalError) -> HttpResponse:
    status = http.status_of(error)
    template = f"{status}.html" if status in _OWN_PAGES else "web/error.html"
    values = {
        "title": _TITLES.get(status, "This did not work"),
        "message": error.message,
        "place": error.place,
        "code": error.code,
        "may_sign_in": status == 401,
        "request_id": http.request_id_of(request),
    }
    if status == 404:  # Its page is the same, byte for byte, for each thing that is not shown.
        values = {}
    answer = render(request, template, values, status=status)
    for name, text in http.headers_of(error).items():
        answer[name] = text
    return answer
