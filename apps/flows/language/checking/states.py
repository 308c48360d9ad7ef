"""Everything that is wrong with one state in itself."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any  # Any: JSON

from apps.flows.language.checking.codes import Code
from apps.flows.language.checking.kinds import kind_of, wrong
from apps.flows.language.checking.spot import Spot
from apps.flows.language.checking.state_fields import SHAPES
from apps.flows.language.checking.suggestions import did_you_mean, listed
from apps.flows.language.dialect import Dialect
from apps.flows.language.failures import shown
from apps.flows.language.finding import Finding

TERMINAL = ("Succeed", "Fail")  # a tuple: what is looked for in it need not be hashable
_WITHOUT_WAY_ON = (*TERMINAL, "Choice")


def check_state(state: Any, spot: Spot) -> Iterator[Finding]:
    if not isinstance(state, dict):
        yield wrong(spot, "an object", state)
        return
    if "Type" not in state:
        yield spot.error(Code.MISSING_FIELD, f"`Type` is missing. Add it, one of {listed(SHAPES)}.")
        return
    told = state["Type"]
    if not isinstance(told, str) or told not in SHAPES:
        yield _unknown_type(told, spot)
        return
    spot = spot.speaking(state)
    yield from SHAPES[told].check(state, spot)
    if told not in _WITHOUT_WAY_ON:
        yield from _check_way_on(state, spot)
    yield from _check_heartbeat(state, spot)
    if told == "Action" and spot.dialect is Dialect.GLOBUS:
        yield from _check_input(state, spot)
    if told == "Parallel":
        yield from _check_branches(state.get("Branches", [{}]), spot.within("Branches"))


def _unknown_type(told: Any, spot: Spot) -> Finding:
    if not isinstance(told, str):
        return spot.within("Type").error(Code.UNKNOWN_TYPE, f"`Type` must be {listed(SHAPES)}, not {kind_of(told)}.")
    hint = did_you_mean(told, SHAPES) or f" Write {listed(SHAPES)}."
    return spot.within("Type").error(Code.UNKNOWN_TYPE, f"There is no type of state {shown(told)}.{hint}")


def _check_way_on(state: Mapping[str, Any], spot: Spot) -> Iterator[Finding]:
    is_end = state.get("End") is True
    if is_end and "Next" in state:
        yield spot.error(Code.EXCLUSIVE_FIELDS, "`Next` and `End` exclude each other. Keep one of them.")
    elif not is_end and "Next" not in state and not isinstance(state.get("End"), bool | None):
        return  # told already: End is of the wrong kind
    elif not is_end and "Next" not in state:
        yield spot.error(Code.MISSING_FIELD, 'Where does it go from here? Add `"Next": "…"` or `"End": true`.')


def _check_heartbeat(state: Mapping[str, Any], spot: Spot) -> Iterator[Finding]:
    """An action has to be heard of before its time is over."""
    heartbeat = state.get("HeartbeatSeconds")
    for name in ("TimeoutSeconds", "WaitTime"):
        told = state.get(name)
        if isinstance(heartbeat, int | float) and isinstance(told, int | float) and heartbeat >= told:
            message = f"`HeartbeatSeconds` must be less than `{name}`, which is {told:,}."
            yield spot.within("HeartbeatSeconds").error(Code.OUT_OF_RANGE, message)


def _check_input(state: Mapping[str, Any], spot: Spot) -> Iterator[Finding]:
    """In Globus' flows, an action gets either a part of the state or parameters."""
    if "InputPath" in state and "Parameters" in state:
        yield spot.error(Code.EXCLUSIVE_FIELDS, "`InputPath` and `Parameters` exclude each other. Keep one of them.")
    elif "InputPath" not in state and "Parameters" not in state:
        message = "`InputPath` or `Parameters` is missing. Add one: it is what the action is given."
        yield spot.error(Code.MISSING_FIELD, message)


def _check_branches(branches: Any, spot: Spot) -> Iterator[Finding]:
    if not isinstance(branches, list):
        yield wrong(spot, "a list of machines", branches)
    elif not branches:
        yield spot.error(Code.EMPTY, "`Branches` is empty. Add a machine with `StartAt` and `States`.")
