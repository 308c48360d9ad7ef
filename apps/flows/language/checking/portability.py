"""What hosted Globus Flows does not know, and refuses: told only when it is asked for."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any  # Any: JSON

from apps.flows.language.checking.codes import Code
from apps.flows.language.checking.spot import Spot
from apps.flows.language.checking.suggestions import listed
from apps.flows.language.checking.walk import WrittenMachine, WrittenState
from apps.flows.language.finding import Finding
from apps.flows.language.templates import REFERENCE

_ON = ("Type", "Comment", "Next", "End")
FIELDS: dict[str, tuple[str, ...]] = {
    "Action": (
        *(*_ON, "ActionUrl", "ActionScope", "Handler", "RunAs", "InputPath", "Parameters", "ResultPath"),
        *("WaitTime", "ExceptionOnActionFailure", "Catch"),
    ),
    "Choice": ("Type", "Comment", "Choices", "Default"),
    "Pass": (*_ON, "InputPath", "Parameters", "Result", "ResultPath"),
    "Wait": (*_ON, "InputPath", "OutputPath", "Seconds", "SecondsPath", "Timestamp", "TimestampPath"),
    "Fail": ("Type", "Comment", "Error", "Cause", "ErrorPath", "CausePath"),
    "ExpressionEval": (*_ON, "Parameters", "ResultPath"),
}
"""Of each type of state that Globus has."""

_TOP = ("Comment", "StartAt", "States")
_CATCHER = ("ErrorEquals", "Next", "ResultPath")
_RULE = ("Assign", "Comment", "Output")  # what ours may have beside those of Globus


def portability_notes(machine: WrittenMachine) -> Iterator[Finding]:
    """Of the outermost machine: the states that hold others are not portable as a whole."""
    yield from _unknown(machine.body, _TOP, machine.spot)
    for state in machine.states.values():
        yield from _state_notes(state)


def _state_notes(state: WrittenState) -> Iterator[Finding]:
    kind = state.body["Type"]
    if kind not in FIELDS:
        advice = {"Task": " Write `Action`, with `ActionUrl`.", "Succeed": " End with a `Pass`."}.get(kind, "")
        yield _note(state.spot.within("Type"), f"States of the type `{kind}`.{advice}")
        return
    yield from _unknown(state.body, FIELDS[kind], state.spot)
    if str(state.body.get("ActionUrl", "")).startswith("/"):
        yield _note(state.spot.within("ActionUrl"), "Actions of this portal by their path. Write the whole address.")
    if not isinstance(state.body.get("Result", {}), dict):
        yield _note(state.spot.within("Result"), "Results that are no objects. Write an object.")
    yield from _functions(state.body.get("Parameters"), state.spot.within("Parameters"))
    for number, catcher in enumerate(state.body.get("Catch", ())):
        yield from _unknown(catcher, _CATCHER, state.spot.within("Catch", number))
    for number, rule in enumerate(state.body.get("Choices", ())):
        for name in _RULE:
            if name in rule:
                yield _note(state.spot.within("Choices", number, name), f"`{name}` in a rule.")


def _unknown(body: dict[str, Any], known: tuple[str, ...], spot: Spot) -> Iterator[Finding]:
    for name in body:
        if name not in known:
            yield _note(spot.within(name), f"`{name}` here, where it has {listed(known, 'and')}.")


def _functions(template: Any, spot: Spot) -> Iterator[Finding]:
    """Intrinsic functions, the context and variables are of the Amazon States Language."""
    if isinstance(template, list):
        for number, each in enumerate(template):
            yield from _functions(each, spot.within(number))
    for name, value in template.items() if isinstance(template, dict) else ():
        if name.endswith(REFERENCE) and not (str(value).startswith("$.") or value == "$"):
            yield _note(spot.within(name), "Functions, the context and variables. Write an expression, with `.=`.")
        else:
            yield from _functions(value, spot.within(name))


def _note(spot: Spot, what: str) -> Finding:
    return spot.warning(Code.NOT_PORTABLE, f"Hosted Globus Flows does not know: {what[0].lower() + what[1:]}")
