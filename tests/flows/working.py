"""A worker in a thread of the test, for what asks over HTTP how a run goes."""

from contextlib import contextmanager

from django.utils import timezone

from apps.common.beats import beating
from apps.flows import engine


@contextmanager
def worker_running():
    """Does what is due, until the end of the block."""

    def work():
        due = engine.due(timezone.now())
        for run_id in due.runs:
            engine.advance(run_id, timezone.now, lambda action: None)
        for action in due.actions:
            engine.perform(action.pk, timezone.now, lambda action: None)

    with beating(work, every_s=0.05, what="runs"):
        yield
