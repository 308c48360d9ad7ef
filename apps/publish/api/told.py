"""How routes are described: with the failures that each can answer with."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema

from apps.publish.api.answers import ErrorTold, FaultyTold

F = TypeVar("F", bound=Callable[..., Any])
_WORDS = {
    400: "The request cannot be read.",
    401: "Who you are could not be told.",
    403: "You may not do this.",
    404: "There is nothing here that you may see.",
    406: "Only JSON is spoken here.",
    409: "The state of the submission or the form does not allow this now.",
    411: "The body does not say how long it is.",
    412: "Somebody saved another revision or version since you looked.",
    413: "The body is too large.",
    415: "The body is of another type.",
    503: "Something that is needed is away. Try again.",
}
IF_MATCH = OpenApiParameter("If-Match", str, "header", description="The ETag of what you saw, as it was answered.")


def told(
    operation: str,
    answer: Any,
    *,
    asks: Any = None,
    status: int = 200,
    fails: tuple[int, ...] = (),
    parameters: tuple[OpenApiParameter, ...] = (),
) -> Callable[[F], F]:
    """Describes a method of a view: its name, its body, its answer (None is an empty one), and besides failures that
    all have those in ``fails``."""
    usual = (400, 401, 403, 404, 406, *((411, 413, 415) if asks is not None else ()))
    failures: dict[int, Any] = {one: OpenApiResponse(ErrorTold, _WORDS[one]) for one in (*usual, *fails) if one != 422}
    if asks is not None or 422 in fails:
        failures[422] = OpenApiResponse(FaultyTold, "Something is wrong with the document: `faults` say what, where.")
    responses = {status: OpenApiResponse(answer, "Done."), **dict(sorted(failures.items()))}
    return extend_schema(operation_id=operation, request=asks, responses=responses, parameters=list(parameters))
