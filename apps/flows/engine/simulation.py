"""A run that is thought through: the same transitions, with made-up answers of actions.

Nothing is begun, and nothing is written; waits and retries are jumped over by moving the clock.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

from apps.flows.engine import forks
from apps.flows.engine.advance import enter, resume
from apps.flows.engine.outcomes import (
    Act,
    ActionEnded,
    BranchFailed,
    End,
    Entry,
    Event,
    Fail,
    Fork,
    Go,
    Joined,
    Outcome,
    Sleep,
    Step,
    Woke,
)
from apps.flows.engine.positions import Position, World
from apps.flows.engine.visit import Visit


class Stage(StrEnum):
    GO = "go"
    SLEEP = "sleep"
    RETRY = "retry"
    ACT = "act"
    JOIN = "join"


@dataclass(slots=True)
class Forked:
    """The branches of a branch: those not begun yet, and what the others came to."""

    items: list[Any]
    most_at_once: int
    tolerated: int
    begun: int = 0
    outputs: dict[int, Any] = field(default_factory=dict)
    failures: list[tuple[str, str]] = field(default_factory=list)


@dataclass(slots=True)
class SimulatedBranch:
    """``asked`` is what an action is asked for: url and body."""

    id: int
    position: Position
    stage: Stage = Stage.GO
    parent: int | None = None
    number: int = 0
    until: datetime | None = None
    asked: Mapping[str, Any] | None = None
    fork: Forked | None = None


@dataclass(frozen=True, slots=True)
class Ended:
    """``error`` is "" if it went well."""

    output: Any = None
    error: str = ""
    cause: str = ""


@dataclass
class Simulation:
    world: World
    now: datetime
    branches: list[SimulatedBranch] = field(default_factory=list)
    entries: list[tuple[datetime, int, Entry]] = field(default_factory=list)
    """With the time, and with the branch (0 is the outermost)."""
    ended: Ended | None = None
    branches_begun: int = 0

    @classmethod
    def begin(cls, world: World, data: Any, now: datetime) -> Simulation:
        made = cls(world, now)
        root = world.definition.root
        made._new(Position(machine=root.pointer, state=root.start_at, data=data, entered_at=now))
        return made

    @property
    def waiting(self) -> SimulatedBranch | None:
        """The branch that needs an answer before anything else is done; None if none does."""
        if self.ended or any(branch.stage is Stage.GO or self._is_joined(branch) for branch in self.branches):
            return None
        return next((branch for branch in self.branches if branch.stage is Stage.ACT), None)

    @property
    def upcoming(self) -> SimulatedBranch | None:
        """The branch that makes the next transition; None at the end."""
        return None if self.ended else self.waiting or self._next()

    def step(self, answer: ActionEnded | None = None) -> None:
        """One transition: of the branch that waits, with the answer; else of the first that can go on."""
        waiting = self.waiting
        if self.ended or (waiting is not None and answer is None):
            return
        branch = waiting or self._next()
        self.now = max(self.now, branch.until or self.now)
        self._take(branch, self._made(branch, answer if waiting else None))

    # --- which, and what -------------------------------------------------------------------------------------------

    def _next(self) -> SimulatedBranch:
        """One that can go on now, else the one that may go on first."""
        ready = (branch for branch in self.branches if branch.stage is Stage.GO or self._is_joined(branch))
        found = next(ready, None)
        if found is not None:
            return found
        return min((one for one in self.branches if one.until is not None), key=lambda one: one.until or self.now)

    def _is_joined(self, branch: SimulatedBranch) -> bool:
        fork = branch.fork
        if branch.stage is not Stage.JOIN or fork is None:
            return False
        return len(fork.failures) > fork.tolerated or len(fork.outputs) == len(fork.items)

    def _made(self, branch: SimulatedBranch, answer: ActionEnded | None) -> Step:
        event: Event | None = answer
        if branch.stage is Stage.SLEEP:
            event = Woke()
        elif branch.stage is Stage.JOIN and branch.fork is not None:
            event = _joined(branch.fork)
        if event is None:
            return enter(self.world, branch.position, self.now)
        return resume(self.world, branch.position, event, self.now)

    # --- what comes of it ------------------------------------------------------------------------------------------

    def _take(self, branch: SimulatedBranch, step: Step) -> None:
        number = branch.id if branch.parent is not None else 0
        self.entries += [(self.now, number, entry) for entry in step.entries]
        branch.until = branch.asked = branch.fork = None
        _TAKE[type(step.outcome)](self, branch, step.outcome)

    def _go(self, branch: SimulatedBranch, outcome: Go) -> None:
        branch.position, branch.stage = outcome.position, Stage.GO

    def _act(self, branch: SimulatedBranch, outcome: Act) -> None:
        branch.position, branch.stage = outcome.position, Stage.ACT
        branch.asked = {"url": outcome.url, "body": outcome.body, "run_as": outcome.run_as}

    def _sleep(self, branch: SimulatedBranch, outcome: Sleep) -> None:
        branch.position, branch.until = outcome.position, outcome.until
        branch.stage = Stage.RETRY if outcome.is_retry else Stage.SLEEP

    def _fork(self, branch: SimulatedBranch, outcome: Fork) -> None:
        branch.position, branch.stage = outcome.position, Stage.JOIN
        branch.fork = Forked(outcome.items, outcome.most_at_once, outcome.tolerated)
        self._begin_more(branch, branch.fork)

    def _end(self, branch: SimulatedBranch, outcome: End) -> None:
        self._over(branch, Ended(output=outcome.output))

    def _fail(self, branch: SimulatedBranch, outcome: Fail) -> None:
        self._over(branch, Ended(error=outcome.error or "Failed", cause=outcome.cause))

    def _over(self, branch: SimulatedBranch, ended: Ended) -> None:
        self.branches.remove(branch)
        parent = next((one for one in self.branches if one.id == branch.parent), None)
        if parent is None or parent.fork is None:
            self.ended = ended
            return
        fork = parent.fork
        fork.outputs[branch.number] = {"Error": ended.error, "Cause": ended.cause} if ended.error else ended.output
        if ended.error:
            fork.failures.append((ended.error, ended.cause))
        if len(fork.failures) > fork.tolerated:
            self._break_off_below(parent)
        else:
            self._begin_more(parent, fork)

    def _break_off_below(self, parent: SimulatedBranch) -> None:
        for child in [one for one in self.branches if one.parent == parent.id]:
            self._break_off_below(child)
            self.branches.remove(child)

    def _begin_more(self, branch: SimulatedBranch, fork: Forked) -> None:
        visit = Visit(self.world, branch.position, self.now)
        while fork.begun < min(len(fork.items), len(fork.outputs) + fork.most_at_once):
            position = forks.child(visit, fork.begun, fork.items[fork.begun])
            self._new(position, parent=branch.id, number=fork.begun)
            fork.begun += 1

    def _new(self, position: Position, *, parent: int | None = None, number: int = 0) -> None:
        self.branches_begun += 1
        self.branches.append(SimulatedBranch(self.branches_begun, position, parent=parent, number=number))


def _joined(fork: Forked) -> Joined | BranchFailed:
    if len(fork.failures) <= fork.tolerated:
        return Joined(outputs=[fork.outputs[number] for number in range(len(fork.items))])
    if fork.tolerated:
        told = f"{len(fork.failures)} of {len(fork.items)} items failed; {fork.tolerated} may."
        return BranchFailed(error=forks.TOO_MANY_FAILED, cause=told)
    error, cause = fork.failures[0]
    return BranchFailed(error=error, cause=cause)


_TAKE: Mapping[type[Outcome], Callable[..., None]] = {
    Go: Simulation._go,
    Act: Simulation._act,
    Sleep: Simulation._sleep,
    Fork: Simulation._fork,
    End: Simulation._end,
    Fail: Simulation._fail,
}
