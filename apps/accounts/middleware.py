"""Where a request comes from, for the audit log."""

from __future__ import annotations

from collections.abc import Callable

from allauth.account.adapter import get_adapter
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from apps.accounts.models import User
from apps.accounts.services import audit
from apps.common.http import request_id_of


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
        return str(get_adapter(self._request).get_client_ip(self._request))

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
