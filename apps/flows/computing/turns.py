"""Whose turn a job is."""

from __future__ import annotations

import socket
import uuid
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import F, Q, QuerySet

from apps.common.beats import beating
from apps.common.errors import PortalError
from apps.flows.models import Job

Clock = Callable[[], datetime]
LOOKED_AT = 50
FIRST_SECONDS = 5
LONG = timedelta(seconds=30)
Status = Job.Status


class TurnLost(PortalError):
    """Another worker has the job now. Nothing more is written for it here."""

    code = "flows.turn_lost"


@dataclass(frozen=True)
class Turn:
    """The right to run a job, for a while."""

    SPAN = timedelta(seconds=15)
    BEAT_S = 4.0

    job_id: uuid.UUID
    holder: str

    @property
    def held(self) -> QuerySet[Job]:
        """The job, as long as it is ours: what is updated through this is never another's."""
        return Job.objects.filter(pk=self.job_id, lease=self.holder, ended_at=None)

    def beating(self, clock: Clock) -> AbstractContextManager[None]:
        """Keep it, however long it runs."""

        def extend() -> int:
            return self.held.update(lease_until=clock() + self.SPAN)

        return beating(extend, every_s=self.BEAT_S, what=f"job {self.job_id}")


def free(now: datetime) -> QuerySet[Job]:
    """Those that wait, or whose worker died."""
    return Job.objects.filter(Q(lease="") | Q(lease_until__lt=now), ended_at=None)


def take(queue: str, now: datetime) -> Turn | None:
    """The next job of a queue, if there is any. Of several who ask at once each gets another."""
    for job_id in free(now).filter(queue=queue).values_list("pk", flat=True)[:LOOKED_AT]:
        turn = Turn(job_id, uuid.uuid4().hex)
        taken = {"lease": turn.holder, "lease_until": now + turn.SPAN, "status": Status.RUNNING, "begun_at": now}
        if free(now).filter(pk=job_id).update(**taken, worker=socket.gethostname()[:100], attempts=F("attempts") + 1):
            return turn
    return None


def waiting(now: datetime, most: int) -> dict[str, int]:
    """How many jobs are to be rung for now, by queue; no more than ``most`` of each are counted.

    Those that have waited for long wait for workers which are busy, or for none: they are counted in the first seconds
    of each minute only, so that messages to workers that do not exist do not pile up.
    """
    found = free(now)
    if now.second >= FIRST_SECONDS:
        found = found.exclude(lease="", asked_at__lt=now - LONG)
    queues = found.order_by("queue").values_list("queue", flat=True).distinct()
    return {queue: len(found.filter(queue=queue).values_list("pk")[:most]) for queue in queues}
