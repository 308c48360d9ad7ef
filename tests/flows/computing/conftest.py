"""Functions that an administrator registered, and workers that are driven by hand."""

import pytest
from django.utils import timezone

from apps.access.types import group_urn
from apps.flows import computing
from apps.flows.services.registering import Limited, Registration, register_function

HERE = "tests.flows.computing.work"


@pytest.fixture
def admin(alice):
    alice.is_superuser = True
    alice.save()
    return alice


@pytest.fixture
def register(admin, team):
    """``register("hit_rate")``: a Python function of ``work.py`` that Alice's team may run."""

    def register(name, *, target=None, kind="python", limits=None, may_run=None, **more):
        told = {"target": target or f"{HERE}:{name}", "limits": Limited(**(limits or {}))}
        who = [group_urn(team.pk)] if may_run is None else may_run
        return register_function(actor=admin, told=Registration(name=name, kind=kind, may_run=who, **told, **more))

    return register


@pytest.fixture
def work():
    """Run all that waits in a queue, as one worker would."""
    return lambda queue="compute": computing.work(queue, clock=timezone.now)
