"""Many runs that wait, made of one, and what they cost."""

from __future__ import annotations

import uuid
from datetime import timedelta
from typing import TYPE_CHECKING

from django.utils import timezone

from apps.flows.engine.settling import SELDOMEST
from apps.flows.models import Action, Branch, Run
from tests.bench.flows import definitions
from tests.bench.flows.workers import share_of

if TYPE_CHECKING:
    from tests.bench.flows.measured import Bench

AT_ONCE = 200


def costs(bench: Bench, pids: list[int], *, count: int, seconds: float) -> dict[str, float]:
    """In percent of a core, above the workers' own: for a time, and for an action whose end is announced."""
    quiet = share_of(pids, seconds)
    run = bench.start(bench.flow(definitions.waiting()))
    while not Branch.objects.filter(run=run, stage=Branch.Stage.SLEEP).exists():
        pass
    _many(run, count)
    for_a_time = share_of(pids, seconds) - quiet
    _await(count)
    return {"count": count, "quiet": quiet, "time": for_a_time, "action": share_of(pids, 3 * seconds) - quiet}


def _many(run: Run, count: int) -> None:
    """The same run, so many times."""
    run.refresh_from_db()
    branch = run.branches.get()
    for start in range(0, count, AT_ONCE):
        runs = [_copy(run, pk=uuid.uuid4()) for _ in range(min(AT_ONCE, count - start))]
        Run.objects.bulk_create(runs)
        Branch.objects.bulk_create([_copy(branch, pk=None, run_id=one.pk) for one in runs])


def _await(count: int) -> None:
    """Each waits for an action instead, for so long that it is asked for as seldom as ever."""
    now = timezone.now()
    branches = list(Branch.objects.filter(stage=Branch.Stage.SLEEP).select_related("run")[:count])
    Branch.objects.filter(pk__in=[one.pk for one in branches]).update(stage=Branch.Stage.ACT)
    made = [
        Action(
            provider="hello_world",
            run=branch.run,
            branch=branch,
            creator=branch.run.owner_urn,
            user=branch.run.owner,
            request_id=str(uuid.uuid4()),
            body={},
            awaits=f"transfer:{number}",
            memo={"wakes_at": (now + timedelta(days=300)).isoformat()},
            is_begun=True,
            looks=20,
            started_at=now,
            due_at=now + SELDOMEST * (number / count),
        )
        for number, branch in enumerate(branches)
    ]
    Action.objects.bulk_create(made, batch_size=AT_ONCE)


def _copy(row: Run | Branch, **changes: object) -> Run | Branch:
    fields = {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}
    return type(row)(**{**fields, "id": changes.pop("pk"), **changes})
