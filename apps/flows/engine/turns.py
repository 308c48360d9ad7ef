"""One turn of a run: all transitions that can be made now, in one transaction, with the log in it.

A turn holds the run's row, so that the turns of a run come one after the other, whoever makes them and however often
the doorbell rings: one too many finds nothing to do. What is outside of the database is not touched here: actions are
rows that somebody else performs.
"""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import UUIDField

from apps.common.prepared import Prepared, Slot
from apps.common.writing import Writes
from apps.flows.engine import joining
from apps.flows.engine.branching import Branching
from apps.flows.engine.journal import Journal
from apps.flows.engine.outcomes import Entry
from apps.flows.engine.rows import Rows
from apps.flows.engine.telling import told
from apps.flows.engine.worlds import world_of
from apps.flows.models import Action, Branch, Run

HOPS = 50
"""So many transitions at most in one transaction: then others have their turn."""
GRACE = timedelta(seconds=60)
"""How long a canceled run waits for its actions to come to their end."""
TIMEOUT, CANCELED = "States.Timeout", "FlowCanceled"
_MAY_CHANGE = ("status", "output", "error_name", "error_cause", "halt", "ended_at", "due_at", "log_count", "news_at")


@dataclass(frozen=True, slots=True)
class Turned:
    """What is to be done next: actions to perform, and when the run is due again (None: when something happens).

    With ``has_news`` something is to be told of the run. ``later`` is an action that wants to be looked at again at
    its ``due_at``.
    """

    run_id: uuid.UUID | None = None
    actions: tuple[Action, ...] = ()
    due_at: datetime | None = None
    has_news: bool = False
    later: Action | None = None


NOTHING = Turned()


def turn(run_id: uuid.UUID, now: datetime, *, holder: str = "") -> Turned:
    """Make the transitions that are due. The first new action is leased to ``holder``, if one is named."""
    with transaction.atomic():
        run = hold(run_id)
        return NOTHING if run is None or run.is_over else Turn(run, now, holder).take()


def hold(run_id: uuid.UUID) -> Run | None:
    """The run, whose row nobody else changes until the transaction ends."""
    return next(iter(_HELD(id=run_id)), None)


_HELD: Prepared[Run] = Prepared(
    lambda: Run.objects.select_for_update(of=("self",)).select_related("owner").filter(pk=Slot("id", UUIDField()))
)


class Turn:
    """One turn of a run that is held."""

    def __init__(self, run: Run, now: datetime, holder: str, writes: Writes | None = None) -> None:
        self.run, self.now = run, now
        self.journal = Journal(run, now)
        self.writes = writes or Writes()
        self.rows = Rows(run, now, self.writes)
        self.holder = holder
        self._was = {name: getattr(run, name) for name in _MAY_CHANGE}

    def take(self) -> Turned:
        run = self.run
        if run.wanted == Run.Wanted.CANCEL:
            self._cancel()
        elif run.deadline <= self.now:
            self._time_out()
        elif run.wanted == Run.Wanted.PAUSE or run.halt is not None:
            self._rest()
        else:
            self._go_on()
        return self._keep()

    def _go_on(self) -> None:
        if self.run.status == Run.Status.INACTIVE:
            self.run.status = Run.Status.ACTIVE
            self.journal.add(Entry(code="FlowActive", description="The run goes on"))
        branching = Branching(self.rows, world_of(self.run), self.journal, self.holder)
        hops = HOPS
        while hops > 0 and (due := self.rows.next_due()) is not None:
            hops -= branching.advance(due, most=hops)
        root = self.rows.ended_root()
        if root is not None:
            self._end_as(root)

    def _end_as(self, root: Branch) -> None:
        if root.status == Branch.Status.SUCCEEDED:
            self.run.output = root.output
            self._end(Run.Status.SUCCEEDED, "FlowSucceeded", "The flow run completed successfully")
        else:
            self.run.error_name, self.run.error_cause = root.error_name, root.error_cause
            self._end(Run.Status.FAILED, "FlowFailed", "The flow run failed")

    def _cancel(self) -> None:
        """Once its actions have come to their end, or have had time enough for it."""
        self.rows.save()
        joining.break_off(self.rows)
        is_patient = self.run.cancel_at is not None and self.now < self.run.cancel_at + GRACE
        if joining.cancel_actions(self.rows) and is_patient:
            return
        self.run.error_name, self.run.error_cause = CANCELED, "The run was canceled."
        self._end(Run.Status.FAILED, "FlowCanceled", "The flow run was canceled")

    def _time_out(self) -> None:
        self.rows.save()
        joining.break_off(self.rows)
        joining.cancel_actions(self.rows)
        self.run.error_name = TIMEOUT
        self.run.error_cause = f"The run did not end by {self.run.deadline.isoformat(timespec='seconds')}."
        self._end(Run.Status.FAILED, "FlowTimedOut", "The flow run took too long")

    def _rest(self) -> None:
        if self.run.status != Run.Status.INACTIVE:
            self.run.status, self.run.news_at = Run.Status.INACTIVE, self.now
            self.journal.add(Entry(code="FlowInactive", description="The run was paused", details=self.run.halt or {}))

    def _end(self, status: str, code: str, description: str) -> None:
        run = self.run
        run.status, run.ended_at, run.halt, run.news_at = status, self.now, None, self.now
        details: dict[str, Any] = {"output": told(run.output)} if status == Run.Status.SUCCEEDED else {}
        if run.error_name:
            details = {"Error": run.error_name, "Cause": run.error_cause}
        self.journal.add(Entry(code=code, description=description, details=details))

    def _keep(self) -> Turned:
        run, new = self.run, self.rows.actions
        run.due_at = None if run.is_over else self._next_look()
        self.rows.write()
        self.writes.insert(new)
        self.journal.write(self.writes)
        if changed := [name for name, was in self._was.items() if getattr(run, name) != was]:
            self.writes.update(run, changed)
        self.writes.send()
        return Turned(run.pk, (*new, *self.rows.canceled), run.due_at, run.news_at is not None)

    def _next_look(self) -> datetime:
        if self.run.wanted == Run.Wanted.CANCEL and self.run.cancel_at is not None:
            return self.run.cancel_at + GRACE
        if self.run.status == Run.Status.INACTIVE:
            return self.run.deadline
        return min(self.rows.due_at() or self.run.deadline, self.run.deadline)
