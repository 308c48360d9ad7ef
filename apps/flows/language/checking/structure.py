"""Everything that is wrong with a definition in itself: errors, all at once.

Expects a document that ``sizes`` found no fault with.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any  # Any: JSON

from apps.flows.language.checking.codes import Code
from apps.flows.language.checking.fields import Field, Shape
from apps.flows.language.checking.kinds import anything, comment, name, number, one_of, wrong
from apps.flows.language.checking.sizes import MOST_STATES
from apps.flows.language.checking.spot import Spot
from apps.flows.language.checking.state_fields import YEAR_S
from apps.flows.language.checking.states import check_state
from apps.flows.language.checking.walk import MOST_LEVELS, machines_in
from apps.flows.language.checking.ways import check_ways
from apps.flows.language.definition import ROOT, QueryLanguage
from apps.flows.language.dialect import dialect_of
from apps.flows.language.failures import shown
from apps.flows.language.finding import Finding
from apps.flows.language.machines import inner_machines

_LONGEST_NAME = 128

_MACHINE = {
    "Comment": Field(comment),
    "StartAt": Field(name),
    "States": Field(anything),
    "QueryLanguage": Field(one_of(*QueryLanguage)),
}
_OUTER = Shape(
    {**_MACHINE, "TimeoutSeconds": Field(number(1, YEAR_S)), "Version": Field(one_of("1.0"))},
    required=("StartAt", "States"),
)
_PROCESSING = Shape(
    {
        "Mode": Field(one_of("INLINE", "DISTRIBUTED")),
        "ExecutionType": Field(one_of("STANDARD", "EXPRESS")),
    }
)
_INNER = Shape({**_MACHINE, "ProcessorConfig": Field(_PROCESSING.check)}, required=("StartAt", "States"))


def structure_findings(document: Any) -> Iterator[Finding]:
    spot = Spot(ROOT, dialect_of(document))
    yield from _check_machine(document, spot, _OUTER)
    yield from _check_names(document, spot)


def _check_machine(machine: Any, spot: Spot, shape: Shape, level: int = 1) -> Iterator[Finding]:
    if level > MOST_LEVELS:
        yield spot.error(
            Code.TOO_DEEP, f"Machines stand more than {MOST_LEVELS} levels deep in each other. Flatten them."
        )
        return
    spot = spot.speaking(machine)
    yield from shape.check(machine, replace(spot, language=QueryLanguage.JSONPATH))
    if not isinstance(machine, dict) or "States" not in machine:
        return
    states = machine["States"]
    place = spot.within("States")
    if not isinstance(states, dict):
        yield wrong(place, "an object of states by their names", states)
        return
    if not states:
        yield place.error(Code.EMPTY, "There are no states. Add one, and name it in `StartAt`.")
        return
    for name_, state in states.items():
        yield from _check_state_name(name_, place.within(name_))
        yield from check_state(state, place.within(name_))
        yield from _check_inner(state, place.within(name_), level)
    yield from check_ways(machine, spot)


def _check_inner(state: Any, spot: Spot, level: int) -> Iterator[Finding]:
    if isinstance(state, dict):
        for pointer, machine in inner_machines(state, spot.pointer):
            yield from _check_machine(machine, spot.at(pointer), _INNER, level + 1)


def _check_state_name(told: str, spot: Spot) -> Iterator[Finding]:
    if not told.strip():
        yield spot.error(Code.BAD_NAME, "A state has no name. Give it one.")
    elif len(told) > _LONGEST_NAME:
        yield spot.error(Code.BAD_NAME, f"The name of a state has more than {_LONGEST_NAME} characters. Shorten it.")


def _check_names(document: Any, spot: Spot) -> Iterator[Finding]:
    """How many states there are; and that none is named twice, since logs and errors name states alone."""
    seen: dict[str, Spot] = {}
    count = 0
    for machine in machines_in(document, spot):
        for state in machine.states.values():
            count += 1
            if state.name in seen and spot.is_asl:
                other = seen[state.name].pointer
                message = f"There is another state {shown(state.name)} at {shown(other)}. Rename one of them."
                yield state.spot.error(Code.DUPLICATE_STATE, message)
            seen.setdefault(state.name, state.spot)
    if count > MOST_STATES:
        message = f"There are {count} states; {MOST_STATES} are the most. Split the flow, or loop with `Map`."
        yield spot.error(Code.TOO_MANY_STATES, message)
