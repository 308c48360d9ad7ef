"""Firings begin: a run is started, in the name of the trigger's owner, unless there are too many of them."""

from __future__ import annotations

import logging
from datetime import datetime, timedelta

from django.db import transaction

from apps.common.errors import PortalError, Unavailable
from apps.flows.errors import UNFORESEEN
from apps.flows.forms import Start
from apps.triggers.actions import start_for, start_run
from apps.triggers.engine import ending
from apps.triggers.engine.holding import held
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
    if _has_to_wait(firing, now):
        return
    try:
        start = start_for(firing)
        with transaction.atomic():
            _start(firing, start, now)
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


def _start(firing: Firing, start: Start, now: datetime) -> None:
    """Of those that begin at once each sees the others: no limit is passed."""
    trigger, due = held(firing.trigger_id), Firing.objects.filter(pk=firing.pk, state=Firing.State.DUE)
    if trigger is None or trigger.state != Trigger.State.ACTIVE or not due.exists() or _has_to_wait(firing, now):
        return
    going = {"state": Firing.State.GOING, "begun_at": now, "due_at": now + ending.LOOK_AFTER, "message": ""}
    due.update(run_id=start_run(firing, start), **going)
    trigger.fired, trigger.last_fired_at = trigger.fired + 1, now
    trigger.save(update_fields=["fired", "last_fired_at"])


def _has_to_wait(firing: Firing, now: datetime) -> bool:
    """Then it is written down, while no run of the trigger ends: the end of one lets those alone that wait by then."""
    trigger = firing.trigger
    if trigger.most_at_once is None and trigger.most_per_hour is None:
        return False
    with transaction.atomic():
        held(trigger.pk)
        waits = _until(trigger, now)
        if waits is not None:
            Firing.objects.filter(pk=firing.pk).update(due_at=waits[0], message=waits[1])
    return waits is not None


def _until(trigger: Trigger, now: datetime) -> tuple[datetime, str] | None:
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
