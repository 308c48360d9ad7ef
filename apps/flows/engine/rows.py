"""The branches of a run that one turn has in hand. The run's row must be held."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import BigAutoField, Min

from apps.common.prepared import Prepared, Slot
from apps.common.writing import Writes
from apps.flows.engine.positions import Position
from apps.flows.models import Action, Branch, Run

MOST_READ = 100
"""Of branches that are due: those that are left are due again in the next turn."""
_BRANCH: Prepared[Branch] = Prepared(lambda: Branch.objects.filter(pk=Slot("id", BigAutoField())))


class Rows:
    """Each branch is one object here, however it was come by; what is touched is saved at the end, or before the
    database is asked for what depends on it."""

    def __init__(self, run: Run, now: datetime, writes: Writes) -> None:
        self.run, self.now, self.writes = run, now, writes
        self.actions: list[Action] = []
        """New ones."""
        self.canceled: list[Action] = []
        self.ended: Action | None = None
        """The one with whose end the turn began."""
        self._is_read = False
        self._known: dict[int, Branch] = {}
        self._changed: dict[int, set[str]] = {}

    def by_id(self, pk: int) -> Branch:
        return self._known.get(pk) or self._kept(_BRANCH(id=pk)[0])

    def wake(self, pk: int, visit: int) -> None:
        """What the branch waited for has happened, if it still waits for it."""
        branch = self.by_id(pk)
        if branch.visit == visit and branch.stage == Branch.Stage.ACT:
            self.change(branch, due_at=self.now)
            self._is_read |= branch.parent_id is None  # while the outermost one acts, there are no others

    def next_due(self) -> Branch | None:
        """One that can go on now."""
        if not self._is_read:
            self._is_read = True
            for branch in Branch.objects.filter(run=self.run, due_at__lte=self.now)[:MOST_READ]:
                self._kept(branch)
        for branch in self._known.values():
            if branch.due_at is not None and branch.due_at <= self.now:
                return branch
        return None

    def ended_root(self) -> Branch | None:
        """The outermost branch, if it has come to its end in this turn."""
        for branch in self._known.values():
            if branch.parent_id is None and branch.status != Branch.Status.ACTIVE:
                return branch
        return None

    def due_at(self) -> datetime | None:
        """When the next one is due."""
        for branch in self._known.values():
            if branch.parent_id is None and branch.stage != Branch.Stage.JOIN:
                return branch.due_at  # there are no others
        self.save()
        due: datetime | None = Branch.objects.filter(run=self.run).aggregate(first=Min("due_at"))["first"]
        return due

    def change(self, branch: Branch, **changes: Any) -> None:
        """Only what is changed is written: the items of a Map may be megabytes."""
        for name, value in changes.items():
            setattr(branch, name, value)
        self._changed.setdefault(branch.pk, set()).update(changes)

    def begin(self, parent: Branch, number: int, position: Position) -> None:
        """A branch of its own for one of the parent's."""
        born = {"parent": parent, "number": number, "born_at": parent.fork_visit}
        self._kept(Branch.objects.create(run=self.run, position=position.as_json(), due_at=self.now, **born))

    def action_of(self, branch: Branch) -> Action:
        """The one that the branch waits for."""
        ended = self.ended
        if ended is not None and (ended.branch_id, ended.visit) == (branch.pk, branch.visit):
            return ended
        return branch.actions.get(visit=branch.visit)

    def forget(self, pks: set[int]) -> None:
        """What was changed in the database itself."""
        for pk in pks:
            self._known.pop(pk, None)
            self._changed.pop(pk, None)
        self.actions = [action for action in self.actions if action.branch_id not in pks]

    def save(self) -> None:
        """Send what is written so far."""
        self.write()
        self.writes.send()

    def write(self) -> None:
        for pk, names in self._changed.items():
            self.writes.update(self._known[pk], names)
        self._changed = {}

    def _kept(self, branch: Branch) -> Branch:
        branch.run = self.run
        return self._known.setdefault(branch.pk, branch)
