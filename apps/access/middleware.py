"""One request, one look at who belongs to which groups and has which roles."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest
from django.http.response import HttpResponseBase

from apps.access import services


class RememberAccess:
    """Keeps principals and roles for the time of one request that only reads: one that writes may change them."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if request.method not in {"GET", "HEAD"}:
            return self.get_response(request)
        with services.remembering():
            return self.get_response(request)
