"""Runs: found, looked at, changed, forgotten."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from uuid import UUID

from django.db import transaction

from apps.access import services as access
from apps.access.services import Actor, Roles
from apps.accounts.models import User
from apps.common.errors import Invalid
from apps.flows.errors import NoSuchRun, StateConflict
from apps.flows.models import LogEntry, Run
from apps.flows.services.access import may_run, require_run


@dataclass(frozen=True, slots=True, kw_only=True)
class RunChanges:
    """What is said of a run; None is not said. ``notify_on`` are statuses at which its owner is written to."""

    label: str | None = None
    tags: Sequence[str] | None = None
    notify_on: Sequence[str] | None = None
    roles: Roles = field(default_factory=dict)

    def require_right(self) -> None:
        """
        Raises:
            Invalid: the label or the tags are too long, or too many.
        """
        if self.label is not None and len(self.label) > Run.LONGEST_LABEL:
            raise Invalid(f"A label has at most {Run.LONGEST_LABEL} signs.", place="label")
        tags = self.tags or ()
        if len(tags) > Run.MOST_TAGS or any(len(tag) > Run.LONGEST_TAG for tag in tags):
            raise Invalid(f"A run has at most {Run.MOST_TAGS} tags of {Run.LONGEST_TAG} signs.", place="tags")


def get_run(run_id: UUID, *, actor: Actor) -> Run:
    """
    Raises:
        NoSuchRun: there is none, or the actor may not see it.
    """
    run = Run.objects.select_related("flow", "version", "owner").filter(pk=run_id).first()
    if run is None or not may_run(actor, "monitor", run):
        raise NoSuchRun
    return run


def change_run(*, run: Run, actor: User, told: RunChanges) -> Run:
    """Change its label, its tags and who may see and steer it. For managers."""
    require_run(actor, "manager", run)
    told.require_right()
    with transaction.atomic():
        held = Run.objects.select_for_update(of=("self",)).get(pk=run.pk)
        held.label = held.label if told.label is None else told.label
        held.tags = held.tags if told.tags is None else list(told.tags)
        held.save(update_fields=["label", "tags"])
        access.give_roles(run.resource, told.roles, actor)
    run.label, run.tags = held.label, held.tags
    return run


def delete_run(*, run: Run, actor: User) -> Run:
    """Forget a run that is over, with its log. For managers."""
    require_run(actor, "manager", run)
    if not run.is_over:
        raise StateConflict("The run is not over yet. Cancel it first.")
    with transaction.atomic():
        access.withdraw_all(run.resource, actor=actor)
        Run.objects.filter(pk=run.pk).delete()
    return run


def log_of(run: Run, *, after: int = 0, most: int = 100, newest_first: bool = False) -> list[LogEntry]:
    """``most`` lines behind the one with this number, in the order that is asked for."""
    lines = run.log.all()
    if newest_first:
        return list((lines.filter(number__lt=after) if after else lines).order_by("-number")[:most])
    return list(lines.filter(number__gt=after)[:most])
