"""Warnings of paths that nothing writes, and of results that wipe what later states read."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any  # Any: JSON

from apps.flows.language.checking.codes import Code
from apps.flows.language.checking.dataflow import (
    ERROR,
    STATUS,
    Entries,
    filled,
    follow,
    input_of,
)
from apps.flows.language.checking.possible import ANYTHING, Keys, Possible, of_schema, with_added, within
from apps.flows.language.checking.reads import Of, Read, reads_of
from apps.flows.language.checking.spot import Spot
from apps.flows.language.checking.suggestions import did_you_mean
from apps.flows.language.checking.walk import WrittenMachine, WrittenState
from apps.flows.language.failures import shown
from apps.flows.language.finding import Finding
from apps.flows.language.machines import inner_machines

_GIVEN = ("_tokens",)
"""What comes with every input, whatever its schema says."""

_MOST_WIPES = 25  # each is followed by itself, and nobody writes so many


def data_warnings(outer: WrittenMachine, input_schema: Any) -> Iterator[Finding]:
    """Of the outermost machine and those within it."""
    start = of_schema(input_schema) if input_schema is not None else ANYTHING
    for name in _GIVEN:
        start = with_added(start, (name,))
    yield from _machine_warnings(outer, start)


def _machine_warnings(machine: WrittenMachine, start: Possible) -> Iterator[Finding]:
    states = machine.states
    reads = {name: list(reads_of(state)) for name, state in states.items()}
    asked = [read.keys for several in reads.values() for read in several if read.is_asked]
    for keys in asked:  # whoever asks for it thinks that it may come with the input
        start = with_added(start, keys)
    entries = follow(machine, {machine.body["StartAt"]: start})
    explained: set[str] = set()
    for finding, pointers in _wipes(machine, entries, reads):
        explained |= pointers
        yield finding
    for name, data in entries.items():
        for read in _absent(states[name], data, reads[name]):
            if read.spot.pointer not in explained and not _is_asked(read.keys, asked):
                yield _unwritten(read, _base(states[name], data, read))
    for name, data in entries.items():
        yield from _inner_warnings(machine, states[name], data)


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


def _absent(state: WrittenState, data: Possible, reads: list[Read]) -> Iterator[Read]:
    for read in reads:
        if not (read.is_asked or read.variable) and within(_base(state, data, read), read.keys) is None:
            yield read


def _base(state: WrittenState, data: Possible, read: Read) -> Possible:
    return data if read.of is Of.DATA else input_of(state, data)


def _is_asked(keys: Keys, asked: list[tuple[str | int, ...]]) -> bool:
    """What is in it is not asked for again."""
    return any(tuple(keys[: len(each)]) == each for each in asked)


def _unwritten(read: Read, base: Possible) -> Finding:
    known: Possible = base
    for depth, key in enumerate(read.keys):
        assert known is not ANYTHING
        assert isinstance(key, str)
        if key not in known:
            near = did_you_mean(key, known)
            written = Read(read.spot, read.of, read.keys[: depth + 1]).text
            advice = near or " Write it before, or name it in the input schema."
            message = f"Nothing writes {shown(written)}, which is read here.{advice}"
            return read.spot.warning(Code.UNWRITTEN_PATH, message)
        known = known[key]
    raise AssertionError("the path is absent")


# --- results that wipe -----------------------------------------------------------------------------------------------

Wipe = tuple[Spot, str, str, Possible]
"""Where it is, what wipes, where it then goes, and what is left."""


def _wipes(
    machine: WrittenMachine, entries: Entries, reads: dict[str, list[Read]]
) -> Iterator[tuple[Finding, set[str]]]:
    """Each warning with the pointers of the reads that it explains."""
    asked = [read.keys for several in reads.values() for read in several if read.is_asked]
    states = machine.states
    found = [(name, wipe) for name in entries for wipe in _wiping(states[name])]
    for name, (spot, what, target, left) in found[:_MOST_WIPES]:
        after = follow(machine, {target: left})
        lost = [
            (reader, read)
            for reader, data in after.items()
            for read in _absent(states[reader], data, reads[reader])
            if _was_there(states[reader], entries[name], read) and not _is_asked(read.keys, asked)
        ]
        if lost:
            reader, read = lost[0]
            message = (
                f"{what} replaces the whole state, of which {shown(reader)} then reads {shown(read.text)}. "
                "Give it a `ResultPath` such as `$.result`."
            )
            yield spot.warning(Code.WIPES_STATE, message), {read.spot.pointer for _, read in lost}


def _was_there(reader: WrittenState, before: Possible, read: Read) -> bool:
    return within(_base(reader, before, read), read.keys) is not None


def _wiping(state: WrittenState) -> Iterator[Wipe]:
    if not state.speaks_jsonpath:
        return
    body = state.body
    if body["Type"] == "Action" and not body.keys() & {"ResultPath", "ResultSelector", "OutputPath"} and "Next" in body:
        yield state.spot, "The result of this action", body["Next"], STATUS
    for number, catcher in enumerate(body.get("Catch", ())):
        if "ResultPath" not in catcher:
            yield state.spot.within("Catch", number), "The error that is caught", catcher["Next"], ERROR
