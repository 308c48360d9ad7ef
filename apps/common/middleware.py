"""What is done to every request and answer."""

from __future__ import annotations

import re
from collections.abc import Callable

from django.http import HttpRequest
from django.http.response import HttpResponseBase

GetResponse = Callable[[HttpRequest], HttpResponseBase]

_ALLOWED = {
    "default-src": "'none'",
    "style-src": "'self'",
    "script-src": "'self'",
    "img-src": "'self' data:",
    "font-src": "'self'",
    "connect-src": "'self'",
    "form-action": "'self'",
    "base-uri": "'none'",
    "frame-ancestors": "'none'",
}
# Related objects open in windows of the admin itself; its date widgets and inline forms write style attributes.
_ALLOWED_TO_ADMIN = {**_ALLOWED, "style-src": "'self' 'unsafe-inline'"}


def _policy(allowed: dict[str, str]) -> str:
    return "; ".join(f"{what} {where}" for what, where in allowed.items())


class ContentSecurityPolicy:
    """Lets a page load and run nothing but the portal's own files: an injected script stays text.

    A view that needs another policy sets the header itself.
    """

    header = "Content-Security-Policy"
    policy = _policy(_ALLOWED)
    policy_of_admin = _policy(_ALLOWED_TO_ADMIN)

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        is_admin = request.path_info.startswith("/admin/")
        response.headers.setdefault(self.header, self.policy_of_admin if is_admin else self.policy)
        return response


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
