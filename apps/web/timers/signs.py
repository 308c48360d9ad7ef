"""How a timer or a turn is: a sign, a word and a tone."""

from __future__ import annotations

from apps.timers.models import Timer, Turn
from apps.web.tasks.states import State

_OF_TIMERS = {
    Timer.State.ACTIVE: State("▶", "Active", "info"),
    Timer.State.PAUSED: State("‖", "Paused", "warn"),
    Timer.State.ENDED: State("■", "Ended", ""),
}
_BROKEN = State("✕", "Paused after failures", "bad")
OF_TURNS = {
    Turn.State.DUE: State("◔", "To be begun", "info"),
    Turn.State.GOING: State("▶", "Going on", "info"),
    Turn.State.DONE: State("✓", "Succeeded", "ok"),
    Turn.State.FAILED: State("✕", "Failed", "bad"),
    Turn.State.SKIPPED: State("○", "Left out", "warn"),
    Turn.State.MISSED: State("○", "Missed", "warn"),
}
_AGAIN = State("▲", "Tried again", "warn")


def sign_of(timer: Timer) -> State:
    return _BROKEN if is_broken(timer) else _OF_TIMERS[Timer.State(timer.state)]


def is_broken(timer: Timer) -> bool:
    """Whether it rests because something is wrong, and not because its owner wants it so."""
    cause = (timer.inactive or {}).get("cause")
    return timer.state == Timer.State.PAUSED and cause not in (None, "user")


def sign_of_turn(turn: Turn) -> State:
    return _AGAIN if turn.state == Turn.State.DUE and turn.tries else OF_TURNS[Turn.State(turn.state)]
