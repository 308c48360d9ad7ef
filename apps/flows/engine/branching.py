"""A branch goes on: transition by transition, to where it has to wait."""

from __future__ import annotations

from apps.flows.engine import joining, mapping
from apps.flows.engine.advance import enter, resume
from apps.flows.engine.asking import action_for, event_of, late_at
from apps.flows.engine.journal import Journal
from apps.flows.engine.outcomes import Act, End, Fail, Fork, Go, Outcome, Sleep, Step, Woke
from apps.flows.engine.positions import Position, World
from apps.flows.engine.rows import Rows
from apps.flows.engine.sizes import too_large
from apps.flows.engine.telling import told_error
from apps.flows.models import Branch

Stage, Status = Branch.Stage, Branch.Status
LIMIT = "States.DataLimitExceeded"


class Branching:
    """The transitions of one turn. The run's row must be held."""

    def __init__(self, rows: Rows, world: World, journal: Journal, holder: str) -> None:
        self.rows, self.world, self.journal, self.holder = rows, world, journal, holder
        self.now = rows.now

    def advance(self, branch: Branch, *, most: int) -> int:
        """As far as it goes by itself, ``most`` transitions at once; how many were made."""
        if self._is_early(branch):
            return 1
        step, made = self._next_step(branch), 1
        while True:
            self.journal.add(*step.entries, branch=branch.pk if branch.parent_id else None)
            outcome = self._within_limits(step.outcome)
            if isinstance(outcome, Go) and outcome.caught_at is not None:
                self.rows.change(branch, caught=outcome.caught_at.as_json())
            if not isinstance(outcome, Go) or made >= most:
                self._apply(branch, outcome)
                return made
            self.rows.change(branch, position=outcome.position.as_json())
            step, made = enter(self.world, outcome.position, self.now), made + 1

    def _is_early(self, branch: Branch) -> bool:
        """Whether it waits for an action of which something was heard meanwhile: then it waits on."""
        action = self.rows.action_of(branch) if branch.stage == Stage.ACT else None
        until = late_at(action, self.now) if action is not None and not action.is_over else None
        if until is None or until <= self.now:
            return False
        self.rows.change(branch, due_at=until)
        return True

    def _next_step(self, branch: Branch) -> Step:
        position = Position.from_json(branch.position)
        match branch.stage:
            case Stage.SLEEP:
                return resume(self.world, position, Woke(), self.now)
            case Stage.ACT:
                action = self.rows.action_of(branch)
                if not action.is_over:
                    self.rows.save()
                    joining.cancel_actions(self.rows, [branch.pk])
                return resume(self.world, position, event_of(action, self.now), self.now)
            case Stage.JOIN:
                self.rows.save()
                reads = not mapping.is_written(self.world.state_at(position))
                return resume(self.world, position, joining.joined(branch, with_outputs=reads), self.now)
        return enter(self.world, position, self.now)

    def _within_limits(self, outcome: Outcome) -> Outcome:
        told = self.journal.too_long() or too_large(outcome)
        return Fail(error=LIMIT, cause=told) if told else outcome

    def _apply(self, branch: Branch, outcome: Outcome) -> None:
        rows = self.rows
        match outcome:
            case Go():
                rows.change(branch, position=outcome.position.as_json(), stage=Stage.GO, due_at=self.now)
            case Act():
                rows.change(branch, position=outcome.position.as_json(), visit=branch.visit + 1)
                action = action_for(branch, outcome, self.now, "" if rows.actions else self.holder)
                rows.change(branch, stage=Stage.ACT, due_at=late_at(action, self.now))
                rows.actions.append(action)
            case Sleep():
                stage = Stage.RETRY if outcome.is_retry else Stage.SLEEP
                rows.change(branch, position=outcome.position.as_json(), stage=stage, due_at=outcome.until)
            case Fork():
                rows.change(branch, position=outcome.position.as_json())
                joining.fork(rows, self.world, branch, outcome)
            case End():
                self._end(branch, Status.SUCCEEDED, output=outcome.output)
            case Fail():
                rows.change(branch, **told_error(outcome.error, outcome.cause))
                self._end(branch, Status.FAILED)

    def _end(self, branch: Branch, status: str, output: object = None) -> None:
        self.rows.change(branch, status=status, stage=Stage.DONE, due_at=None, output=output)
        if branch.parent_id is not None:
            joining.child_ended(self.rows, self.world, branch)
