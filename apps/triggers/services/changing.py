"""Triggers are made, changed, paused, begun and deleted by their owners."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from secrets import token_urlsafe
from typing import Any
from uuid import UUID

from django.db import transaction

from apps.accounts.models import User
from apps.common.errors import NotFound
from apps.common.vault import seal
from apps.flows import services as flows
from apps.search import services as search
from apps.storage import services as storage
from apps.triggers import paths, webhooks
from apps.triggers.engine.holding import held
from apps.triggers.errors import InvalidTrigger, IsAnother, NoSuchTrigger
from apps.triggers.models import Trigger
from apps.triggers.searches import question
from apps.triggers.types import Files, Records, RunEnd, Watched


@dataclass(frozen=True, slots=True)
class Told:
    """What a trigger is. ``body`` is the template of what the flow is started with: ``{"body": {"folder.$":
    "$.folder"}, "label.=": "'Chip ' + groups.chip"}``; what it sees is told in ``apps.triggers.facts``."""

    name: str
    watched: Watched
    flow_id: UUID
    body: Mapping[str, Any]
    most_per_hour: int | None = None
    most_at_once: int | None = None
    most_failures: int = 5


def create_trigger(*, actor: User, told: Told, now: datetime) -> Trigger:
    """A trigger that rests until it is begun, so that it can be tried before.

    Raises:
        InvalidTrigger: it could never start anything.
        PortalError: the actor may not start the flow, or not read the folder.
    """
    _require(actor, told)
    trigger = Trigger(owner=actor, made_at=now)
    _tell(trigger, told)
    trigger.save(force_insert=True)
    return trigger


def change_trigger(*, trigger: Trigger, told: Told, now: datetime) -> Trigger:
    """What it saw and started stays. A trigger of another folder begins anew there.

    Raises:
        InvalidTrigger, PortalError: as ``create_trigger``.
    """
    _require(trigger.owner, told)
    with transaction.atomic():
        locked = _locked(trigger)
        before = locked.watched
        _tell(locked, told)
        if told.watched != before:
            locked.revision += 1
        if _place(told.watched) != _place(before):
            locked.active_since, locked.mark = (now if locked.active_since else None), {}
        locked.save()
    return locked


def begin_trigger(*, trigger: Trigger, now: datetime) -> Trigger:
    """It starts what happens from now on; if it rested, what happened meanwhile too."""
    with transaction.atomic():
        locked = _locked(trigger)
        if locked.state == Trigger.State.PAUSED:
            locked.state, locked.inactive, locked.failures = Trigger.State.ACTIVE, None, 0
            locked.active_since = locked.active_since or now
            locked.trouble = ""
            locked.save()
    return locked


def new_secret(*, trigger: Trigger) -> str:
    """What a webhook is signed with, or the key of a standing search's feed: told once, and from now on the only one.

    Raises:
        IsAnother: the trigger needs none.
    """
    if trigger.kind not in {Trigger.Kind.WEBHOOK, Trigger.Kind.RECORDS}:
        raise IsAnother
    secret = webhooks.new_secret() if trigger.kind == Trigger.Kind.WEBHOOK else token_urlsafe(32)
    Trigger.objects.filter(pk=trigger.pk).update(sealed_secret=seal(secret))
    return secret


def pause_trigger(*, trigger: Trigger) -> Trigger:
    """It starts nothing, and keeps its place: what happens meanwhile waits. Runs that it started go on."""
    with transaction.atomic():
        locked = _locked(trigger)
        locked.state, locked.inactive = Trigger.State.PAUSED, None
        locked.save(update_fields=["state", "inactive"])
    return locked


@transaction.atomic
def delete_trigger(*, trigger: Trigger) -> None:
    """With all that it remembers. Runs that it started go on."""
    _locked(trigger).delete()


def _require(owner: User, told: Told) -> None:
    flow = flows.get_flow(told.flow_id, actor=owner)
    flows.require_flow(owner, "starter", flow)
    match told.watched:
        case Files() as files:
            paths.require(files)
            collection = storage.get_collection(files.collection_id, actor=owner)
            storage.require(owner, "r", collection, files.path)
        case Records() as records:
            search.get_index(name=records.index, actor=owner)
            question(records)
        case RunEnd(flow_id) if flow_id is not None:
            _require_watched(flow_id, owner)


def _require_watched(flow_id: UUID, owner: User) -> None:
    try:
        flows.get_flow(flow_id, actor=owner)
    except NotFound as error:
        raise InvalidTrigger(error.message, place="flow_id") from error


def _tell(trigger: Trigger, told: Told) -> None:
    trigger.name, trigger.watched = told.name, told.watched
    trigger.flow_id, trigger.body = told.flow_id, dict(told.body)
    trigger.most_per_hour, trigger.most_at_once = told.most_per_hour, told.most_at_once
    trigger.most_failures = told.most_failures


def _place(watched: Watched) -> object:
    """Where it looks: what it remembers is of there."""
    return (watched.collection_id, watched.path) if isinstance(watched, Files) else type(watched)


def _locked(trigger: Trigger) -> Trigger:
    """
    Raises:
        NoSuchTrigger: it was deleted meanwhile.
    """
    found = held(trigger.pk)
    if found is None:
        raise NoSuchTrigger
    return found
