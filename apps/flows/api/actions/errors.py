"""Errors as clients of action providers read them: ``code`` and ``description``."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from apps.common.errors import ConsentRequired, Invalid, PortalError
from apps.flows.errors import ActionConflict, NoSuchAction, NoSuchProvider

_OWN = {ActionConflict.code, ConsentRequired.code, NoSuchAction.code, NoSuchProvider.code}
_BY_STATUS = {
    HTTPStatus.BAD_REQUEST: "BadActionRequest",
    HTTPStatus.UNAUTHORIZED: "UnauthorizedRequest",
    HTTPStatus.FORBIDDEN: "UnauthorizedRequest",
    HTTPStatus.NOT_FOUND: NoSuchAction.code,
    HTTPStatus.METHOD_NOT_ALLOWED: "MethodNotAllowed",
    HTTPStatus.CONFLICT: ActionConflict.code,
    HTTPStatus.UNPROCESSABLE_ENTITY: "RequestValidationError",
    HTTPStatus.TOO_MANY_REQUESTS: "TooManyRequests",
    HTTPStatus.SERVICE_UNAVAILABLE: "ServiceUnavailable",
}


class InvalidRequest(Invalid):
    """The request is not one that the provider takes. Correct what the message names and send it again."""

    code = "RequestValidationError"


def error(problem: PortalError, status: int, request_id: str) -> dict[str, Any]:
    known = problem.code in _OWN or isinstance(problem, InvalidRequest)
    code = problem.code if known else _BY_STATUS.get(HTTPStatus(status), "ActionProviderError")
    told = {"code": code, "description": str(problem), "request_id": request_id}
    if isinstance(problem, ConsentRequired):
        required = problem.requirements["required_scopes"]
        return {**told, "required_scopes": required, "authorization_parameters": problem.requirements}
    return told
