"""How a state or a run is: as a sign, a word and a tone. The colour repeats what the sign says."""

from __future__ import annotations

from enum import Enum

from apps.flows.models import Run


class Sign(Enum):
    """``kind`` is the class of a state in a graph."""

    SUCCEEDED = ("✓", "Succeeded", "ok", "ok")
    ACTIVE = ("▶", "Active", "info", "on")
    WAITING = ("◔", "Waiting", "warn", "wait")
    PAUSED = ("‖", "Paused", "warn", "wait")
    PAUSING = ("‖", "Being paused", "warn", "wait")
    FAILED = ("✕", "Failed", "bad", "bad")
    CAUGHT = ("▲", "Failed, and dealt with", "warn", "wait")
    CANCELED = ("■", "Canceled", "warn", "stop")
    CANCELING = ("■", "Being canceled", "warn", "stop")
    NOT_REACHED = ("○", "Not reached", "", "off")

    def __init__(self, sign: str, word: str, tone: str, kind: str) -> None:
        self.sign, self.word, self.tone, self.kind = sign, word, tone, kind


CANCELED = "FlowCanceled"


def sign_of(run: Run) -> Sign:
    if run.is_over:
        if run.status == Run.Status.SUCCEEDED:
            return Sign.SUCCEEDED
        return Sign.CANCELED if run.error_name == CANCELED else Sign.FAILED
    if run.wanted == Run.Wanted.CANCEL:
        return Sign.CANCELING
    if run.halt is not None:
        return Sign.WAITING
    if run.wanted == Run.Wanted.PAUSE:
        return Sign.PAUSED if run.status == Run.Status.INACTIVE else Sign.PAUSING
    return Sign.ACTIVE
