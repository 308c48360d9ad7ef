"""The field's own client makes, reads, pauses, resumes and deletes timers; its own answers say how ours look."""

from datetime import UTC, datetime, timedelta

import globus_sdk
import pytest

from apps.timers import engine
from apps.timers.models import Timer
from tests.api.oracle import differences, fixture
from tests.flows.conftest import HELLO, make_flow

__all__ = ["make_flow"]
pytestmark = pytest.mark.django_db(transaction=True)
START = datetime(2027, 1, 31, 12, tzinfo=UTC)


@pytest.fixture
def flow(make_flow):
    return make_flow({"Say": HELLO})


@pytest.fixture
def daily(flow):
    """A timer of ten days."""
    end = {"condition": "iterations", "count": 10}
    schedule = globus_sdk.RecurringTimerSchedule(interval_seconds=86400, start=START, end=end)
    return globus_sdk.FlowTimer(flow_id=flow.pk, name="Daily", schedule=schedule, body={"body": {"word": "hi"}})


def refused(call, *args):
    with pytest.raises(globus_sdk.TimersAPIError) as told:
        call(*args)
    return told.value


def test_a_timer_is_made_as_the_service_says_it(sdk, alice, daily, flow):
    made = sdk(alice).create_timer(daily)

    assert made.http_status == 201
    timer = made["timer"]
    assert (timer["name"], timer["timer_type"], timer["status"], timer["number_of_runs"]) == ("Daily", "flow", "new", 0)
    assert timer["next_run"] == START.isoformat()
    assert timer["schedule"]["end"] == {"condition": "iterations", "count": 10}
    example = fixture("create_timer", "default", service="timer")["timer"]
    assert differences({**timer, "body": {}, "schedule": {}}, {**example, "body": {}, "schedule": {}}) == []


def test_it_is_read_listed_paused_resumed_renamed_and_deleted(sdk, alice, daily):
    timers = sdk(alice)
    key = timers.create_timer(daily)["timer"]["job_id"]

    job = timers.get_job(key)
    assert (job["interval"], job["n_runs"], job["stop_after"]["n_runs"]) == (86400.0, 0, 10)
    assert job["activity"] == {"code": "awaiting_next_run", "next_run": START.isoformat()}
    assert [one["job_id"] for one in timers.list_jobs()["jobs"]] == [key]
    assert "paused" in timers.pause_job(key)["message"]
    assert timers.get_job(key)["inactive_reason"] == {"cause": "user", "detail": None}
    assert "resumed" in timers.resume_job(key)["message"]
    assert timers.update_job(key, {"name": "Nightly"})["name"] == "Nightly"
    assert timers.delete_job(key)["job_id"] == key
    assert refused(timers.get_job, key).http_status == 404


def test_what_it_did_is_told(sdk, alice, daily):
    timers = sdk(alice)
    key = timers.create_timer(daily)["timer"]["job_id"]
    now = START + timedelta(seconds=1)
    engine.strike([key], now)
    engine.begin(engine.turns_due(now), now)

    job = timers.get_job(key)

    assert (job["status"], job["n_runs"], job["activity"]["code"]) == ("loaded", 1, "run_in_progress")
    [result] = job["results"]["data"]
    assert (result["status"], result["data"]["status"]) == (202, "ACTIVE")


def test_it_is_told_what_is_wrong(sdk, alice, flow):
    bad = {"timer_type": "flow", "flow_id": str(flow.pk), "schedule": {"type": "recurring"}, "nmae": "x"}

    told = refused(sdk(alice).create_timer, bad)

    places = {tuple(one["loc"]) for one in told.raw_json["detail"]}
    assert told.http_status == 422
    assert places == {
        ("body", "timer", "nmae"),
        ("body", "timer", "body"),
        ("body", "timer", "schedule", "interval_seconds"),
    }


@pytest.mark.parametrize("call", ["get_job", "pause_job", "resume_job", "delete_job"])
def test_nobody_else_sees_it(sdk, alice, bob, daily, call):
    key = sdk(alice).create_timer(daily)["timer"]["job_id"]

    assert refused(getattr(sdk(bob), call), key).http_status == 404
    assert sdk(bob).list_jobs()["jobs"] == []
    assert Timer.objects.get().state == "active"


def test_who_may_not_start_the_flow_makes_no_timer_of_it(sdk, charlie, daily):
    assert refused(sdk(charlie).create_timer, daily).http_status in (403, 404)
    assert not Timer.objects.exists()
