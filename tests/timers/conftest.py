"""Timers of Alice's, and an engine that is driven by hand, with a clock that tests move."""

from datetime import UTC, datetime, timedelta

import pytest

from apps.flows.models import Run
from apps.timers import engine
from apps.timers import services as timers
from apps.timers.models import Timer
from apps.timers.types import Every, Schedule
from tests.flows.conftest import HELLO, Clock, carried, carry, make_flow, run_of, start

__all__ = ["carry", "make_flow", "run_of", "start"]
BEGIN = datetime(2026, 3, 1, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)
WAIT = {"Type": "Wait", "Seconds": 10**6, "End": True}


@pytest.fixture
def clock():
    clock = Clock()
    clock.now = BEGIN
    return clock


@pytest.fixture
def flow(make_flow):
    return make_flow({"Say": HELLO}, schema={"type": "object", "required": ["word"]})


@pytest.fixture
def make_timer(alice, flow, clock):
    """Of Alice's: each hour it says hello."""

    def make(rhythm=None, *, body=None, flow=flow, actor=alice, kind=Timer.Kind.FLOW, most=None, until=None, **more):
        schedule = Schedule(rhythm or Every(3600, BEGIN), most, until, more.pop("jitter_s", 0))
        body = {"body": {"word": "hello"}} if body is None else body
        flow_id = flow.pk if kind == Timer.Kind.FLOW else None
        told = timers.NewTimer(kind=kind, body=body, schedule=schedule, flow_id=flow_id, name="Each hour", **more)
        return timers.create_timer(actor=actor, told=told, now=clock())

    return make


@pytest.fixture
def tick(clock):
    """Let time pass, and do what is due then."""

    def tick(passes=timedelta()):
        clock.now += passes
        engine.strike(engine.timers_due(clock()), clock())
        engine.begin(engine.turns_due(clock()), clock())

    return tick


@pytest.fixture
def finish(clock):
    """Carry what turns began to its end, as workers do."""

    def finish(timer):
        for turn in timer.turns.filter(state="going"):
            run = carried(Run.objects.get(pk=turn.begun_id), Clock())
            engine.ended(run.pk, clock())

    return finish


def told(timer):
    """The states of its turns, and what they began, the oldest first."""
    return [one.state for one in timer.turns.order_by("at")]
