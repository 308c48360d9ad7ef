"""Machines, made of what is written, each with those within it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any  # Any: JSON

from apps.common.places import pointer_to
from apps.flows.language.definition import ROOT, Definition, Machine, QueryLanguage
from apps.flows.language.dialect import dialect_of
from apps.flows.language.states import state_of
from apps.flows.language.written import JSON, Written


def definition_of(document: JSON) -> Definition:
    """What a document without errors defines."""
    machines = _machines(document, ROOT, QueryLanguage.JSONPATH)
    return Definition(
        machines={machine.pointer: machine for machine in machines},
        dialect=dialect_of(document),
        comment=document.get("Comment") or "",
        timeout_s=document.get("TimeoutSeconds"),
    )


def inner_machines(state: Mapping[str, Any], pointer: str) -> Iterator[tuple[str, Any]]:
    """The machines within a state, with their pointers: branches, or what is done for each item."""
    branches = state.get("Branches")
    for number, branch in enumerate(branches if isinstance(branches, list) else ()):
        yield pointer_to(pointer, "Branches", number), branch
    for name in ("ItemProcessor", "Iterator"):
        if name in state:
            yield pointer_to(pointer, name), state[name]


def _machines(body: JSON, pointer: str, outer: QueryLanguage) -> Iterator[Machine]:
    language = QueryLanguage(body.get("QueryLanguage", outer))
    states = [
        Written(name, state, pointer_to(pointer, "States", name), language) for name, state in body["States"].items()
    ]
    yield Machine(
        pointer=pointer,
        start_at=body["StartAt"],
        states={state.name: state_of(state) for state in states},
    )
    for state in states:
        for place, machine in inner_machines(state.body, state.pointer):
            yield from _machines(machine, place, language)
