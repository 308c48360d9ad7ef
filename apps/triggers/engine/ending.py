"""What firings started ends: it has succeeded, or not; a trigger of which nothing comes any more rests."""

from __future__ import annotations

import uuid
from datetime import datetime, timedelta

from django.db import transaction

from apps.flows import services as flows
from apps.triggers.engine.holding import held
from apps.triggers.models import Firing, Trigger
from apps.triggers.signals import trigger_rests

LOOK_AFTER = timedelta(minutes=5)
"""Their end is announced; whoever missed that looks now and then."""
State = Firing.State


def ended(run_id: uuid.UUID, now: datetime) -> None:
    """A run is over; told again, or of one that no firing started, nothing changes."""
    firing = Firing.objects.select_related("trigger").filter(run_id=run_id, state=State.GOING).first()
    if firing is not None:
        look_after(firing, now)


def look_after(firing: Firing, now: datetime) -> None:
    """See how it goes with the run."""
    assert firing.run_id is not None  # it was begun
    outcome = flows.outcome_of(firing.run_id)
    if outcome is None:
        Firing.objects.filter(pk=firing.pk, state=State.GOING).update(due_at=now + LOOK_AFTER)
    elif outcome.has_succeeded:
        _succeed(firing, now)
    else:
        fail(firing, outcome.why, now)


@transaction.atomic
def _succeed(firing: Firing, now: datetime) -> None:
    trigger = held(firing.trigger_id)
    going = Firing.objects.filter(pk=firing.pk, state=State.GOING)
    if trigger is None or not going.update(state=State.DONE, ended_at=now, due_at=None):
        return
    if trigger.failures:
        trigger.failures = 0
        trigger.save(update_fields=["failures"])
    _let_next(firing, now)


@transaction.atomic
def fail(firing: Firing, why: str, now: datetime) -> None:
    """Nothing came of it. After so many in a row the trigger rests, and says why."""
    trigger = held(firing.trigger_id)
    open_ = Firing.objects.filter(pk=firing.pk, state__in=[State.DUE, State.GOING])
    if trigger is None or not open_.update(state=State.FAILED, ended_at=now, due_at=None, message=why):
        return
    trigger.errors += 1
    trigger.failures += 1
    if trigger.failures >= trigger.most_failures and trigger.state == Trigger.State.ACTIVE:
        trigger.state, trigger.inactive = Trigger.State.PAUSED, {"cause": "failures", "message": why}
        transaction.on_commit(lambda: trigger_rests.send(sender=Trigger, trigger=trigger), robust=True)
    trigger.save(update_fields=["errors", "failures", "state", "inactive"])
    _let_next(firing, now)


def _let_next(firing: Firing, now: datetime) -> None:
    """One that waits because others went on."""
    if firing.trigger.most_at_once is None:
        return
    waiting = Firing.objects.filter(trigger=firing.trigger_id, state=State.DUE).order_by("at", "pk")
    Firing.objects.filter(pk__in=list(waiting.values_list("pk", flat=True)[:1])).update(due_at=now)
