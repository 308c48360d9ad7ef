"""Warnings of the ways between states: what is never reached, never ends, or never rests."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from apps.common.places import pointer_to
from apps.flows.language.checking.codes import Code
from apps.flows.language.definition import Action, Choice, Machine, Map, Parallel, State, Wait
from apps.flows.language.failures import shown
from apps.flows.language.finding import Finding, Severity
from apps.flows.language.graph import edges_of

Ways = Mapping[str, Iterable[str]]


def loop_warnings(machine: Machine) -> Iterator[Finding]:
    ways: dict[str, list[str]] = {name: [] for name in machine.states}
    back: dict[str, list[str]] = {name: [] for name in machine.states}
    for edge in edges_of(machine):
        ways[edge.source].append(edge.target)
        back[edge.target].append(edge.source)
    reached = reach([machine.start_at], ways)
    yield from _unreachable(machine, reached)
    yield from _endless(machine, reached, back)
    yield from _busy(machine, reached, ways)


def reach(starts: Iterable[str], ways: Ways) -> set[str]:
    """Where one can come to from these, they themselves included."""
    to_do = list(starts)
    seen = set(to_do)
    while to_do:
        found = set(ways[to_do.pop()]) - seen
        seen |= found
        to_do += found
    return seen


def _unreachable(machine: Machine, reached: set[str]) -> Iterator[Finding]:
    for name in machine.states:
        if name not in reached:
            message = f"No way leads to {shown(name)}. Lead one there, or remove it."
            yield _warning(machine, name, Code.UNREACHABLE_STATE, message)


def _endless(machine: Machine, reached: set[str], back: Ways) -> Iterator[Finding]:
    ends = [name for name, state in machine.states.items() if _is_end(state)]
    trapped = reached - reach(ends, back)
    if name := next((name for name in machine.states if name in trapped), None):
        message = f"From {shown(name)} no way leads to an end. Give the loop a `Choice` that leaves it."
        yield _warning(machine, name, Code.ENDLESS_LOOP, message)


def _busy(machine: Machine, reached: set[str], ways: Ways) -> Iterator[Finding]:
    """Loops of states that take no time."""
    quick = {name for name in reached if not isinstance(machine.states[name], Action | Wait | Parallel | Map)}
    inner = {name: [target for target in ways[name] if target in quick] for name in quick}
    told: set[str] = set()
    for name in machine.states:
        if name in quick and name not in told and name in (loop := reach(inner[name], inner)):
            told |= {other for other in loop if name in reach(inner[other], inner)}
            message = (
                f"The loop through {shown(name)} has neither a `Wait` nor an action: it never rests. Add a `Wait`."
            )
            yield _warning(machine, name, Code.BUSY_LOOP, message)


def _is_end(state: State) -> bool:
    return state.next is None and not isinstance(state, Choice)


def _warning(machine: Machine, name: str, code: Code, message: str) -> Finding:
    return Finding(pointer_to(machine.pointer, "States", name), code, message, Severity.WARNING)
