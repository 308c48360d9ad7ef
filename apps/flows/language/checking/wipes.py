"""Warnings of results that wipe what later states read."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import NamedTuple

from apps.flows.language.checking.codes import Code
from apps.flows.language.checking.dataflow import ERROR, STATUS, Entries, follow
from apps.flows.language.checking.possible import Possible, within
from apps.flows.language.checking.readers import Readers
from apps.flows.language.checking.spot import Spot
from apps.flows.language.checking.walk import WrittenState
from apps.flows.language.failures import shown
from apps.flows.language.finding import Finding

_MOST_WIPES = 25  # each is followed by itself, and nobody writes so many


class Wipe(NamedTuple):
    """``what`` stands at ``spot``; the run then goes to ``target``, and no more than ``left`` is in its data."""

    state: str
    spot: Spot
    what: str
    target: str
    left: Possible


def wipe_warnings(readers: Readers, entries: Entries) -> Iterator[tuple[Finding, set[str]]]:
    """Each with the pointers of the reads that it explains."""
    wipes = (wipe for name in entries for wipe in _wipes(readers.states[name]))
    for wipe in islice(wipes, _MOST_WIPES):
        lost = [
            (reader, read)
            for reader, read in readers.absent(follow(readers.states, {wipe.target: wipe.left}))
            if within(readers.base(reader, entries[wipe.state], read), read.keys) is not None
        ]
        if lost:
            reader, read = lost[0]
            message = (
                f"{wipe.what} replaces the whole state, of which {shown(reader)} then reads {shown(read.text)}. "
                "Give it a `ResultPath` such as `$.result`."
            )
            yield wipe.spot.warning(Code.WIPES_STATE, message), {read.spot.pointer for _, read in lost}


def _wipes(state: WrittenState) -> Iterator[Wipe]:
    """Only where no ``ResultPath`` is told: who writes ``$`` means it. A task of the Amazon States Language often
    gives what goes on, and nothing is known of it."""
    if not state.speaks_jsonpath:
        return
    body = state.body
    if body["Type"] == "Action" and "Next" in body and not body.keys() & {"ResultPath", "ResultSelector", "OutputPath"}:
        yield Wipe(state.name, state.spot, "The result of this action", body["Next"], STATUS)
    for number, catcher in enumerate(body.get("Catch", ())):
        if "ResultPath" not in catcher:
            spot = state.spot.within("Catch", number)
            yield Wipe(state.name, spot, "The error that is caught", catcher["Next"], ERROR)
