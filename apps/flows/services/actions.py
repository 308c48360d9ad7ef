"""Actions of providers, asked for by somebody over the action-provider protocol instead of by a run."""

from __future__ import annotations

import hashlib
import json
import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from apps.access import services as access
from apps.access.services import Actor
from apps.accounts.models import User
from apps.common.errors import NotAllowed
from apps.flows import engine, tasks
from apps.flows.actions import Provider
from apps.flows.engine import alone
from apps.flows.errors import ActionConflict, NoSuchAction
from apps.flows.models import Action

MOST_LISTED = 1000
MANAGER, MONITOR = "manager", "monitor"
KEPT = timedelta(days=30)


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionRequest:
    """What somebody asks of a provider. Asked for again by the same ``request_id`` it is the same action.

    ``monitor_by`` and ``manage_by`` are principals. What ended is forgotten after ``release_after``; what has not
    ended by its ``deadline`` is canceled.
    """

    request_id: str
    body: Any
    label: str = ""
    monitor_by: Sequence[str] = ()
    manage_by: Sequence[str] = ()
    release_after: timedelta = KEPT
    deadline: datetime | None = None


def begin_action(*, provider: Provider, actor: User, asked: ActionRequest) -> tuple[Action, bool]:
    """The action, and whether it is new. One that is done at once has ended by then.

    Raises:
        Invalid: the body is not what the provider takes.
        ActionConflict: another body was sent under this request id.
    """
    engine.require_valid(provider, asked.body)
    action = _new(provider, actor, asked)
    try:
        with transaction.atomic():
            action.save(force_insert=True)
            if asked.manage_by or asked.monitor_by:
                access.give_roles(action.resource, {MANAGER: asked.manage_by, MONITOR: asked.monitor_by}, actor)
    except IntegrityError:
        earlier = Action.objects.filter(creator=action.creator, request_id=action.request_id).first()
        if earlier is None:
            raise
        if earlier.body_digest != action.body_digest:
            raise ActionConflict("Another body was sent under this request id. Choose a new one.") from None
        return earlier, False
    _perform(action)
    return action, True


def _new(provider: Provider, actor: User, asked: ActionRequest) -> Action:
    now = timezone.now()
    return Action(
        provider=provider.name,
        queue=provider.queue,
        creator=access.principal_of(actor),
        user=actor,
        # The ids of others may be of any length; providers take UUIDs.
        request_id=str(uuid.uuid5(uuid.NAMESPACE_URL, f"{provider.name} {asked.request_id}")),
        body=asked.body,
        body_digest=hashlib.sha256(json.dumps(asked.body, sort_keys=True).encode()).hexdigest(),
        label=asked.label,
        monitor_by=list(asked.monitor_by),
        manage_by=list(asked.manage_by),
        release_after_s=int(asked.release_after.total_seconds()),
        timeout_at=asked.deadline,
        started_at=now,
        due_at=now,
    )


def get_action(action_id: uuid.UUID, *, provider: Provider, actor: Actor) -> Action:
    """
    Raises:
        NoSuchAction: the provider has none, or the actor may not see it.
    """
    action = alone.alone().select_related("user").filter(pk=action_id, provider=provider.name).first()
    if action is None or not _may(actor, MONITOR, action):
        raise NoSuchAction
    return action


def find_actions(
    *, provider: Provider, actor: User, roles: Iterable[str], statuses: Iterable[str], is_creator: bool
) -> list[Action]:
    """Those of these statuses that the actor made (``is_creator``), or has one of these roles on, the newest first."""
    several = alone.alone().filter(provider=provider.name, status__in=list(statuses))
    found = several.filter(pk__in=list(access.resources_with_role(actor, Action.KIND, roles)))
    if is_creator:
        found |= several.filter(creator__in=list(access.principals_of(actor)))
    return list(found[:MOST_LISTED])


def cancel_action(*, action: Action, actor: Actor) -> Action:
    """Stop it. It may take a moment, and some cannot be stopped: its status tells.

    Raises:
        ActionConflict: it is over.
    """
    _require_manager(action, actor)
    now = timezone.now()
    if not Action.objects.filter(pk=action.pk, completed_at=None).update(cancel_at=now, due_at=now):
        raise ActionConflict("The action is over, and cannot be canceled any more.")
    return _perform(action)


def resume_action(*, action: Action, actor: Actor) -> Action:
    """Look whether what it waits for has been done. One that is under way goes on as it does.

    Raises:
        ActionConflict: it is over.
    """
    _require_manager(action, actor)
    if action.is_over:
        raise ActionConflict("The action is over. Begin a new one.")
    if action.status != Action.Status.INACTIVE:
        return action
    Action.objects.filter(pk=action.pk, completed_at=None).update(due_at=timezone.now())
    return _perform(action)


def release_action(*, action: Action, actor: Actor) -> Action:
    """Forget it; what it was is told this last time.

    Raises:
        ActionConflict: it is not over.
    """
    _require_manager(action, actor)
    if not action.is_over:
        raise ActionConflict("The action is not over. Cancel it first, or wait for its end.")
    with transaction.atomic():
        alone.release(Action.objects.get(pk=action.pk))
    return action


def _perform(action: Action) -> Action:
    """Here and now, unless that is for other workers, or another has it in hand."""
    if action.queue:
        tasks.ring_action(action)
    else:
        tasks.perform_here(action.pk)
    action.refresh_from_db()
    return action


def _require_manager(action: Action, actor: Actor) -> None:
    if not _may(actor, MANAGER, action):
        raise NotAllowed("You may see this action and not steer it. Ask who began it to let you manage it.")


def _may(actor: Actor, role: str, action: Action) -> bool:
    return action.creator in access.principals_of(actor) or access.may(actor, role, action.resource)
