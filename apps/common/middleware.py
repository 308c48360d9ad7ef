"""What is done to every request and answer."""

from __future__ import annotations

import re
from collections.abc import Callable

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware

GetResponse = Callable[[HttpRequest], HttpResponseBase]

POLICY = "; ".join(
    [
        "default-src 'none'",
        "style-src 'self'",
        "script-src 'self'",
        "img-src 'self' data:",
        "font-src 'self'",
        "connect-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    ]
)


class ContentSecurityPolicy:
    """Lets a page load and run nothing but the portal's own files: an injected script stays text.

    Django's admin works under the same policy. A view that needs another one sets the header itself.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        response.headers.setdefault("Content-Security-Policy", POLICY)
        return response


class Compress(GZipMiddleware):
    """Compresses answers, but for files as they are stored: their length and ranges are of the bytes themselves."""

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        if getattr(response, "is_as_stored", False):
            return response
        return super().process_response(request, response)


class CollapseSlashes:
    """Reads ``/api/search//v1/index`` as ``/api/search/v1/index``: clients join a base URL and a path by hand."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if "//" in request.path_info:
            collapsed = re.sub("/{2,}", "/", request.path_info)
            if collapsed.startswith("/api/"):
                prefix = request.path.removesuffix(request.path_info)
                request.path_info, request.path = collapsed, prefix + collapsed
        return self.get_response(request)
