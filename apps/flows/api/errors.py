"""How errors of the Flows API are written. The ``globus`` command reads ``error.detail`` unasked."""

from __future__ import annotations

from typing import Any

from apps.common.errors import ConsentRequired, Invalid, PortalError
from apps.common.places import keys_of
from apps.flows.errors import InvalidInput, NoSuchFlow, NoSuchRun, Unprocessable
from apps.flows.language.finding import Finding, InvalidDefinition, errors_in

UNPROCESSABLE = Unprocessable.code
_CODES = {
    400: UNPROCESSABLE,
    401: "AUTHENTICATION_ERROR",
    403: "FORBIDDEN",
    404: "NOT_FOUND",
    405: "METHOD_NOT_ALLOWED",
    409: "STATE_CONFLICT",
    413: "PAYLOAD_TOO_LARGE",
    415: "UNSUPPORTED_MEDIA_TYPE",
    429: "RATE_LIMITED",
    503: "SERVICE_UNAVAILABLE",
}
_OWN = {NoSuchFlow.code, NoSuchRun.code, InvalidInput.code}
Detail = list[dict[str, Any]]


def error(problem: PortalError, status: int, request_id: str) -> dict[str, Any]:
    """A missing consent is told twice: as this service does, and as all clients understand it."""
    if isinstance(problem, ConsentRequired):
        scopes = problem.requirements["required_scopes"]
        detail = f"This action requires the following scope: {' '.join(scopes)}"
        told = {"code": "MISSING_SCOPE", "detail": detail}
        requirements = {"code": problem.code, "authorization_parameters": problem.requirements}
        return {"error": told, "debug_id": request_id, **requirements}
    code = problem.code if problem.code in _OWN else _CODES.get(status, "INTERNAL_SERVER_ERROR")
    return {"error": {"code": code, **_detail(problem)}, "debug_id": request_id}


def _detail(problem: PortalError) -> dict[str, Any]:
    match problem:
        case InvalidInput():
            places = [_located([place], message, "InvalidActionInput") for place, message in problem.faults]
            count = f"{len(places)} error{'s' if len(places) > 1 else ''}"
            return {"detail": places, "message": f"Input failed schema validation with {count}."}
        case InvalidDefinition():
            return _several(findings(errors_in(problem.findings)))
        case Unprocessable():
            return _several([_located(list(place), message) for place, message in problem.faults])
        case Invalid() if problem.place:
            return _several([_located(problem.place.split("."), problem.message)])
    return {"detail": problem.message}


def findings(found: list[Finding]) -> Detail:
    """Places in the definition begin with its name, as those in the input schema do with its."""
    return [_located(_place_of(one.pointer), one.message, one.code) for one in found]


def _place_of(pointer: str) -> list[str | int]:
    tokens = keys_of(pointer)
    named = tokens if tokens[:1] == ["input_schema"] else ["definition", *tokens]
    return [int(token) if token.isascii() and token.isdigit() and len(token) < 6 else token for token in named]


def _located(place: list[Any], message: str, kind: str = "value_error") -> dict[str, Any]:
    return {"loc": place, "msg": message, "type": kind}


def _several(places: Detail) -> dict[str, Any]:
    count = f"{len(places)} validation error{'s' if len(places) > 1 else ''} in body."
    first = "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in places[0]["loc"])
    return {"detail": places, "message": f"{count} ${first}: {places[0]['msg']}"}
