"""Warnings of paths that nothing writes, and of what wiped them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any  # Any: JSON

from apps.flows.language.checking.codes import Code
from apps.flows.language.checking.dataflow import filled, follow, input_of
from apps.flows.language.checking.possible import ANYTHING, Possible, of_schema, with_added, within
from apps.flows.language.checking.readers import Readers
from apps.flows.language.checking.reads import Read
from apps.flows.language.checking.suggestions import did_you_mean
from apps.flows.language.checking.walk import WrittenMachine, WrittenState
from apps.flows.language.checking.wipes import wipe_warnings
from apps.flows.language.failures import shown
from apps.flows.language.finding import Finding
from apps.flows.language.machines import inner_machines

_TOKENS = ("_tokens",)
"""What may come with every input, whatever its schema says."""


def data_warnings(outer: WrittenMachine, input_schema: Any) -> Iterator[Finding]:
    """Of the outermost machine and those within it."""
    start = ANYTHING if input_schema is None else of_schema(input_schema)
    yield from _machine_warnings(outer, with_added(start, _TOKENS))


def _machine_warnings(machine: WrittenMachine, start: Possible) -> Iterator[Finding]:
    readers = Readers(machine)
    for keys in readers.asked:
        start = with_added(start, keys)
    entries = follow(readers.states, {machine.body["StartAt"]: start})
    explained: set[str] = set()
    for finding, pointers in wipe_warnings(readers, entries):
        explained |= pointers
        yield finding
    for name, read in readers.absent(entries):
        if read.spot.pointer not in explained:
            yield _unwritten(read, readers.base(name, entries[name], read))
    for name, data in entries.items():
        yield from _inner_warnings(machine, readers.states[name], data)


def _inner_warnings(machine: WrittenMachine, state: WrittenState, data: Possible) -> Iterator[Finding]:
    for pointer, body in inner_machines(state.body, state.spot.pointer):
        inner = WrittenMachine(body, machine.spot.at(pointer).speaking(body))
        yield from _machine_warnings(inner, _inner_start(state, data))


def _inner_start(state: WrittenState, data: Possible) -> Possible:
    """What a branch begins with, or what is done for each item."""
    if not state.speaks_jsonpath:
        return ANYTHING
    selector = state.body.get("ItemSelector", state.body.get("Parameters"))
    if state.body["Type"] == "Map" and (selector is None or "ItemBatcher" in state.body):
        return ANYTHING
    given = input_of(state, data)
    return given if selector is None else filled(selector, given, state)


def _unwritten(read: Read, base: Possible) -> Finding:
    """Tells of the first name on the path that is not there."""
    depth = next(depth for depth in range(len(read.keys)) if within(base, read.keys[: depth + 1]) is None)
    around = within(base, read.keys[:depth])
    hint = did_you_mean(str(read.keys[depth]), around) if isinstance(around, dict) else ""
    advice = hint or " Write it before, or name it in the input schema."
    written = shown(read._replace(keys=read.keys[: depth + 1]).text)
    return read.spot.warning(Code.UNWRITTEN_PATH, f"Nothing writes {written}, which is read here.{advice}")
