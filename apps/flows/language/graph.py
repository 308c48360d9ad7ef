"""The ways between the states of a definition, to draw them or to walk them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from apps.flows.language.definition import Choice, Definition, Machine, State, Working
from apps.flows.language.labels import errors_label, label_of


class EdgeKind(StrEnum):
    NEXT = "next"
    CHOICE = "choice"
    DEFAULT = "default"
    CATCH = "catch"


@dataclass(frozen=True, slots=True)
class Edge:
    """``source`` and ``target`` are states of one machine. ``label`` says when this way is taken; a way to the next
    state has none. ``number`` counts the choices of a state, and its catchers."""

    machine: str
    source: str
    target: str
    kind: EdgeKind
    label: str = ""
    number: int = 0


def edges(definition: Definition) -> list[Edge]:
    """In the order of the definition; of machines within states, after those around them."""
    return [edge for machine in definition.machines.values() for edge in edges_of(machine)]


def edges_of(machine: Machine) -> Iterator[Edge]:
    for state in machine.states.values():
        yield from _edges_from(machine.pointer, state)


def _edges_from(machine: str, state: State) -> Iterator[Edge]:
    if state.next is not None:
        yield Edge(machine, state.name, state.next, EdgeKind.NEXT)
    if isinstance(state, Choice):
        for number, way in enumerate(state.ways):
            yield Edge(machine, state.name, way.next, EdgeKind.CHOICE, label_of(way), number)
        if state.default is not None:
            yield Edge(machine, state.name, state.default, EdgeKind.DEFAULT, "otherwise")
    if isinstance(state, Working):
        for number, catcher in enumerate(state.catches):
            yield Edge(machine, state.name, catcher.next, EdgeKind.CATCH, errors_label(catcher.errors), number)
