"""Celery's way in. A message is a doorbell: it says that a run or an action wants to be looked at, and may be lost,
late or doubled."""

from __future__ import annotations

import logging
import uuid
from datetime import datetime, timedelta
from typing import Any

from celery import Task as CeleryTask
from celery import shared_task
from django.conf import settings
from django.db import transaction
from django.utils import timezone
from kombu.exceptions import OperationalError

from apps.flows import computing, engine, signals
from apps.flows.engine import alone, forgetting
from apps.flows.models import Action, Run

SOON_S = 5
"""Who is due this soon is rung for with a delay; later ones are the sweeper's."""
JOBS_RING_S = 10
OLD_NEWS = timedelta(seconds=30)
"""Who made the news tells them. If that was not done so long after, they died before."""
log = logging.getLogger(__name__)


@shared_task
def advance(*, run_id: str, **_later: Any) -> None:  # what a newer release may add to a message
    _done(engine.advance(uuid.UUID(run_id), timezone.now, ring_action))


@shared_task
def perform(*, action_id: str, **_later: Any) -> None:
    perform_here(uuid.UUID(action_id))


@shared_task
def sweep(**_later: Any) -> None:
    """Ring for what is due and was not looked at, and tell what was not told of runs."""
    alone.cancel_overdue(timezone.now())
    due = engine.due(timezone.now())
    for run_id in due.runs:
        ring_run(run_id)
    for action in due.actions:
        ring_action(action)
    for run in Run.objects.filter(news_at__lte=timezone.now() - OLD_NEWS)[: engine.MOST_AT_ONCE]:
        tell_news(run)


@shared_task
def work_jobs(*, queue: str, **_later: Any) -> None:
    computing.work(queue, clock=timezone.now)


@shared_task
def sweep_jobs(**_later: Any) -> None:
    """Ring once for each job that nobody runs: a doorbell may have been lost, or a worker."""
    for queue, count in computing.waiting(timezone.now(), settings.COMPUTE_AT_ONCE).items():
        for _ in range(count):
            ring_jobs(queue)


def ring_jobs(queue: str) -> None:
    """Say, once the database has them, that functions wait to be run. Workers that are busy go on by themselves, so
    that an old message says nothing to them."""
    transaction.on_commit(lambda: _say(work_jobs, {"queue": queue}, queue=queue, expires=JOBS_RING_S))


@shared_task
def forget_actions(**_later: Any) -> None:
    """Forget actions that belong to no run and have been kept long enough."""
    while alone.forget(timezone.now()) == alone.MOST_AT_ONCE:
        pass


@shared_task
def forget_runs(**_later: Any) -> None:
    """Forget runs that ended long ago; without the setting none ever is."""
    kept = timedelta(days=settings.RUNS_KEPT_DAYS)
    while kept and forgetting.forget_runs(timezone.now(), kept=kept) == forgetting.MOST_AT_ONCE:
        pass


def perform_here(action_id: uuid.UUID) -> None:
    """What ``perform`` does, in this process, for somebody who waits for it."""
    _done(engine.perform(action_id, timezone.now, ring_action))


def _done(turned: engine.Turned) -> None:
    if turned.later is not None and turned.later.due_at is not None:
        _say_soon(perform, {"action_id": str(turned.later.pk)}, turned.later.due_at)
    if turned.run_id is None:
        return
    if turned.has_news:
        tell_news(Run.objects.get(pk=turned.run_id))
    elif turned.due_at is not None:
        _say_soon(advance, {"run_id": str(turned.run_id)}, turned.due_at)


def tell_news(run: Run) -> None:
    """Announce that it is over, or waits for its owner; at least once."""
    if run.is_over:
        signals.run_ended.send(sender=Run, run=run)
    elif run.status == Run.Status.INACTIVE:
        signals.run_rests.send(sender=Run, run=run)
    Run.objects.filter(pk=run.pk, news_at=run.news_at).update(news_at=None)


def _say_soon(task: CeleryTask, what: dict[str, str], due_at: datetime) -> None:
    """Ring when it is due, if that is soon: the sweeper is too slow for it, and finds what is lost in between."""
    delay_s = (due_at - timezone.now()).total_seconds()
    if delay_s <= SOON_S:
        _say(task, what, countdown=max(delay_s, 0))


def ring_run(run_id: uuid.UUID) -> None:
    """Say, once the database has it, that a run can go on."""
    transaction.on_commit(lambda: _say(advance, {"run_id": str(run_id)}))


def ring_action(action: Action) -> None:
    """Say, once the database has it, that an action is due; to the workers of its queue."""
    queue = {"queue": action.queue} if action.queue else {}
    transaction.on_commit(lambda: _say(perform, {"action_id": str(action.pk)}, **queue))


def _say(task: CeleryTask, what: dict[str, str], **how: Any) -> None:
    """A broker that is away is no error: the sweeper comes."""
    try:
        task.apply_async(kwargs=what, retry=False, **how)
    except (OperationalError, OSError) as error:
        log.warning("the broker is away, the sweeper will see to %s: %s", what, error)
