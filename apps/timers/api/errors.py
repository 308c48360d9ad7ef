"""How errors of the Timers API are written."""

from __future__ import annotations

from typing import Any

from apps.common.errors import ConsentRequired, Invalid, PortalError
from apps.flows.errors import InvalidInput, Unprocessable


def error(problem: PortalError, status: int, request_id: str) -> dict[str, Any]:
    """What is wrong with a body is told by its places; all else with a code. A missing consent as all clients
    understand it, besides."""
    places = _places(problem)
    if places:
        return {"detail": [{"loc": place, "msg": message, "type": "value_error"} for place, message in places]}
    told = {"code": problem.code.upper(), "detail": problem.message, "status": status}
    more: dict[str, Any] = {}
    if isinstance(problem, ConsentRequired):
        more = {"code": problem.code, "authorization_parameters": problem.requirements}
    return {"error": told, "debug_id": request_id, **more}


def is_of_body(problem: PortalError) -> bool:
    return bool(_places(problem))


def of_callback(problem: Invalid) -> Invalid:
    """What is wrong with what is to be begun, by its places in a job."""
    match problem:
        case InvalidInput():
            faults = problem.faults
        case _ if problem.place:
            faults = [(problem.place, problem.message)]
        case _:
            return problem
    return Unprocessable([(("callback_body", "body", *place.split(".")), message) for place, message in faults])


def _places(problem: PortalError) -> list[tuple[list[Any], str]]:
    match problem:
        case Unprocessable():
            return [(["body", *place], message) for place, message in problem.faults]
        case InvalidInput():
            return [(["body", "timer", "body", "body", place], message) for place, message in problem.faults]
        case Invalid() if problem.place:
            return [(["body", "timer", *problem.place.split(".")], problem.message)]
    return []
