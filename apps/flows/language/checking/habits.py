"""Warnings of single states: what is legal there, and usually wrong."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any  # Any: JSON

from apps.flows.language.checking.codes import Code
from apps.flows.language.checking.errors_known import ALL, FAILED, error_trouble
from apps.flows.language.checking.privacy import privacy_warnings
from apps.flows.language.checking.walk import WrittenState
from apps.flows.language.failures import shown
from apps.flows.language.finding import Finding

_LONG = (
    *("/transfer/transfer", "//transfer.actions.globus.org/transfer", "/weboption/wait_for_option"),
    *("/api/actions/transfer", "/api/actions/wait_for_files"),
)
_COMPUTE = ("//compute.actions.globus.org", "//automate.funcx.org", "//api.funcx.org", "/api/actions/compute")
_IGNORED = {"Credentials": "Say whose rights it has with `RunAs`."}


def habit_warnings(state: WrittenState, input_schema: Any) -> Iterator[Finding]:
    kind = state.body["Type"]
    if kind == "Choice":
        yield from _choice(state)
    if kind == "Action":
        yield from _wait_time(state)
    if kind in ("Action", "Task"):
        yield from _fields(state)
        yield from _role(state, input_schema)
    yield from _handlers(state)
    yield from privacy_warnings(state)


def _choice(state: WrittenState) -> Iterator[Finding]:
    if state.has_no("Default"):
        message = "If no rule holds, the run fails with `States.NoChoiceMatched`. Add a `Default`."
        yield state.spot.warning(Code.CHOICE_WITHOUT_DEFAULT, message)


def _wait_time(state: WrittenState) -> Iterator[Finding]:
    address = str(state.body.get("ActionUrl", "")).rstrip("/")
    is_long = address.endswith(_LONG) or any(part in address for part in _COMPUTE)
    if is_long and not state.body.keys() & {"WaitTime", "TimeoutSeconds", "TimeoutSecondsPath"}:
        message = (
            "This action may take longer than 300 seconds, after which it fails with `ActionTimeout`. Say `WaitTime`."
        )
        yield state.spot.warning(Code.DEFAULT_WAIT_TIME, message)


def _fields(state: WrittenState) -> Iterator[Finding]:
    for name, instead in _IGNORED.items():
        if name in state.body:
            yield state.spot.within(name).warning(Code.IGNORED_FIELD, f"`{name}` is not looked at here. {instead}")


def _role(state: WrittenState, input_schema: Any) -> Iterator[Finding]:
    """Roles get their tokens with the input."""
    role = state.body.get("RunAs", "User")
    if role in ("User", "Flow") or not isinstance(input_schema, dict):
        return
    tokens = _properties(_properties(input_schema).get("_tokens"))
    if role not in tokens:
        message = f"The role {shown(role)} needs a token with the input. Name it in the schema, within `_tokens`."
        yield state.spot.within("RunAs").warning(Code.ROLE_WITHOUT_TOKEN, message)


def _properties(schema: Any) -> dict[str, Any]:
    told = schema.get("properties") if isinstance(schema, dict) else None
    return told if isinstance(told, dict) else {}


def _handlers(state: WrittenState) -> Iterator[Finding]:
    is_silent = state.body.get("ExceptionOnActionFailure") is False
    for number, retrier in enumerate(state.body.get("Retry", ())):
        names = set(retrier["ErrorEquals"])
        if is_silent and names & {*ALL, FAILED, "States.TaskFailed"}:
            message = (
                "An action that failed is no error here, and is not tried again: `ExceptionOnActionFailure` is false."
            )
            yield state.spot.within("Retry", number).warning(Code.RETRY_WITHOUT_EXCEPTION, message)
        yield from _names(state, "Retry", number, retrier["ErrorEquals"])
    caught: set[str] = {FAILED} if is_silent else set()
    for number, catcher in enumerate(state.body.get("Catch", ())):
        names = set(catcher["ErrorEquals"])
        if caught & ALL or names <= caught:
            message = (
                "This never catches anything: what it names is caught before, or never happens. Remove or move it."
            )
            yield state.spot.within("Catch", number).warning(Code.CATCH_NEVER_MATCHES, message)
        caught |= names
        yield from _names(state, "Catch", number, catcher["ErrorEquals"])


def _names(state: WrittenState, field: str, number: int, errors: list[str]) -> Iterator[Finding]:
    for place, error in enumerate(errors):
        if trouble := error_trouble(error):
            yield state.spot.within(field, number, "ErrorEquals", place).warning(Code.UNKNOWN_ERROR, trouble)
