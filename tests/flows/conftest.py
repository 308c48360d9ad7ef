"""Flows of Alice's, and an engine that is driven by hand, with a clock that tests move."""

from datetime import timedelta
from functools import partial

import pytest
from django.utils import timezone

from apps.flows import engine
from apps.flows import services as flows
from apps.flows.models import Run


class Clock:
    def __init__(self):
        self.now = timezone.now()

    def __call__(self):
        return self.now

    def forward(self, seconds):
        self.now += timedelta(seconds=seconds)


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def make_flow(alice):
    def make(states, start_at=None, *, schema=None, actor=None, roles=None, **document):
        definition = {"StartAt": start_at or next(iter(states)), "States": states, **document}
        told = flows.FlowChanges(title="a flow", definition=definition, input_schema=schema or {}, roles=roles or {})
        return flows.create_flow(actor=actor or alice, told=told)

    return make


@pytest.fixture
def start(alice, make_flow, clock):
    """Start a run of these states; nothing of it is done yet."""

    def begin(states, input=None, *, actor=None, roles=None, **document):
        flow = make_flow(states, roles=roles, **document)
        return flows.start_run(flow=flow, actor=actor or alice, input=input or {})

    return begin


@pytest.fixture
def carry(clock):
    """Do all that is due now, as workers would; then the run as it is."""
    return partial(carried, clock=clock)


def carried(run, clock):
    clock.now = max(clock.now, timezone.now())  # services have read another clock
    for _ in range(10_000):
        due = engine.due(clock())
        if not due.runs and not due.actions:
            break
        for run_id in due.runs:
            engine.advance(run_id, clock, lambda action: None)
        for action in due.actions:
            engine.perform(action.pk, clock, lambda action: None)
    return Run.objects.select_related("flow", "version").get(pk=run.pk)


@pytest.fixture
def run_of(start, carry):
    """Start a run of these states, and carry it as far as it goes by itself."""

    def made(states, input=None, **how):
        return carry(start(states, input, **how))

    return made


def codes(run):
    return list(run.log.values_list("code", flat=True))


HELLO = {
    "Type": "Action",
    "ActionUrl": "https://actions.globus.org/hello_world",
    "Parameters": {"echo_string.$": "$.word"},
    "ResultPath": "$.said",
    "End": True,
}
