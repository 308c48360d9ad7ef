"""Goes through what is written, machine by machine and state by state, with those within states."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple  # Any: JSON

from apps.flows.language.checking.spot import Spot
from apps.flows.language.definition import QueryLanguage
from apps.flows.language.machines import inner_machines

MOST_LEVELS = 10
"""Of machines within machines."""


class WrittenState(NamedTuple):
    name: str
    body: dict[str, Any]
    spot: Spot

    def has_no(self, field: str) -> bool:
        return field not in self.body

    @property
    def speaks_jsonpath(self) -> bool:
        return self.spot.language is QueryLanguage.JSONPATH


class WrittenMachine(NamedTuple):
    body: dict[str, Any]
    spot: Spot

    @property
    def states(self) -> dict[str, WrittenState]:
        """Those that are objects; of a broken machine, none."""
        told = self.body.get("States")
        return {
            name: WrittenState(name, state, self.spot.within("States", name).speaking(state))
            for name, state in (told if isinstance(told, dict) else {}).items()
            if isinstance(state, dict)
        }


def machines_in(body: Any, spot: Spot, level: int = 1) -> Iterator[WrittenMachine]:
    """The outermost first."""
    if not isinstance(body, dict) or level > MOST_LEVELS:
        return
    machine = WrittenMachine(body, spot.speaking(body))
    yield machine
    for state in machine.states.values():
        for pointer, inner in inner_machines(state.body, state.spot.pointer):
            yield from machines_in(inner, machine.spot.at(pointer), level + 1)
