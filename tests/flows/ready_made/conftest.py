"""The ready-made flows, started by their names and carried to their end with the mover's work in between."""

import pytest
from django.utils import timezone

from apps.flows import computing
from apps.flows import services as flows
from apps.flows.models import WebInput
from apps.search import ingest
from apps.search import services as search
from apps.search.models import Index
from apps.transfer import mover
from tests.flows.actions.conftest import alice, destination, here, make_place, source, there

__all__ = ["alice", "destination", "here", "make_place", "source", "there"]


@pytest.fixture
def installed(db):
    """The flows by the names of their files, and the functions that they compute with."""
    flows.install_functions()
    return {flow.builtin: flow for flow, _ in flows.install_flows()}


@pytest.fixture
def go_on(carry, django_capture_on_commit_callbacks):
    """Carries a run to its end, or to a person; what it waits for otherwise is done."""

    def go_on(run):
        run = carry(run)
        for _ in range(20):
            if run.is_over or WebInput.objects.filter(action__run=run, status="open").exists():
                break
            with django_capture_on_commit_callbacks(execute=True):
                mover.work(clock=timezone.now)
                computing.work("compute", clock=timezone.now)
                for index in Index.objects.all():
                    ingest.drain(index.pk, clock=timezone.now)
            run = carry(run)
        return run

    return go_on


@pytest.fixture
def go(installed, go_on, alice):
    """Starts a flow by its name."""

    def go(name, input, *, actor=None):
        return go_on(flows.start_run(flow=installed[name], actor=actor or alice, input=input))

    return go


@pytest.fixture
def index(alice):
    return search.create_index(actor=alice, display_name="Runs", slug="runs")


@pytest.fixture
def entries(index, destination):
    """What somebody sees of a folder that was published, by the ids of its entries."""

    def entries(folder, user):
        found = search.record(index=index, subject=f"globus://{destination.pk}{folder}/", actor=user)
        return {one.entry_id: one.content for one in found.entries}

    return entries


def at(collection, path):
    return {"id": str(collection.pk), "path": path}
