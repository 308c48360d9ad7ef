"""Actions: taken by one process at a time, begun, asked how they go, canceled.

Whoever takes an action holds a lease on it and asks its provider outside of any transaction. What the provider says is
written by whoever still has the lease, together with the turn of the run that waits for it.
"""

from __future__ import annotations

import logging
import uuid
from collections.abc import Callable, Iterable
from datetime import datetime

from django.db import transaction
from django.db.models import Case, DateTimeField, F, Q, QuerySet, Value, When

from apps.common.beats import beating
from apps.common.errors import PortalError
from apps.common.writing import Overtaken, Writes
from apps.flows.actions import provider_of
from apps.flows.engine.asking import LEASE
from apps.flows.engine.bodies import require_valid
from apps.flows.engine.settling import Answer, Asked, changes_by
from apps.flows.engine.turns import NOTHING, Turn, Turned, hold
from apps.flows.models import Action, Run
from apps.flows.types import Order, Origin, Progress, Status

Clock = Callable[[], datetime]
BEAT_S = 4.0
log = logging.getLogger(__name__)


def free(now: datetime) -> QuerySet[Action]:
    """Those that are due and in nobody's hands."""
    unheld = Q(lease="") | Q(lease_until__lt=now)
    return Action.objects.filter(unheld, completed_at=None, due_at__lte=now)


def take(action_id: uuid.UUID, now: datetime) -> Action | None:
    """The action, now in our hands; None if it is another's, or not due."""
    holder = uuid.uuid4().hex
    taken = free(now).filter(pk=action_id)
    if not taken.update(lease=holder, lease_until=now + LEASE, attempts=F("attempts") + 1):
        return None
    return Action.objects.select_related("run__flow", "user").get(pk=action_id)


def perform(action: Action, clock: Clock) -> Turned:
    """Do what is to be done now for an action that is in our hands; and make the turn of its run that follows."""
    holder = action.lease

    def beat() -> None:
        _held(action, holder).update(lease_until=clock() + LEASE)

    with beating(beat, every_s=BEAT_S, what=f"action {action.pk}"):
        answer = _ask(action, clock())
    return _settle(action, answer, clock())


def _held(action: Action, holder: str) -> QuerySet[Action]:
    return Action.objects.filter(pk=action.pk, lease=holder, completed_at=None)


def _ask(action: Action, now: datetime) -> Answer:
    asked = _what_to_ask(action)
    try:
        return Answer(asked, _asked(asked, action, now))
    except PortalError as error:
        return Answer(asked, error)
    except Exception as error:
        log.exception("action %s of %s met an error that nobody foresaw", action.pk, action.provider or action.url)
        return Answer(asked, error)


def _what_to_ask(action: Action) -> Asked:
    if action.cancel_at is not None and not action.is_cancel_told:
        return Asked.CANCEL
    return Asked.LOOK if action.is_begun else Asked.BEGIN


def _asked(asked: Asked, action: Action, now: datetime) -> Progress:
    provider = provider_of(action.provider)
    order = order_of(action, now)
    match asked:
        case Asked.LOOK:
            return provider.look(order)
        case Asked.CANCEL:
            return provider.cancel(order) if action.is_begun else Progress.failed("It was canceled before it began.")
    require_valid(provider, order.body)
    return provider.begin(order)


def order_of(action: Action, now: datetime) -> Order:
    """What its provider is told of an action."""
    return Order(
        id=str(action.pk),
        request_id=action.request_id,
        body=action.body,
        actor=action.user,
        creator=action.creator,
        now=now,
        attempt=action.attempts,
        memo=action.memo,
        label=action.label,
        url=action.url,
        scope=action.scope,
        monitor_by=tuple(action.monitor_by),
        manage_by=tuple(action.manage_by),
        origin=_origin_of(action),
    )


def _origin_of(action: Action) -> Origin | None:
    run = action.run
    if run is None:
        return None
    return Origin(
        run_id=str(run.pk),
        flow_id=str(run.flow_id),
        flow_title=run.flow_title,
        state_name=action.state_name,
        depth=run.depth,
    )


def _settle(action: Action, answer: Answer, now: datetime) -> Turned:
    """In one transaction with the turn that follows. The run's row is held first, as turns do."""
    holder, was_due_at = action.lease, action.due_at
    changes = changes_by(action, answer, now)
    for name, value in changes.items():
        setattr(action, name, value)
    try:
        with transaction.atomic():
            run = None if action.run_id is None else hold(action.run_id)
            if action.is_over:
                return _end(action, changes, holder, run, now)
            due_at = _unless_called(was_due_at, action.due_at)
            if not _held(action, holder).update(**{**changes, "due_at": due_at}):
                return NOTHING
            return _wait(action, run, now)
    except Overtaken:
        return NOTHING  # Another has it: what was found out here they find out again.


def _end(action: Action, changes: Iterable[str], holder: str, run: Run | None, now: datetime) -> Turned:
    """Write it down, and make the turn of the run that waited for it."""
    writes = Writes()
    writes.update(action, changes, lease=holder)
    if run is None or run.is_over or action.branch_id is None:
        writes.send()
        return NOTHING
    turn = Turn(run, now, uuid.uuid4().hex, writes)
    if run.halt is not None:
        writes.send()
        if not run.actions.filter(status=Status.INACTIVE, completed_at=None).exists():
            run.halt = None  # What it waited for was done elsewhere.
    turn.rows.ended = action
    turn.rows.wake(action.branch_id, action.visit)
    return turn.take()


def _wait(action: Action, run: Run | None, now: datetime) -> Turned:
    """It is to be looked at again; or it waits for its person, and the run with it."""
    if action.status != Status.INACTIVE:
        action.refresh_from_db(fields=["due_at"])
        return Turned(later=action)
    if run is None or run.is_over or action.branch_id is None:
        return NOTHING
    turn = Turn(run, now, uuid.uuid4().hex)
    run.halt = {"state_name": action.state_name, **(action.details if isinstance(action.details, dict) else {})}
    return turn.take()


def _unless_called(was_due_at: datetime | None, due_at: datetime | None) -> Case:
    """When it is due: if it was announced, or was to be canceled, while it was in hand, that is not put off."""
    later = Value(due_at, output_field=DateTimeField())
    return Case(When(due_at=was_due_at, then=later), default=F("due_at"))
