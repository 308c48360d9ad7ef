"""The ready-made flows, started by their names and carried to their end with the mover's work in between."""

import pytest
from django.utils import timezone

from apps.flows import services as flows
from apps.search import ingest
from apps.search.models import Index
from apps.transfer import mover
from tests.flows.actions.conftest import alice, destination, here, make_place, source, there

__all__ = ["alice", "destination", "here", "make_place", "source", "there"]


@pytest.fixture
def installed(db):
    """The flows by the names of their files."""
    return {flow.builtin: flow for flow, _ in flows.install_flows()}


@pytest.fixture
def go(installed, carry, alice, django_capture_on_commit_callbacks):
    """Runs a flow to its end; what is to be transferred or ingested is done whenever it waits for that."""

    def go(name, input, *, actor=None):
        run = carry(flows.start_run(flow=installed[name], actor=actor or alice, input=input))
        for _ in range(12):
            if run.is_over:
                break
            with django_capture_on_commit_callbacks(execute=True):
                mover.work(clock=timezone.now)
                for index in Index.objects.all():
                    ingest.drain(index.pk, clock=timezone.now)
            run = carry(run)
        return run

    return go


def at(collection, path):
    return {"id": str(collection.pk), "path": path}
