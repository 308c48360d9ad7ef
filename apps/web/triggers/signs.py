"""How a trigger, a firing or a file is: a sign, a word and a tone."""

from __future__ import annotations

from apps.triggers.models import Firing, SeenFile, Trigger
from apps.web.tasks.states import State

_ACTIVE = State("▶", "Active", "info")
_IN_TROUBLE = State("▲", "In trouble", "warn")
_NOT_BEGUN = State("○", "Not begun yet", "")
_PAUSED = State("‖", "Paused", "warn")
_BROKEN = State("✕", "Paused after failures", "bad")
_HELD = State("◔", "Has to wait", "warn")
_OF_FIRINGS = {
    Firing.State.DUE: State("◔", "To be started", "info"),
    Firing.State.GOING: State("▶", "Going on", "info"),
    Firing.State.DONE: State("✓", "Succeeded", "ok"),
    Firing.State.FAILED: State("✕", "Failed", "bad"),
    Firing.State.IGNORED: State("○", "Ignored", ""),
}
_OF_FILES = {
    SeenFile.State.NEW: State("◔", "Not yet settled", "info"),
    SeenFile.State.SETTLED: State("◔", "Settled, waits for others", "info"),
    SeenFile.State.MARKER: State("▶", "Marker", "info"),
    SeenFile.State.TAKEN: State("✓", "Taken", "ok"),
    SeenFile.State.IGNORED: State("○", "Ignored", ""),
}


def sign_of(trigger: Trigger) -> State:
    if trigger.state == Trigger.State.ACTIVE:
        return _IN_TROUBLE if trigger.trouble else _ACTIVE
    if trigger.inactive:
        return _BROKEN
    return _PAUSED if trigger.active_since else _NOT_BEGUN


def sign_of_firing(firing: Firing) -> State:
    is_held = firing.state == Firing.State.DUE and firing.message
    return _HELD if is_held else _OF_FIRINGS[Firing.State(firing.state)]


def sign_of_file(row: SeenFile) -> State:
    return _OF_FILES[SeenFile.State(row.state)]
