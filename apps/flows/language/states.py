"""States, made of what is written."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any  # Any: JSON

from apps.common.places import pointer_to
from apps.flows.language.choices import read_rule
from apps.flows.language.definition import (
    ABSENT,
    Action,
    Choice,
    ExpressionEval,
    Fail,
    Parallel,
    Pass,
    QueryLanguage,
    State,
    Succeed,
    Wait,
    Way,
)
from apps.flows.language.maps import map_of
from apps.flows.language.written import Written, common, working

ACTION_WAIT_S = 300
"""So long an ``Action`` may take that does not say. A ``Task`` may take for ever: Step Functions lets it, though the
Amazon States Language says 60 seconds."""


def state_of(state: Written) -> State:
    return _MAKERS[state.body["Type"]](state)


def _action(state: Written) -> Action:
    is_task = state.body["Type"] == "Task"
    field = "WaitTime" if "WaitTime" in state.body else "TimeoutSeconds"
    wait_s, wait_path = state.number(field), state.number_path(field)
    if wait_s is None and not wait_path and not is_task:
        wait_s = ACTION_WAIT_S
    return Action(
        **working(state),
        url=_url(state),
        scope=state.text("ActionScope"),
        run_as=state.text("RunAs", "User"),
        wait_s=wait_s,
        wait_path=wait_path,
        heartbeat_s=state.number("HeartbeatSeconds"),
        heartbeat_path=state.number_path("HeartbeatSeconds"),
        fails_with_action=state.body.get("ExceptionOnActionFailure", True),
        gives_details=is_task,
    )


def _url(state: Written) -> str:
    if handler := state.body.get("Handler"):
        return f"registered-api:{handler['Id']}"
    return state.text("Resource") or state.text("ActionUrl")


def _pass(state: Written) -> Pass:
    return Pass(
        **common(state),
        parameters=state.body.get("Parameters", ABSENT),
        result=state.body.get("Result", ABSENT),
        result_path=state.path("ResultPath"),
    )


def _expression_eval(state: Written) -> ExpressionEval:
    return ExpressionEval(**common(state), parameters=state.body["Parameters"], result_path=state.path("ResultPath"))


def _wait(state: Written) -> Wait:
    timestamp = state.text("Timestamp")
    by_expression = state.query_language is QueryLanguage.JSONATA and timestamp.startswith("{%")
    return Wait(
        **common(state),
        seconds=state.number("Seconds"),
        seconds_path=state.number_path("Seconds"),
        timestamp="" if by_expression else timestamp,
        timestamp_path=timestamp if by_expression else state.text("TimestampPath"),
    )


def _choice(state: Written) -> Choice:
    places = [pointer_to(state.pointer, "Choices", number) for number in range(len(state.body["Choices"]))]
    ways = tuple(_way(state, rule, place) for rule, place in zip(state.body["Choices"], places, strict=True))
    return Choice(**common(state), ways=ways, default=state.body.get("Default"))


def _way(state: Written, rule: Mapping[str, Any], pointer: str) -> Way:
    by_condition = state.query_language is QueryLanguage.JSONATA
    return Way(
        next=rule["Next"],
        rule=None if by_condition else read_rule(rule, pointer),
        condition=rule["Condition"] if by_condition else "",
        assign=rule.get("Assign", {}),
        output=rule.get("Output", ABSENT),
    )


def _succeed(state: Written) -> Succeed:
    return Succeed(**common(state))


def _fail(state: Written) -> Fail:
    told = {name: state.text(name) for name in ("Error", "Cause")}
    found = {name: state.text(f"{name}Path") for name in told}
    if state.query_language is QueryLanguage.JSONATA:
        found = {name: text if text.startswith("{%") else "" for name, text in told.items()}
        told = {name: "" if found[name] else text for name, text in told.items()}
    return Fail(
        **common(state),
        error=told["Error"],
        cause=told["Cause"],
        error_path=found["Error"],
        cause_path=found["Cause"],
    )


def _parallel(state: Written) -> Parallel:
    branches = tuple(pointer_to(state.pointer, "Branches", number) for number in range(len(state.body["Branches"])))
    return Parallel(**working(state), branches=branches)


_MAKERS: Mapping[str, Callable[[Written], State]] = MappingProxyType(
    {
        "Action": _action,
        "Task": _action,
        "Pass": _pass,
        "ExpressionEval": _expression_eval,
        "Wait": _wait,
        "Choice": _choice,
        "Succeed": _succeed,
        "Fail": _fail,
        "Parallel": _parallel,
        "Map": map_of,
    }
)
