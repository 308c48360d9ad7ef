"""What happened last in a run, for those who follow it: clients of the API, and runs of which it is an action."""

from __future__ import annotations

from typing import Any

from apps.flows.models import LogEntry, Run
from apps.flows.services.telling import shown_data


def details_of(run: Run, latest: LogEntry | None, *, is_short: bool = False) -> dict[str, Any]:
    """With its output once it has succeeded. Of a run that waits for its owner, what it waits for, in the words of
    clients. ``latest`` is the last line of its log; with ``is_short`` an output that is long is told by its size."""
    if latest is None:
        return {"code": "", "description": ""}
    at = latest.at.isoformat(timespec="microseconds")
    told = {"time": at, "code": latest.code, "description": latest.description}
    if run.status == Run.Status.SUCCEEDED:
        return {**told, "output": shown_data(run.output, is_short=is_short)}
    return {**told, "details": latest.details, **_needs(run)}


def _needs(run: Run) -> dict[str, Any]:
    """What a run waits for, in the form in which clients know what a person has to do for it."""
    if run.status != Run.Status.INACTIVE or not isinstance(run.halt, dict):
        return {}
    scopes = run.halt.get("required_scopes")
    parameters = {"required_scopes": scopes, "session_message": run.halt.get("description", "")}
    return {**({"authorization_parameters": parameters} if scopes else {}), **run.halt}
