"""A worker's work: job after job, until none waits in its queue."""

from __future__ import annotations

import logging

from apps.flows.computing.running import Outcome, outcome_of
from apps.flows.computing.turns import Clock, Turn, TurnLost, take
from apps.flows.errors import UNFORESEEN
from apps.flows.models import Job
from apps.flows.signals import job_ended

log = logging.getLogger(__name__)


def work(queue: str, *, clock: Clock) -> None:
    while (turn := take(queue, clock())) is not None:
        serve(turn, clock)


def serve(turn: Turn, clock: Clock) -> None:
    """Run a job to its end, and write down what became of it, if it is still ours."""
    job = Job.objects.select_related("function", "action").get(pk=turn.job_id)
    try:
        with turn.beating(clock):
            outcome = outcome_of(job, turn)
    except TurnLost:
        log.warning("another worker took over job %s", job.pk)
        return
    except Exception:
        log.exception("job %s met an error that nobody foresaw", job.pk)
        outcome = Outcome(Job.Status.FAILED, error=UNFORESEEN, error_code="error")
    if _end(turn, outcome, job.function.version, clock):
        job_ended.send_robust(sender=Job, job=job)


def _end(turn: Turn, outcome: Outcome, version: int, clock: Clock) -> bool:
    return bool(
        turn.held.update(
            status=outcome.status,
            output=outcome.output,
            error=_kept(outcome.error),
            error_code=outcome.error_code,
            said=_kept(outcome.said),
            version=version,
            ended_at=clock(),
            lease="",
            lease_until=None,
        )
    )


def _kept(text: str) -> str:
    """Without the signs that databases refuse."""
    return text.replace("\0", "").encode(errors="replace").decode()
