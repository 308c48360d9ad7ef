"""Warnings of variables that nothing assigns."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any  # Any: JSON

from apps.flows.language.checking.codes import Code
from apps.flows.language.checking.reads import reads_of
from apps.flows.language.checking.suggestions import did_you_mean
from apps.flows.language.checking.walk import WrittenMachine, WrittenState
from apps.flows.language.failures import shown
from apps.flows.language.finding import Finding
from apps.flows.language.templates import bare


def variable_warnings(machines: Iterable[WrittenMachine]) -> Iterator[Finding]:
    """Of all machines at once: those within see what those around them assign. (JSONata is not looked into.)"""
    states = [state for machine in machines for state in machine.states.values()]
    assigned = {name for state in states for name in _assigned(state)}
    for state in states:
        for read in reads_of(state):
            if read.variable and read.variable not in assigned:
                hint = did_you_mean(read.variable, assigned) or " Let an earlier state `Assign` it."
                message = f"Nothing assigns {shown('$' + read.variable)}, which is read here.{hint}"
                yield read.spot.warning(Code.UNWRITTEN_PATH, message)


def _assigned(state: WrittenState) -> Iterator[str]:
    holders: list[dict[str, Any]] = [state.body, *state.body.get("Catch", ()), *state.body.get("Choices", ())]
    for holder in holders:
        yield from (bare(name) for name in holder.get("Assign", ()))
