"""Runs are steered: canceled, paused, resumed, driven again."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from apps.accounts import services as accounts
from apps.accounts.models import User
from apps.flows.engine import redriving
from apps.flows.errors import StateConflict
from apps.flows.models import Action, Run, Version
from apps.flows.services.access import require_run
from apps.flows.tasks import ring_action, ring_run

Wanted = Run.Wanted


def cancel_run(*, run: Run, actor: User) -> Run:
    """End it: its actions are canceled, and nothing goes on. Asked for again it changes nothing."""
    held = _steer(run, actor, Wanted.CANCEL)
    Run.objects.filter(pk=held.pk, cancel_at=None).update(cancel_at=timezone.now())
    return held


def pause_run(*, run: Run, actor: User) -> Run:
    """Let it rest: actions under way go on, and nothing new begins until it is resumed."""
    return _steer(run, actor, Wanted.PAUSE)


def resume_run(*, run: Run, actor: User) -> Run:
    """Let it go on, after a pause, or when what it was halted for is mended.

    Its owner lets flows use what it lacked the consent for.
    """
    now = timezone.now()
    with transaction.atomic():
        if run.halt and actor.pk == run.owner_id:
            accounts.let_flows_use(user=actor, scopes=run.halt.get("required_scopes", ()), now=now)
        held = _steer(run, actor, Wanted.RUN)
        waiting = Action.objects.filter(run=run, status=Action.Status.INACTIVE, completed_at=None)
        waiting.update(due_at=now, heard_at=now)
        for action in waiting:
            ring_action(action)
    return held


def _steer(run: Run, actor: User, wanted: str) -> Run:
    require_run(actor, "manager", run)
    with transaction.atomic():
        held = Run.objects.select_for_update(of=("self",)).get(pk=run.pk)
        if held.is_over:
            raise StateConflict(f"The run is over ({held.status}).")
        if held.wanted == Wanted.CANCEL and wanted != Wanted.CANCEL:
            raise StateConflict("The run is being canceled.")
        held.wanted, held.halt, held.due_at = wanted, None, timezone.now()
        held.save(update_fields=["wanted", "halt", "due_at"])
        ring_run(held.pk)
    return held


def redrive_run(*, run: Run, actor: User, version: Version | None = None) -> Run:
    """Go on from where a run failed, by the same or by another version of its flow. What was done stays done.

    Raises:
        StateConflict: it did not fail, or the version does not know the states where it stands.
    """
    require_run(actor, "manager", run)
    with transaction.atomic():
        held = Run.objects.select_for_update(of=("self",)).select_related("version", "flow").get(pk=run.pk)
        redriving.redrive(held, version or held.version, timezone.now())
        ring_run(held.pk)
    return held
