"""The doors of the authorization server, for an address that keeps showing wrong secrets."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import Any

from allauth.account.adapter import get_adapter
from django.http import HttpRequest
from rest_framework.request import Request

from apps.accounts.services.limits import count_failure, require_few_failures
from apps.common.errors import Invalid, NotAuthenticated

_FAILED = {HTTPStatus.BAD_REQUEST, HTTPStatus.UNAUTHORIZED}


def limit_failures(view: Callable[..., Any]) -> Callable[..., Any]:
    """Refuse everything to an address that was refused too often within five minutes."""

    @wraps(view)
    def limited(self: Any, request: Request, *args: Any, **kwargs: Any) -> Any:
        address = _address(request._request)
        require_few_failures(address)
        try:
            response = view(self, request, *args, **kwargs)
        except (NotAuthenticated, Invalid):
            count_failure(address)
            raise
        if response.status_code in _FAILED and not _is_waiting(response):
            count_failure(address)
        return response

    return limited


def limit_all(view: Callable[..., Any]) -> Callable[..., Any]:
    """Let an address do this so often within five minutes, whatever comes of it: for what makes rows for strangers."""

    @wraps(view)
    def limited(self: Any, request: Request, *args: Any, **kwargs: Any) -> Any:
        who = f"{view.__qualname__}:{_address(request._request)}"
        require_few_failures(who)
        count_failure(who)
        return view(self, request, *args, **kwargs)

    return limited


def _is_waiting(response: Any) -> bool:
    """A device that asks whether its user has answered has shown no wrong secret."""
    return any(word in response.content for word in (b'"authorization_pending"', b'"slow_down"'))


def _address(request: HttpRequest) -> str:
    return str(get_adapter(request).get_client_ip(request))
