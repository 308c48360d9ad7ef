"""What bodies of the action Compute ask for, in the forms of the hosted one, old (v2) and new (v3)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

MOST_CALLS = 1_000
_ID = {"type": "string", "minLength": 1, "maxLength": 100}
_CALL: dict[str, Any] = {
    "endpoint": _ID,
    "endpoint_id": _ID,
    "function": {**_ID, "title": "Function, by its id or name"},
    "function_id": _ID,
    "args": {"title": "Arguments by position: a list, or the only one"},
    "kwargs": {"type": ["object", "null"], "title": "Arguments by name"},
    "payload": {"type": ["object", "null"], "title": "Arguments by name, as older definitions call them"},
}
SCHEMA: Mapping[str, Any] = {
    "type": "object",
    "properties": {
        **_CALL,
        "tasks": {
            "type": "array",
            "maxItems": MOST_CALLS,
            "items": {"type": "object", "properties": _CALL},
            "title": "Several calls at once; what they leave out is as above",
        },
    },
}


@dataclass(frozen=True, slots=True)
class Call:
    """``place`` is where in the body it stands, ``function`` the id or name as it was written."""

    place: str
    function: str
    args: list[Any]
    kwargs: dict[str, Any]


def calls_in(body: Mapping[str, Any]) -> Iterator[Call]:
    """Each call that is asked for; ``function`` is "" if it is not said.

    A function on top is a call of its own in the old form, if it has arguments or is the only one; without arguments
    it is what the tasks call that name none.
    """
    tasks = body.get("tasks") or []
    has_arguments = any(name in body for name in ("args", "kwargs", "payload"))
    if not tasks or (_function(body) and has_arguments):
        yield _call("", body, {})
    for number, task in enumerate(tasks):
        yield _call(f"tasks.{number}.", task, body)


def _call(place: str, told: Mapping[str, Any], above: Mapping[str, Any]) -> Call:
    args = told.get("args", [])
    kwargs = told.get("kwargs") or told.get("payload") or {}
    return Call(place, _function(told) or _function(above), args if isinstance(args, list) else [args], dict(kwargs))


def _function(told: Mapping[str, Any]) -> str:
    return str(told.get("function") or told.get("function_id") or "")
