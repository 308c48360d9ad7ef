"""What publishing does when something has happened in the apps below it."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.db.models.signals import post_save
from django.dispatch import receiver
from django.utils import timezone

from apps.flows import models as flow_models
from apps.flows import signals as flows
from apps.publish import tasks
from apps.publish.engine import undoing
from apps.publish.models import Event, Version
from apps.publish.services import notices


@receiver(flows.run_ended)
def undo_what_is_left(run: flow_models.Run, **_more: Any) -> None:  # what a newer sender says besides
    """A run that ended without publishing, because it was canceled or failed in a way of its own, leaves nothing."""
    version = Version.objects.filter(run_id=run.pk, state=Version.State.COMING).first()
    if version is not None:
        cause = run.error_cause or "Its run was canceled, or ended before it was published."
        undoing.begin(version, cause=cause, now=timezone.now())
        tasks.ring(version.submission_id)


@receiver(post_save, sender=Event)
def write_mails(instance: Event, *, created: bool, raw: bool, **_more: Any) -> None:  # what Django says besides
    """When what happened is kept: each change of a submission's state writes a line of its history. One that is put
    back from a copy was told of long ago."""
    if created and not raw:
        transaction.on_commit(lambda: notices.tell_of(instance))
