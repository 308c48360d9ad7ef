"""The one table from errors to HTTP, and the answer that each failure gets.

A view of the API may say in which shape its service's clients read errors (``error_shape``); everything that goes wrong
below it is answered so, Django's and REST framework's own errors too. Nothing of an unexpected error is told but the
request id, under which the log has the rest.
"""

from __future__ import annotations

import logging
import re
import uuid
from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from django.core import exceptions as django_errors
from django.http import Http404, HttpRequest
from django.http.request import UnreadablePostError
from rest_framework import exceptions as rest_errors
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import set_rollback

from apps.common import errors
from apps.common.errors import PortalError

ErrorShape = Callable[[PortalError, int, str], dict[str, Any]]
"""``(error, status, request_id)`` to the body of the answer."""

STATUS: dict[type[PortalError], int] = {
    errors.Invalid: 400,
    errors.NotAuthenticated: 401,
    errors.NotAllowed: 403,
    errors.NotFound: 404,
    errors.Conflict: 409,
    errors.LengthRequired: 411,
    errors.PreconditionFailed: 412,
    errors.TooLarge: 413,
    errors.TooMany: 429,
    errors.Unavailable: 503,
    PortalError: 500,
}
REQUEST_ID_HEADER = "X-Request-Id"
_REQUEST_ID = re.compile(r"[A-Za-z0-9._-]{8,64}", re.ASCII)
log = logging.getLogger(__name__)


def status_of(error: PortalError) -> int:
    return next(STATUS[kind] for kind in type(error).__mro__ if kind in STATUS)


def headers_of(error: PortalError) -> dict[str, str]:
    """What clients are told beside the body: how to sign in, when to come again."""
    match error:
        case errors.NotAuthenticated():
            return {"WWW-Authenticate": "Bearer"}
        case errors.Unavailable():
            return {"Retry-After": str(error.retry_after_s)}
        case _:
            return {}


def request_id_of(request: Request | HttpRequest) -> str:
    """The id under which the log knows the request: the proxy's, if it sent a harmless one, or one of ours."""
    bare: Any = request._request if isinstance(request, Request) else request
    if not hasattr(bare, "portal_request_id"):
        given = bare.headers.get(REQUEST_ID_HEADER, "")
        bare.portal_request_id = given if _REQUEST_ID.fullmatch(given) else uuid.uuid4().hex
    return str(bare.portal_request_id)


def is_chunked(request: Request) -> bool:
    """Whether the body does not say how long it is. Of such a one Django reads nothing."""
    return "chunked" in request.META.get("HTTP_TRANSFER_ENCODING", "").lower()


def plain_shape(error: PortalError, status: int, request_id: str) -> dict[str, Any]:
    """The shape of services that have none of their own."""
    body: dict[str, Any] = {"status": status, "code": error.code, "message": error.message, "request_id": request_id}
    if isinstance(error, errors.ConsentRequired):
        body["authorization_parameters"] = error.requirements
    if error.place:
        body["place"] = error.place
    if error.details:
        body["details"] = error.details
    return body


def exception_handler(exc: Exception, context: dict[str, Any]) -> Response:
    """Answer any failure of an API view; REST framework calls it."""
    request_id = request_id_of(context["request"])
    error, status, headers = _told(exc)
    if status >= HTTPStatus.INTERNAL_SERVER_ERROR and not isinstance(error, errors.Unavailable):
        log.error("Request %s failed: %s", request_id, type(exc).__name__, exc_info=exc)
    set_rollback()
    shape: ErrorShape = getattr(context.get("view"), "error_shape", plain_shape)
    return Response(shape(error, status, request_id), status, headers={**headers, REQUEST_ID_HEADER: request_id})


def _told(exc: Exception) -> tuple[PortalError, int, dict[str, str]]:
    """The failure as one of our errors, its status and headers."""
    match exc:
        case PortalError():
            error = exc
        case rest_errors.APIException():
            return _from_rest(exc)
        case Http404():
            error = errors.NotFound()
        case django_errors.PermissionDenied():
            error = errors.NotAllowed(str(exc))
        case django_errors.RequestDataTooBig():
            error = errors.TooLarge()
        case django_errors.SuspiciousOperation() | django_errors.BadRequest() | UnreadablePostError():
            error = errors.Invalid("The request could not be read. Send it again, whole and well formed.")
        case _:
            error = PortalError()
    return error, status_of(error), headers_of(error)


_FROM_REST: dict[type[rest_errors.APIException], type[PortalError]] = {
    rest_errors.NotAuthenticated: errors.NotAuthenticated,
    rest_errors.AuthenticationFailed: errors.NotAuthenticated,
    rest_errors.PermissionDenied: errors.NotAllowed,
    rest_errors.NotFound: errors.NotFound,
    rest_errors.Throttled: errors.TooMany,
}


def _from_rest(exc: rest_errors.APIException) -> tuple[PortalError, int, dict[str, str]]:
    kind = next((_FROM_REST[cls] for cls in type(exc).__mro__ if cls in _FROM_REST), None)
    place, message = _first(exc.detail)
    if kind is not None:
        error = kind(message)
        wait = getattr(exc, "wait", None)
        headers = headers_of(error) if wait is None else {"Retry-After": str(round(wait) or 1)}
        return error, status_of(error), headers
    if exc.status_code >= HTTPStatus.INTERNAL_SERVER_ERROR:
        return PortalError(), exc.status_code, {}
    # 400, 405, 406 and 415: the request cannot be taken as it is. REST framework's word for it is the code.
    error = errors.Invalid(message, place=place)
    if exc.status_code != HTTPStatus.BAD_REQUEST:
        error.code = str(exc.default_code)
    return error, exc.status_code, {}


def _first(detail: Any, place: str = "") -> tuple[str, str]:
    """The first complaint of a serializer and where it is, as in ``facets.0.size``."""
    match detail:
        case dict() if detail:
            key, inner = next(iter(detail.items()))
            is_about_whole = key == "non_field_errors"
            return _first(inner, place if is_about_whole else f"{place}.{key}".lstrip("."))
        case list() if detail:
            at, inner = next((at, inner) for at, inner in enumerate(detail) if inner)
            return _first(inner, place if isinstance(inner, str) else f"{place}.{at}".lstrip("."))
        case _:
            return place, str(detail)
