"""An action may not be silent for longer than its heartbeat: what is heard of it is what its provider answers."""

import pytest

from apps.common.errors import Unavailable
from apps.flows import engine
from apps.flows import services as flows
from apps.flows.actions import provider_named
from apps.flows.models import Action
from apps.flows.types import Progress, Status
from tests.flows.conftest import HELLO

pytestmark = pytest.mark.django_db
LATE = {"Late": {"Type": "Pass", "OutputPath": "$.Error", "End": True}}


@pytest.fixture
def says(monkeypatch):
    """What the provider says from now on whenever it is looked at."""

    def says(answer):
        def look(order):
            if isinstance(answer, Exception):
                raise answer
            return answer

        monkeypatch.setattr(provider_named("hello_world"), "look", look)

    says(Progress(status=Status.ACTIVE, awaits="something"))
    return says


def beating(*errors, **fields):
    catch = [{"ErrorEquals": list(errors), "Next": "Late"}] if errors else []
    slow = {**HELLO, "Parameters": {"sleep_time": 5000}, "WaitTime": 4000, "HeartbeatSeconds": 60, "Catch": catch}
    return {"Slow": {**slow, **fields}, **(LATE if errors else {})}


@pytest.fixture
def pass_by(carry, clock):
    """So many seconds, in small steps, in which whatever is due is done."""

    def pass_by(run, seconds):
        for _ in range(seconds // 10):
            clock.forward(10)
            run = carry(run)
        return run

    return pass_by


def test_an_action_that_is_heard_of_goes_on(start, carry, pass_by, says):
    run = pass_by(carry(start(beating())), 600)

    assert run.status == "ACTIVE"
    assert Action.objects.get().looks >= 19, "it is asked for twice in each heartbeat, though it waits to be told"


def test_one_that_is_silent_fails_and_is_canceled(start, carry, pass_by, says):
    run = pass_by(carry(start(beating())), 120)
    says(Unavailable())

    run = pass_by(run, 100)

    assert (run.status, run.error_name) == ("FAILED", "States.HeartbeatTimeout")
    assert "for 60 seconds" in run.error_cause
    assert Action.objects.get().cancel_at is not None


@pytest.mark.parametrize("error", ["States.HeartbeatTimeout", "States.Timeout", "States.ALL"])
def test_silence_is_caught_by_its_name_and_as_a_timeout(start, carry, pass_by, says, error):
    run = carry(start(beating(error)))
    says(Unavailable())

    assert pass_by(run, 150).output == "States.HeartbeatTimeout"


def test_a_heartbeat_is_told_by_the_data_and_time_runs_out_all_the_same(start, carry, pass_by, says):
    states = beating("States.HeartbeatTimeout", HeartbeatSecondsPath="$.beat", WaitTime=200)
    del states["Slow"]["HeartbeatSeconds"]
    run = pass_by(carry(start(states, {"beat": 30})), 220)

    assert (run.status, run.error_name) == ("FAILED", "ActionTimeout")


def test_an_action_that_nobody_begins_is_silent(start, clock, carry):
    """Its own workers are away."""
    body = {"collection_id": "0" * 8 + "-0000" * 3 + "-" + "0" * 12, "path": "/x"}
    url = {"ActionUrl": "/api/actions/describe", "Parameters": body}
    run = start(beating(**url))
    clock.forward(1)
    engine.advance(run.pk, clock, lambda action: None)
    clock.forward(61)
    engine.advance(run.pk, clock, lambda action: None)

    run.refresh_from_db()
    assert run.error_name == "States.HeartbeatTimeout"


def test_who_is_waited_for_need_not_be_heard_of(start, carry, pass_by, says, alice, clock):
    says(Progress(status=Status.INACTIVE, details={"code": "ConsentRequired"}))
    run = pass_by(carry(start(beating())), 600)
    assert run.status == "INACTIVE"
    says(Progress(details={"done": True}))

    flows.resume_run(run=run, actor=alice)

    assert carry(run).status == "SUCCEEDED"
