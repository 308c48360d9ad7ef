"""What is written down of an action, by what its provider said of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from apps.common.errors import PortalError, Unavailable
from apps.flows.engine.failing import UNABLE
from apps.flows.engine.telling import as_text
from apps.flows.errors import UNFORESEEN
from apps.flows.models import Action
from apps.flows.types import Progress, Status

LONGEST_PAUSE = timedelta(seconds=30)
SOON = timedelta(milliseconds=300)
"""What is awaited may have happened before it was written down that it is: it is asked for once more."""
SELDOM, SELDOMEST = timedelta(minutes=1), timedelta(hours=3)
"""How often what is announced is asked for all the same, since an announcement may be lost: each time after twice as
long as before, so that thousands that wait for days cost next to nothing."""
GIVES_UP_AFTER = 5
"""So many errors that nobody foresaw, one after the other."""
_FREE = {"lease": "", "lease_until": None}


class Asked(StrEnum):
    BEGIN = "begin"
    LOOK = "look"
    CANCEL = "cancel"


@dataclass(frozen=True, slots=True)
class Answer:
    """What the provider was asked, and what it said or raised."""

    asked: Asked
    said: Progress | Exception


def changes_by(action: Action, answer: Answer, now: datetime) -> dict[str, Any]:
    """The fields that change; the lease ends in any case."""
    if isinstance(answer.said, Progress):
        return {**_FREE, **_asked(answer.asked), "faults": 0, "heard_at": now, **_progressed(action, answer.said, now)}
    return {**_FREE, **_failed(action, answer.asked, answer.said, now)}


def _asked(asked: Asked) -> dict[str, Any]:
    return {"is_cancel_told": True} if asked is Asked.CANCEL else {"is_begun": True}


def _progressed(action: Action, said: Progress, now: datetime) -> dict[str, Any]:
    how = {
        "status": said.status.value,
        "details": said.details,
        "display_status": as_text(said.display_status, 64),
        **({} if said.memo is None else {"memo": said.memo}),
    }
    if said.status.is_end:
        return {**how, "completed_at": now, "due_at": None, "awaits": ""}
    due_at = None if said.status is Status.INACTIVE else now + min(_pause(action, said), _longest_pause(action))
    return {**how, "awaits": said.awaits, "looks": action.looks + 1, "due_at": due_at}


def _longest_pause(action: Action) -> timedelta:
    """One of which something is to be heard is asked often enough for that."""
    return timedelta.max if action.heartbeat_s is None else timedelta(seconds=action.heartbeat_s / 2)


def _pause(action: Action, said: Progress) -> timedelta:
    if said.look_in is not None:
        return said.look_in
    if said.awaits and said.awaits != action.awaits:
        return SOON
    if said.awaits:
        return min(SELDOM * (1 << min(action.looks, 10)), SELDOMEST)
    return min(timedelta(seconds=2 ** min(action.looks, 10)), LONGEST_PAUSE)


def _failed(action: Action, asked: Asked, error: Exception, now: datetime) -> dict[str, Any]:
    is_foreseen = isinstance(error, PortalError)
    if isinstance(error, Unavailable) or (not is_foreseen and action.faults + 1 < GIVES_UP_AFTER):
        pause = min(timedelta(seconds=2 ** min(action.faults, 10)), LONGEST_PAUSE)
        return {"faults": action.faults + 1, "display_status": "Tries again soon", "due_at": now + pause}
    if asked is Asked.CANCEL:
        return {"is_cancel_told": True, "due_at": now}  # It cannot be canceled: then its end is waited for.
    told = {"message": str(error), "code": error.code} if isinstance(error, PortalError) else {"message": UNFORESEEN}
    return {
        "status": Action.Status.FAILED,
        "error_name": UNABLE if asked is Asked.BEGIN else "",
        "details": told,
        "display_status": "Failed",
        "completed_at": now,
        "due_at": None,
        "awaits": "",
    }
