"""Triggers are told that something happened: by a message of their owner's, or a signed request of anybody's."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from apps.common import quick_json
from apps.common.errors import Invalid
from apps.common.vault import unseal
from apps.triggers import tasks, webhooks
from apps.triggers.engine import happen
from apps.triggers.errors import IsAnother, NotSigned
from apps.triggers.models import Firing, Trigger
from apps.triggers.types import Happening


def send_message(*, trigger: Trigger, message: Happening, now: datetime) -> tuple[Firing, bool]:
    """The firing, and whether it is new: a message is known by its id. While the trigger rests, it waits.

    Raises:
        IsAnother: the trigger waits for something else. TooManyWait.
    """
    if trigger.kind != Trigger.Kind.MESSAGE:
        raise IsAnother
    return _happened(trigger, message, now)


def receive_webhook(trigger_id: UUID, *, headers: Mapping[str, str], body: bytes, now: datetime) -> tuple[Firing, bool]:
    """As ``send_message``; ``headers`` by their names in small letters. What an unsigned request learns is the same
    whether there is such a trigger or not.

    Raises:
        NotSigned: with no secret of a trigger of this id, or too long ago.
        Invalid: the body is no JSON. TooManyWait.
    """
    trigger = Trigger.objects.filter(pk=trigger_id, kind=Trigger.Kind.WEBHOOK).exclude(sealed_secret="").first()
    if trigger is None:
        raise NotSigned
    key = webhooks.id_of(headers, body, unseal(trigger.sealed_secret), now)
    if key is None:
        raise NotSigned
    try:
        told = quick_json.loads(body.decode(), parse_constant=_no_json)
    except (ValueError, RecursionError):
        raise Invalid("The body of a webhook has to be JSON in UTF-8.") from None
    return _happened(trigger, Happening(key, {"body": told}), now)


def _no_json(word: str) -> None:
    raise ValueError(word)


def _happened(trigger: Trigger, happening: Happening, now: datetime) -> tuple[Firing, bool]:
    firing, is_new = happen(trigger, happening, now)
    if is_new and trigger.state == Trigger.State.ACTIVE:
        tasks.ring([firing.pk])
    return firing, is_new
