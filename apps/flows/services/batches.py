"""Many runs are changed at once: all of them, or none."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from django.db import transaction

from apps.access import services as access
from apps.accounts.models import User
from apps.flows.models import Run
from apps.flows.services.runs import RunChanges, change_run, get_run
from apps.flows.services.steering import cancel_run


@dataclass(frozen=True, slots=True)
class Listed:
    """Tags, and principals by role; None is not said."""

    tags: Sequence[str] | None = None
    roles: Mapping[str, Sequence[str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class BatchChanges:
    """What ``set`` names is as it says, before ``add`` and ``remove`` change it."""

    set: Listed = Listed()
    add: Listed = Listed()
    remove: Listed = Listed()
    is_cancel: bool = False


def change_runs(*, run_ids: Sequence[UUID], actor: User, told: BatchChanges) -> list[Run]:
    """Change tags and people of runs, and cancel those that are not over. For managers of each.

    Raises:
        NoSuchRun, NotAllowed: one of them is not to be seen, or not to be changed; then none is.
        Invalid: one would have too many tags.
    """
    with transaction.atomic():
        return [_changed(get_run(run_id, actor=actor), actor, told) for run_id in dict.fromkeys(run_ids)]


def _changed(run: Run, actor: User, told: BatchChanges) -> Run:
    held = access.principals_with(run.resource)
    changed = change_run(run=run, actor=actor, told=_changes(run, held, told))
    return cancel_run(run=changed, actor=actor) if told.is_cancel and not run.is_over else changed


def _changes(run: Run, held: Mapping[str, Sequence[str]], told: BatchChanges) -> RunChanges:
    named = {*told.set.roles, *told.add.roles, *told.remove.roles}
    return RunChanges(
        tags=_mixed(run.tags, told.set.tags, told.add.tags, told.remove.tags),
        roles={
            role: _mixed(held.get(role, ()), *(part.roles.get(role) for part in (told.set, told.add, told.remove)))
            for role in named
        },
    )


def _mixed(
    held: Iterable[str], all: Sequence[str] | None, more: Sequence[str] | None, less: Sequence[str] | None
) -> list[str]:
    found = dict.fromkeys([*(held if all is None else all), *(more or ())])
    return [one for one in found if one not in (less or ())]
