"""Values of timers: when one strikes, until when, and what becomes of turns that were missed or would overlap."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class Once:
    """One turn."""

    at: datetime


@dataclass(frozen=True, slots=True)
class Every:
    """A turn at ``start``, and one each so many seconds later: of time that passed, whatever clocks on walls do."""

    seconds: int
    start: datetime


@dataclass(frozen=True, slots=True)
class Cron:
    """Turns at what five fields of crontab say of the clock on a wall in ``zone``, a name of the IANA database.

    When clocks go forward, what falls into the hour that is left out comes right after it; when they go back, what
    falls into the hour that comes twice comes once. Fields of minutes or hours that begin with a star follow the time
    that passes (as Debian's cron does it).
    """

    expression: str
    zone: str
    start: datetime


Rhythm = Once | Every | Cron


@dataclass(frozen=True, slots=True)
class Schedule:
    """It ends after ``most_turns``, or with the last turn that is not after ``until``. Each turn comes up to
    ``jitter_s`` seconds late, so that what is due at the same time is not all begun at once."""

    rhythm: Rhythm
    most_turns: int | None = None
    until: datetime | None = None
    jitter_s: int = 0


class Missed(StrEnum):
    """What becomes of turns that nobody was there to take."""

    LAST = "last"
    """The last of them is taken, late."""
    ALL = "all"
    """Each is taken, late, one after the other."""
    NONE = "none"
    """None is."""


class Overlap(StrEnum):
    """What becomes of a turn while what the last one began goes on."""

    SKIP = "skip"
    WAIT = "wait"
    LET = "let"
    """It begins beside it."""
