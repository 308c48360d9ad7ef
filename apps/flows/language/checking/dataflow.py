"""What may stand in the data at each state: it is followed along all ways, and never too little is said."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any  # Any: JSON

from apps.flows.language.checking.possible import (
    ANYTHING,
    NOTHING,
    Keys,
    Possible,
    bounded,
    either,
    of_value,
    with_value,
    within,
)
from apps.flows.language.checking.walk import WrittenState
from apps.flows.language.checking.ways import ways_on
from apps.flows.language.dialect import Dialect
from apps.flows.language.paths import compiled
from apps.flows.language.templates import EXPRESSION, PRIVATE, REFERENCE

_MOST_CHANGES = 20  # at one state, until anything is said to be possible there

STATUS: Possible = dict.fromkeys(
    (
        *("action_id", "request_id", "status", "display_status", "details", "creator_id", "label", "state_name"),
        *("start_time", "completion_time", "release_after", "deadline", "manage_by", "monitor_by", "allowed_clients"),
    ),
    ANYTHING,
)
"""What an action provider answers."""

ERROR: Possible = {"Error": NOTHING, "Cause": ANYTHING}

Entries = Mapping[str, Possible]
"""By state what may stand in the data that comes to it. A state that nothing comes to is not there."""


def follow(states: Mapping[str, WrittenState], starts: Entries) -> Entries:
    """From these states on, with what is told to come to them."""
    entries = dict(starts)
    changes: Counter[str] = Counter()
    to_do = list(starts)
    while to_do:
        name = to_do.pop()
        for target, data in leavings(states[name], entries[name]):
            old = entries.get(target)
            new = bounded(data if old is None else either(old, data))
            if old != new:
                changes[target] += 1
                entries[target] = new if changes[target] < _MOST_CHANGES else ANYTHING
                to_do.append(target)
    return entries


def leavings(state: WrittenState, data: Possible) -> Iterator[tuple[str, Possible]]:
    """Where it goes on, and what may then stand in the data."""
    output = output_of(state, data)
    for target, _ in ways_on(state.body, state.spot):
        yield target, output
    error = ERROR if state.speaks_jsonpath else ANYTHING
    for catcher in state.body.get("Catch", ()):
        yield catcher["Next"], _put(catcher.get("ResultPath", "$"), data, error)


def input_of(state: WrittenState, data: Possible) -> Possible:
    """What ``InputPath`` leaves of the data."""
    return _found(state.body.get("InputPath", "$"), data, state) if state.speaks_jsonpath else data


def output_of(state: WrittenState, data: Possible) -> Possible:
    if not state.speaks_jsonpath:
        is_same = "Output" not in state.body and state.body["Type"] in ("Pass", "Wait", "Choice")
        return data if is_same else ANYTHING
    if state.body["Type"] in ("Wait", "Choice"):
        return _found(state.body.get("OutputPath", "$"), input_of(state, data), state)
    put = _put(state.body.get("ResultPath", "$"), data, result_of(state, data))
    return _found(state.body.get("OutputPath", "$"), put, state)


def result_of(state: WrittenState, data: Possible) -> Possible:
    body = state.body
    match body["Type"]:
        case "Action" if "ResultSelector" not in body:
            return STATUS
        case "Pass" if "Result" in body:
            return of_value(body["Result"])
        case "Pass" | "ExpressionEval":
            given = input_of(state, data)
            return filled(body["Parameters"], given, state) if "Parameters" in body else given
    return ANYTHING


def filled(template: Any, data: Possible, state: WrittenState) -> Possible:
    if isinstance(template, list):
        return ANYTHING
    if not isinstance(template, dict):
        return NOTHING
    made: dict[str, Possible] = {}
    for name, inner in template.items():
        if name.endswith(REFERENCE):
            made[name.removesuffix(REFERENCE)] = _found(inner, data, state)
        elif name.endswith(EXPRESSION):
            made[name.removesuffix(EXPRESSION)] = ANYTHING
        elif name != PRIVATE:
            made[name] = filled(inner, data, state)
    return made


def _found(path: str | None, data: Possible, state: WrittenState) -> Possible:
    """Anything, where that is told elsewhere to be absent."""
    if path is None:
        return NOTHING
    keys = definite_keys(path, state.spot.dialect)
    found = None if keys is None else within(data, keys)
    return ANYTHING if found is None else found


def definite_keys(path: str, dialect: Dialect) -> Keys | None:
    """Those of a path that leads to one place in the data; None for all others."""
    if not path.startswith("$"):
        return None
    read = compiled(path)
    is_of_run = dialect is Dialect.GLOBUS and read.keys[:1] == ("_context",)
    return read.keys if read.root == "$" and read.is_definite and not is_of_run else None


def _put(path: str | None, data: Possible, value: Possible) -> Possible:
    return data if path is None else with_value(data, compiled(path).keys, value)
