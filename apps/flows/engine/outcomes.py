"""What a transition comes to, and what may wake a branch up."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from apps.flows.engine.positions import Position


@dataclass(frozen=True, slots=True, kw_only=True)
class Go:
    """To the next state. ``caught_at`` is where it comes from, if an error leads it there."""

    position: Position
    caught_at: Position | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """An action is to be done; the branch waits for its end, for ``timeout_at``, or until nothing was heard of the
    action for ``heartbeat_s``."""

    position: Position
    url: str
    scope: str
    run_as: str
    body: Any
    timeout_at: datetime | None
    heartbeat_s: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Sleep:
    """Until then; ``position`` is where it goes on, ``is_retry`` by trying the state again."""

    until: datetime
    position: Position
    is_retry: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Fork:
    """Branches are to be begun, one for each of ``items``, ``most_at_once`` together; so many may fail."""

    position: Position
    items: list[Any]
    most_at_once: int
    tolerated: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class End:
    """The branch is through."""

    output: Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Fail:
    error: str
    cause: str


Outcome = Go | Act | Sleep | Fork | End | Fail


@dataclass(frozen=True, slots=True, kw_only=True)
class Woke:
    """The time has come."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionEnded:
    """``document`` is the action's status as the protocol writes it. ``error`` is told where the action could not even
    be begun (``ActionUnableToRun``) or took too long (``ActionTimeout``)."""

    document: Mapping[str, Any]
    has_succeeded: bool
    error: str = ""
    cause: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Joined:
    """All branches have ended, few enough of them badly; ``outputs`` in their order (of a failed one: its error)."""

    outputs: list[Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class BranchFailed:
    """One branch more than may be has failed."""

    error: str
    cause: str


Event = Woke | ActionEnded | Joined | BranchFailed


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A line for the log."""

    code: str
    description: str
    details: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One transition: what it came to, and what is to be told of it."""

    outcome: Outcome
    entries: tuple[Entry, ...] = ()
