"""Functions that an administrator registered, and workers that are driven by hand."""

import os
import subprocess
import sys
from contextlib import contextmanager

import pytest
from django.utils import timezone

from apps.access.types import group_urn
from apps.flows import computing
from apps.flows.models import Action
from apps.flows.services.registering import Limited, Registration, register_function
from tests.storage.beamline import admin

__all__ = ["admin"]

HERE = "tests.flows.computing.work"


@pytest.fixture
def register(admin, team):
    """``register("hit_rate")``: a Python function of ``work.py`` that Alice's team may run."""

    def register(name, *, target=None, kind="python", limits=None, may_run=None, **more):
        told = {"target": target or f"{HERE}:{name}", "limits": Limited(**(limits or {}))}
        who = [group_urn(team.pk)] if may_run is None else may_run
        return register_function(actor=admin, told=Registration(name=name, kind=kind, may_run=who, **told, **more))

    return register


PLACE = {"type": "object", "required": ["id", "path"], "format": "globus-collection"}
FILES = {
    "type": "object",
    "properties": {"images": PLACE, "results": {**PLACE, "format": "globus-collection-output"}},
}


@pytest.fixture
def with_files(register):
    """Registers a function that takes ``images`` and leaves ``results``."""
    return lambda name, **more: register(name, input_schema=FILES, **more)


@pytest.fixture
def compute(start, carry, bob, work, django_capture_on_commit_callbacks):
    """A run of Bob's whose one state computes what the body says."""

    def compute(body, *, actor=bob, url="https://compute.actions.globus.org", works=True):
        state = {"Type": "Action", "ActionUrl": url, "Parameters": body, "ResultPath": "$.made", "End": True}
        run = carry(start({"Compute": state}, actor=actor, roles={"starter": ["all_authenticated_users"]}))
        if works:
            with django_capture_on_commit_callbacks(execute=True):
                work()
        return carry(run)

    return compute


def outcome(run):
    """What the action says, of a run that ended."""
    return Action.objects.get(run=run).details


@contextmanager
def worker_on(connection):
    """A worker in a process of its own, which is killed at the end at the latest."""
    command = [sys.executable, "-m", "tests.flows.computing.worker", str(connection.settings_dict["NAME"])]
    with subprocess.Popen(command, env={**os.environ, "DJANGO_SETTINGS_MODULE": "tests.settings"}) as worker:
        try:
            yield worker
        finally:
            worker.kill()


@pytest.fixture
def work():
    """Run all that waits in a queue, as one worker would."""
    return lambda queue="compute": computing.work(queue, clock=timezone.now)
