"""The branches of a run that one turn has in hand. The run's row must be held."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import Min

from apps.flows.engine.positions import Position
from apps.flows.models import Action, Branch, Run


class Rows:
    """Each branch is one object here, however it was come by; what is touched is saved at the end."""

    def __init__(self, run: Run, now: datetime) -> None:
        self.run, self.now = run, now
        self.actions: list[Action] = []
        """New ones."""
        self.canceled: list[Action] = []
        self._known: dict[int, Branch] = {}
        self._changed: dict[int, set[str]] = {}

    @property
    def root(self) -> Branch:
        held = (branch for branch in self._known.values() if branch.parent_id is None)
        return next(held, None) or self._kept(Branch.objects.get(run=self.run, parent=None))

    def by_id(self, pk: int) -> Branch:
        return self._known.get(pk) or self._kept(Branch.objects.get(pk=pk))

    def next_due(self) -> Branch | None:
        """One that can go on now, first of those that were touched."""
        for branch in map(self._known.__getitem__, self._changed):
            if branch.due_at is not None and branch.due_at <= self.now:
                return branch
        waiting = Branch.objects.filter(run=self.run, due_at__lte=self.now).exclude(pk__in=list(self._changed))
        found = waiting.first()
        return None if found is None else self._kept(found)

    def due_at(self) -> datetime | None:
        """When the next one is due. Everything must be saved."""
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

    def forget(self, pks: set[int]) -> None:
        """What was changed in the database itself."""
        for pk in pks:
            self._known.pop(pk, None)
            self._changed.pop(pk, None)
        self.actions = [action for action in self.actions if action.branch_id not in pks]

    def save(self) -> None:
        for pk, names in self._changed.items():
            self._known[pk].save(update_fields=names)
        self._changed = {}

    def _kept(self, branch: Branch) -> Branch:
        branch.run = self.run
        return self._known.setdefault(branch.pk, branch)
