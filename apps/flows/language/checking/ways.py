"""Whether the ways from state to state lead somewhere, and one of them to an end. Looks at what is written."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any  # Any: JSON

from apps.flows.language.checking.codes import Code
from apps.flows.language.checking.spot import Spot
from apps.flows.language.checking.states import TERMINAL
from apps.flows.language.checking.suggestions import did_you_mean
from apps.flows.language.dialect import Dialect
from apps.flows.language.failures import shown
from apps.flows.language.finding import Finding

JSON = Mapping[str, Any]

_MOST_HINTS = 20  # each compares a name with all others
_NOWHERE = Spot("", Dialect.GLOBUS)


def check_ways(machine: JSON, spot: Spot) -> Iterator[Finding]:
    """``machine`` has states."""
    states: JSON = machine["States"]
    unknown = [(target, place) for target, place in _targets(machine, spot) if target not in states]
    for number, (target, place) in enumerate(unknown):
        hint = did_you_mean(target, states) if number < _MOST_HINTS else ""
        yield place.error(Code.UNKNOWN_STATE, f"There is no state {shown(target)}.{hint}")
    starts = isinstance(machine.get("StartAt"), str) and machine["StartAt"] in states
    if starts and not unknown and not _comes_to_an_end(machine):
        message = 'No way leads to an end. Give a state `"End": true`, or add one of the type `Succeed` or `Fail`.'
        yield spot.error(Code.NO_END, message)


def _targets(machine: JSON, spot: Spot) -> Iterator[tuple[str, Spot]]:
    """Where something leads to, with the place where it says so."""
    yield from _target(machine, "StartAt", spot)
    for name, state in machine["States"].items():
        if isinstance(state, dict):
            yield from targets_of(state, spot.within("States", name))


def targets_of(state: JSON, spot: Spot) -> Iterator[tuple[str, Spot]]:
    yield from ways_on(state, spot)
    yield from _listed(state, "Catch", spot)


def ways_on(state: JSON, spot: Spot) -> Iterator[tuple[str, Spot]]:
    """Those that are taken where nothing fails."""
    yield from _target(state, "Next", spot)
    yield from _target(state, "Default", spot)
    yield from _listed(state, "Choices", spot)


def _listed(state: JSON, field: str, spot: Spot) -> Iterator[tuple[str, Spot]]:
    told = state.get(field)
    for number, each in enumerate(told if isinstance(told, list) else ()):
        if isinstance(each, dict):
            yield from _target(each, "Next", spot.within(field, number))


def _target(holder: JSON, field: str, spot: Spot) -> Iterator[tuple[str, Spot]]:
    told = holder.get(field)
    if isinstance(told, str) and told:
        yield told, spot.within(field)


def _comes_to_an_end(machine: JSON) -> bool:
    states: JSON = machine["States"]
    to_do, seen = [machine["StartAt"]], {machine["StartAt"]}
    while to_do:
        state = states[to_do.pop()]
        if not isinstance(state, dict) or _may_end(state):
            return True
        found = {target for target, _ in targets_of(state, _NOWHERE)} - seen
        seen |= found
        to_do += found
    return False


def _may_end(state: JSON) -> bool:
    """A state that is broken may, for all one knows."""
    return state.get("End") is True or state.get("Type") in TERMINAL or not _says_where(state)


def _says_where(state: JSON) -> bool:
    return any(True for _ in targets_of(state, _NOWHERE))
