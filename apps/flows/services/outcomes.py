"""What became of a run, for whoever had it started."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from apps.flows.models import Run


@dataclass(frozen=True, slots=True)
class Outcome:
    """``why`` it has not succeeded."""

    has_succeeded: bool
    why: str = ""


def outcome_of(run_id: UUID) -> Outcome | None:
    """None: it goes on."""
    run = Run.objects.filter(pk=run_id).first()
    if run is None:
        return Outcome(has_succeeded=False, why="The run was deleted.")
    return Outcome(run.status == Run.Status.SUCCEEDED, run.error_cause) if run.is_over else None
