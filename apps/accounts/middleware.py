"""Where a request comes from, for the audit log; how a form leads to another site, and what if that is away."""

from __future__ import annotations

import logging
from collections.abc import Callable
from urllib.error import URLError
from urllib.parse import urlsplit

from allauth.account.adapter import get_adapter
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from requests import RequestException

from apps.accounts.models import User
from apps.accounts.services import audit
from apps.accounts.types.addresses import UNKNOWN
from apps.common.http import request_id_of

logger = logging.getLogger(__name__)


class RequestOrigin:
    """Reads the request when something is recorded: views find out who sends it only as they are called."""

    def __init__(self, request: HttpRequest) -> None:
        self._request = request

    @property
    def user(self) -> User | None:
        user = getattr(self._request, "user", None)
        return user if isinstance(user, User) else None

    @property
    def address(self) -> str | None:
        found = str(get_adapter(self._request).get_client_ip(self._request))
        return None if found == UNKNOWN else found

    @property
    def via(self) -> str:
        return "api" if self._request.path_info.startswith("/api/") else "page"

    @property
    def request_id(self) -> str:
        return request_id_of(self._request)


class TellOrigin:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        with audit.coming_from(RequestOrigin(request)):
            return self.get_response(request)


class LeaveByPage:
    """Turns a form's redirect to another site into a page that goes there by itself.

    The policy of our pages lets forms post to this portal alone, and Chromium holds it against redirects too: the
    button "Sign in with ORCID" would do nothing. Programs, which do not ask for HTML, get the redirect.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        target = response.headers.get("Location", "") if response.status_code in {302, 303} else ""
        host = urlsplit(target).netloc
        wants_page = request.method == "POST" and "text/html" in request.headers.get("Accept", "")
        is_allowed = getattr(response, "is_allowed_by_policy", False)
        if not wants_page or is_allowed or host in {"", request.get_host()}:
            return response
        page = render(request, "socialaccount/login_redirect.html", {"redirect_to": target, "host": host})
        page.cookies = response.cookies
        return page

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponseBase | None:
        """Say that the other site is away; allauth asks it for its addresses before it leads anybody there."""
        if not isinstance(error, RequestException | URLError):
            return None
        logger.warning("%s: %s", request.path, error)
        return render(request, "socialaccount/provider_away.html", status=503)
