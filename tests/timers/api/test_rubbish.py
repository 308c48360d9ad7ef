"""Whatever is sent as a timer is a timer, or is told what is wrong with it by its place."""

import json

import pytest

from tests.flows.conftest import HELLO, make_flow

__all__ = ["make_flow"]
pytestmark = pytest.mark.django_db
ONCE = {"type": "once", "datetime": "2099-01-01T00:00:00Z"}


@pytest.fixture
def post(api, alice, make_flow):
    flow = str(make_flow({"Say": HELLO}).pk)

    def post(schedule=ONCE, **more):
        timer = {"timer_type": "flow", "flow_id": flow, "body": {"body": {"word": "hi"}}, "schedule": schedule, **more}
        answer = api(alice).generic("POST", "/api/timers/v2/timer", json.dumps({"timer": timer}), "application/json")
        places = [".".join(map(str, one["loc"][2:])) for one in answer.json().get("detail", ())]
        return answer.status_code, places

    return post


@pytest.mark.parametrize(
    ("schedule", "places"),
    [
        (None, ["schedule", "schedule.type"]),
        ({"type": "sometimes"}, ["schedule.type"]),
        ({"type": "once", "datetime": "soon"}, ["schedule.datetime"]),
        ({"type": "recurring", "interval_seconds": "60"}, ["schedule.interval_seconds"]),
        ({"type": "recurring", "interval_seconds": True}, ["schedule.interval_seconds"]),
        ({"type": "recurring", "interval_seconds": 1}, ["schedule.interval_seconds"]),
        ({"type": "recurring", "interval_seconds": 10**10}, ["schedule.interval_seconds"]),
        ({"type": "recurring", "interval_seconds": 3600, "end": {}}, ["schedule.end"]),
        ({"type": "recurring", "interval_seconds": 3600, "end": {"count": 0}}, ["schedule.end.count", "schedule.end"]),
        ({"type": "recurring", "interval_seconds": 3600, "end": {"datetime": "2020-01-01"}}, ["schedule.end"]),
        ({"type": "cron"}, ["schedule.cron"]),
        ({"type": "cron", "cron": "\u0661 * * * *"}, ["schedule.cron"]),
        ({"type": "cron", "cron": "0 0 * * *", "timezone": "Nowhere/None"}, ["schedule.timezone"]),
        ({**ONCE, "jitter_seconds": 10**6}, ["schedule.jitter_seconds"]),
        ({**ONCE, "datetime": "0001-01-01T00:00:00+14:00"}, ["schedule.datetime"]),
        ({**ONCE, "datetime": "9999-12-31T23:59:59-14:00"}, ["schedule.datetime"]),
    ],
)
def test_a_schedule_that_is_none_is_told_by_its_places(post, schedule, places):
    assert post(schedule) == (422, places)


@pytest.mark.parametrize(
    ("more", "place"),
    [
        ({"name": "x" * 300}, "name"),
        ({"name": "a\0b"}, "name"),
        ({"flow_id": "none"}, "flow_id"),
        ({"flow_id": None}, "flow_id"),
        ({"body": []}, "body"),
        ({"timer_type": "egg"}, "timer_type"),
        ({"missed": "never"}, "missed"),
        ({"stop_after_failures": 0}, "stop_after_failures"),
    ],
)
def test_a_timer_that_is_none_is_too(post, more, place):
    assert post(**more) == (422, [place])


def test_what_a_flow_or_a_transfer_would_refuse_is_refused_now(post):
    assert post(body={"body": {}, "wrong": 1})[0] == 422
    assert post(timer_type="transfer", body={"DATA": "x"})[0] in (400, 404, 422)
    assert post(timer_type="transfer", body={})[0] in (400, 404, 422)


@pytest.mark.parametrize("text", ["", "[]", "null", '{"timer": 1}', "{", '{"timer": {"schedule": []}}', "1e999"])
def test_rubbish_is_no_timer(api, alice, text):
    answer = api(alice).generic("POST", "/api/timers/v2/timer", text, "application/json")

    assert answer.status_code in (400, 422)
