"""How far a task is, how fast, and how long it may still take."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from apps.transfer.models import Task
from apps.transfer.services import Stretch
from apps.web.tasks.words import span, speed
from apps.web.values import count, size

FRESH_S = 30.0
"""So old is a speed still that of now."""


@dataclass(frozen=True, slots=True)
class Fact:
    label: str
    value: str


@dataclass(frozen=True, slots=True)
class Progress:
    """``share`` is of 100; None while nobody knows of how much. ``said`` is for those who hear the page: it changes
    ten times, and not every two seconds."""

    share: int | None
    text: str
    said: str
    facts: tuple[Fact, ...]


def progress_of(task: Task, stretches: list[Stretch], now: datetime) -> Progress:
    share = share_of(task)
    current = _current(task, stretches, now)
    return Progress(
        share=share,
        text="" if share is None else f"{share} %",
        said="" if share is None or task.is_over else f"{share // 10 * 10} % done",
        facts=tuple(_facts(task, current, now)),
    )


def share_of(task: Task) -> int | None:
    """By bytes where each of them is sent, else by files: what is there already has a size, too."""
    if task.status == Task.Status.SUCCEEDED:
        return 100
    if task.stage == Task.Stage.SCAN or not task.subtasks:
        return None
    ended = task.subtasks_done + task.subtasks_skipped + task.subtasks_failed
    share = ended / task.subtasks
    if task.is_transfer and task.bytes_known and not (task.files_same or task.subtasks_skipped or task.subtasks_failed):
        share = task.bytes_sent / task.bytes_known
    return min(int(100 * share), 99)


def _current(task: Task, stretches: list[Stretch], now: datetime) -> float | None:
    """Bytes a second: now, or as a mean once it is over. None: not known."""
    if task.is_over:
        return mean(stretches) or _mean_of(task)
    last = stretches[-1] if stretches else None
    is_fresh = last and last.seconds and (now - last.at).total_seconds() < max(FRESH_S, 2 * last.seconds)
    return last.bytes_sent / last.seconds if last and is_fresh else None


def mean(stretches: list[Stretch]) -> float | None:
    """While something was sent."""
    seconds = sum(one.seconds for one in stretches)
    return sum(one.bytes_sent for one in stretches) / seconds if seconds else None


def _mean_of(task: Task) -> float | None:
    """Of a task too short for a single stretch: from its first turn to its end."""
    seconds = (task.completed_at - task.requested_at).total_seconds() if task.completed_at else 0
    return task.bytes_sent / seconds if seconds and task.bytes_sent else None


def _facts(task: Task, current: float | None, now: datetime) -> list[Fact]:
    ended = task.completed_at or now
    told = [
        Fact("Files", _of(task.files_done + task.files_same, task.files)) if task.is_transfer else _deleted(task),
        Fact("Folders", count(task.folders)),
    ]
    if task.is_transfer:
        rest = f" of {size(task.bytes_known)}" if task.bytes_known > task.bytes_sent else ""
        told.append(Fact("Sent", f"{size(task.bytes_sent)}{rest}"))
        told.append(Fact("Mean speed" if task.is_over else "Speed", speed(current) if current else "not known"))
    told.append(Fact("Faults", count(task.faults)))
    told.append(Fact("Took" if task.is_over else "Since", span((ended - task.requested_at).total_seconds())))
    if not task.is_over and task.is_transfer:
        told.append(Fact("Time left", _left(task, current)))
    return told


def _deleted(task: Task) -> Fact:
    return Fact("Deleted", _of(task.subtasks_done, task.subtasks))


def _of(done: int, all_of_them: int) -> str:
    return count(done) if done == all_of_them else f"{count(done)} of {count(all_of_them)}"


def _left(task: Task, current: float | None) -> str:
    rest = task.bytes_known - task.bytes_sent
    if not current or task.stage == Task.Stage.SCAN or rest < 0 or task.files_same:
        return "not known"
    return f"about {span(rest / current)}"
