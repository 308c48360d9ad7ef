"""The end of a run starts others: each once, and none that would begin itself again without end."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from apps.flows import services as flows
from apps.flows.models import Run
from apps.triggers.engine.happening import happen
from apps.triggers.errors import TooManyWait
from apps.triggers.models import Firing, Trigger
from apps.triggers.types import Happening, RunEnd

LONGEST_CHAIN = 20


def run_ended(run: Run, now: datetime) -> None:
    """Write it down for the triggers that wait for it. Runs that are steps of others are not announced on their own."""
    if run.depth:
        return
    for trigger in Trigger.objects.filter(kind=Trigger.Kind.RUN_END, active_since__isnull=False).select_related(
        "owner"
    ):
        if _concerns(run, trigger) and not _is_from(run.pk, trigger):
            try:
                happen(trigger, Happening(f"run {run.pk}", {"run_id": str(run.pk)}), now)
            except TooManyWait as error:
                Trigger.objects.filter(pk=trigger.pk).update(trouble=error.message)


def _concerns(run: Run, trigger: Trigger) -> bool:
    watched = trigger.watched
    assert isinstance(watched, RunEnd)  # its kind says so
    if run.status not in watched.statuses or watched.flow_id not in {None, run.flow_id}:
        return False
    return flows.may_run(trigger.owner, "monitor", run)


def _is_from(run_id: UUID, trigger: Trigger) -> bool:
    """Whether the trigger began what ended in this run, be it by way of others; a chain that is too long counts."""
    for _ in range(LONGEST_CHAIN):
        firing = Firing.objects.filter(run_id=run_id).first()
        if firing is None:
            return False
        if firing.trigger_id == trigger.pk:
            return True
        if "run_id" not in firing.facts:
            return False
        run_id = UUID(firing.facts["run_id"])
    return True
