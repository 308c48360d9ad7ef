"""How a task is, as a sign, a word and a sentence."""

from __future__ import annotations

from dataclasses import dataclass

from apps.transfer import services as transfer
from apps.transfer.models import Task

Status, Wanted, Stage = Task.Status, Task.Wanted, Task.Stage


@dataclass(frozen=True, slots=True)
class State:
    sign: str
    word: str
    tone: str


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong. ``advice`` says what to do about it, ``code`` is for who asks somebody else."""

    message: str
    advice: str
    code: str


_WAITING = State("◔", "Waiting", "info")


def state_of(task: Task) -> State:
    if task.is_over:
        return _ending(task)
    match task.wanted:
        case Wanted.CANCEL:
            return State("■", "Being canceled", "warn")
        case Wanted.PAUSE:
            is_paused = task.status == Status.INACTIVE or task.served_at is None
            return State("‖", "Paused" if is_paused else "Being paused", "warn")
    if task.trouble:
        return State("▲", "In trouble", "warn")
    is_waiting = task.served_at is None or task.status == Status.INACTIVE
    return _WAITING if is_waiting else State("▶", "Active", "info")


def _ending(task: Task) -> State:
    if task.status == Status.SUCCEEDED:
        return State("✓", "Succeeded", "ok")
    return State("■", "Canceled", "warn") if task.fatal_code == "CANCELED" else State("✕", "Failed", "bad")


def sentence_of(task: Task) -> str:
    """What it does now; "" when it is over."""
    if task.is_over:
        return ""
    if task.wanted == Wanted.CANCEL:
        return "It ends within a moment. What was done stays."
    if task.wanted == Wanted.PAUSE:
        return "It rests. What was sent is kept, and it goes on from there."
    if task.served_at is None:
        return "It waits for its turn."
    if task.trouble and not task.lease:
        return "It rests for a moment, and is tried again."
    return f"{Stage(task.stage).label}."


def problem_of(task: Task) -> Problem | None:
    """Why it failed, or what it has not got over yet."""
    code = task.fatal_code if task.is_over else task.trouble
    if not code:
        return None
    message = task.fatal_message if task.is_over else task.trouble_details
    return Problem(message, transfer.advice_on(code), code)


def problem_with(code: str, details: str) -> Problem | None:
    """Of a file or an event."""
    return Problem(details, transfer.advice_on(code), code) if code else None
