"""Firings begin: a run is started, in the name of the trigger's owner, unless there are too many of them."""

from __future__ import annotations

import logging
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import F

from apps.common.errors import PortalError, Unavailable
from apps.flows.errors import UNFORESEEN
from apps.triggers.actions import start_run
from apps.triggers.engine import ending
from apps.triggers.errors import NothingToTell
from apps.triggers.models import Firing, Trigger

LEASE = timedelta(minutes=2)
SOON, LATER = timedelta(seconds=10), timedelta(minutes=10)
HOUR = timedelta(hours=1)
MOST_TRIES = 20
MOST_AT_ONCE = 200
log = logging.getLogger(__name__)


def firings_due(now: datetime) -> list[int]:
    """Those to be looked at, the longest due first. A trigger that rests begins nothing, and forgets nothing."""
    due = Firing.objects.filter(due_at__lte=now).exclude(state=Firing.State.DUE, trigger__state=Trigger.State.PAUSED)
    return list(due.order_by("due_at", "pk").values_list("pk", flat=True)[:MOST_AT_ONCE])


def begin(firing_id: int, now: datetime) -> None:
    """Start its run. Done twice it is the same run. What is away is asked again; too many wait for their turn."""
    ours = Firing.objects.filter(
        pk=firing_id, state=Firing.State.DUE, due_at__lte=now, trigger__state=Trigger.State.ACTIVE
    )
    if not ours.update(due_at=now + LEASE):
        return
    firing = Firing.objects.select_related("trigger__owner").get(pk=firing_id)
    held = _held_until(firing.trigger, now)
    if held is not None:
        Firing.objects.filter(pk=firing_id).update(due_at=held[0], message=held[1])
        return
    try:
        run_id = start_run(firing)
    except Unavailable as error:
        _try_again(firing, now, error.message)
    except NothingToTell as error:
        told = {"state": Firing.State.IGNORED, "due_at": None, "ended_at": now, "message": error.message}
        Firing.objects.filter(pk=firing.pk).update(**told)
    except PortalError as error:
        ending.fail(firing, error.message, now)
    except Exception:  # it is one of many, and may be done again
        log.exception("firing %s of trigger %s met an error that nobody foresaw", firing.pk, firing.trigger_id)
        _try_again(firing, now, UNFORESEEN)
    else:
        _going(firing, run_id, now)


def _held_until(trigger: Trigger, now: datetime) -> tuple[datetime, str] | None:
    """Until when it has to wait, and why."""
    if trigger.most_at_once is not None:
        going = trigger.firings.filter(state=Firing.State.GOING).count()
        if going >= trigger.most_at_once:  # the end of one of them rings before
            return now + LATER, f"{going} runs go on; more have to wait."
    if trigger.most_per_hour is not None:
        begun = trigger.firings.filter(begun_at__gt=now - HOUR).order_by("-begun_at").values_list("begun_at", flat=True)
        oldest = begun[trigger.most_per_hour - 1 : trigger.most_per_hour].first()
        if oldest is not None:
            return oldest + HOUR, f"{trigger.most_per_hour} runs were started within an hour; more have to wait."
    return None


def _try_again(firing: Firing, now: datetime, why: str) -> None:
    firing.tries += 1
    if firing.tries >= MOST_TRIES:
        ending.fail(firing, why, now)
        return
    due_at = now + min(SOON * 2 ** (firing.tries - 1), LATER)
    Firing.objects.filter(pk=firing.pk).update(tries=firing.tries, due_at=due_at, message=why)


@transaction.atomic
def _going(firing: Firing, run_id: UUID, now: datetime) -> None:
    due = Firing.objects.filter(pk=firing.pk, state=Firing.State.DUE)
    if due.update(state=Firing.State.GOING, run_id=run_id, begun_at=now, due_at=now + ending.LOOK_AFTER, message=""):
        Trigger.objects.filter(pk=firing.trigger_id).update(fired=F("fired") + 1, last_fired_at=now)
