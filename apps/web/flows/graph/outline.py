"""The graph as a list: each state, and where its ways lead."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from apps.flows.language.definition import Definition, Machine
from apps.flows.language.graph import Edge, EdgeKind, edges_of
from apps.web.flows.graph.picture import machines_in
from apps.web.flows.words import kind_of


@dataclass(frozen=True, slots=True)
class Step:
    """``depth`` says within how many states it lies; ``ways`` are sentences without full stops."""

    state: str
    kind: str
    depth: int
    is_first: bool
    ways: tuple[str, ...]


def outline_of(definition: Definition) -> list[Step]:
    """In the order of the definition; what is within a state follows it."""
    return list(_machine(definition, definition.root, 0))


def _machine(definition: Definition, machine: Machine, depth: int) -> Iterator[Step]:
    ways: dict[str, list[Edge]] = {name: [] for name in machine.states}
    for edge in edges_of(machine):
        ways[edge.source].append(edge)
    for name, state in machine.states.items():
        told = [_way(edge) for edge in ways[name]]
        if all(edge.kind is EdgeKind.CATCH for edge in ways[name]):
            told.append("ends here")
        yield Step(name, kind_of(state), depth, name == machine.start_at, tuple(told))
        for pointer in machines_in(state):
            yield from _machine(definition, definition.machines[pointer], depth + 1)


def _way(edge: Edge) -> str:
    match edge.kind:
        case EdgeKind.CHOICE:
            return f"to {edge.target} if {edge.label}"
        case EdgeKind.DEFAULT:
            return f"otherwise to {edge.target}"
        case EdgeKind.CATCH:
            return f"to {edge.target} on {edge.label}"
    return f"to {edge.target}"
