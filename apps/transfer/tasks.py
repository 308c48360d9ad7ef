"""Celery's way in. A message is a doorbell without a name on it: some task may be due."""

from __future__ import annotations

import logging
from typing import Any

from celery import shared_task
from django.db import transaction
from django.utils import timezone
from kombu.exceptions import OperationalError

from apps.transfer import mover

log = logging.getLogger(__name__)


@shared_task
def work(**_later: Any) -> None:  # what a newer release may add to a message
    mover.work(clock=timezone.now)


@shared_task
def sweep(**_later: Any) -> None:
    """Ring once for each task that is due and nobody serves: a doorbell may have been lost."""
    for _ in range(mover.waiting(timezone.now())):
        ring()


def ring() -> None:
    """Say, once the database has it, that a task is due. A broker that is away is no error: the sweeper comes."""

    def say() -> None:
        try:
            work.apply_async(retry=False)
        except (OperationalError, OSError) as error:
            log.warning("the broker is away, the sweeper will see to the transfers: %s", error)

    transaction.on_commit(say)
