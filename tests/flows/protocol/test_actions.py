"""An action is asked for, looked at, canceled and released over the protocol, in both of its forms."""

from datetime import timedelta

import pytest
from django.utils import timezone

from apps.flows import engine, tasks
from apps.flows.models import Action
from tests.flows.protocol.conftest import HELLO, SLOW, run

pytestmark = pytest.mark.django_db


def test_a_provider_tells_of_itself_to_everybody(client):
    told = client.get(f"{HELLO}/").json()

    assert told["globus_auth_scope"] == "https://auth.globus.org/scopes/actions.globus.org/hello_world"
    assert told["title"] == "Hello world"
    assert (told["types"], told["api_version"], told["synchronous"]) == (["ACTION"], "1.0", False)
    assert "echo_string" in told["input_schema"]["properties"]
    assert client.get(HELLO).json() == told


def test_all_providers_are_listed_and_each_tells_of_itself_there(client):
    listed = client.get("/api/actions/").json()["providers"]

    assert {one["url"].partition("/api/actions/")[2] for one in listed} >= {"hello_world/", "transfer/transfer/"}
    for one in listed:
        assert client.get(one.pop("url").removeprefix("http://testserver")).json() == one


@pytest.mark.parametrize("route", ["run", "actions"])
def test_what_is_done_at_once_has_ended_in_the_answer(hello, route):
    answer = run(hello, route=route, label="a try")

    told = answer.json()
    assert (answer.status_code, told["status"], told["label"]) == (202, "SUCCEEDED", "a try")
    assert told["details"] == {"Hello": "World", "hello": "hi"}
    assert told["completion_time"] >= told["start_time"]
    assert told["release_after"] == "P30D"


def test_a_request_that_is_sent_twice_is_one_action(hello):
    first, second = run(hello), run(hello)

    assert (first.status_code, second.status_code) == (202, 200)
    assert first.json() == second.json()
    assert Action.objects.count() == 1


def test_another_body_under_the_same_request_id_is_refused(hello, client_of, bob):
    run(hello)

    answer = run(hello, body={"echo_string": "ho"})

    assert (answer.status_code, answer.json()["code"]) == (409, "ActionConflict")
    assert run(client_of(bob), body={"echo_string": "ho"}).status_code == 202  # his own ids are others


def test_an_action_that_a_process_died_of_is_begun_by_another(hello, carry_all):
    run(hello)
    Action.objects.update(status="ACTIVE", completed_at=None, is_begun=False, lease="gone", lease_until=timezone.now())
    Action.objects.update(due_at=timezone.now())
    assert run(hello).json()["status"] == "ACTIVE"

    carry_all(seconds=1)

    assert run(hello).json()["status"] == "SUCCEEDED"
    assert Action.objects.count() == 1


@pytest.mark.parametrize("forms", [("{id}/status", "{id}/cancel"), ("actions/{id}", "actions/{id}/cancel")])
def test_an_action_is_looked_at_and_canceled(hello, forms):
    status, cancel = (f"{HELLO}/{form}".format(id=run(hello, body=SLOW).json()["action_id"]) for form in forms)
    assert hello.get(status).json()["status"] == "ACTIVE"

    canceled = hello.post(cancel)

    assert (canceled.status_code, canceled.json()["status"]) == (200, "FAILED")
    assert hello.get(status).json() == canceled.json()
    assert hello.post(cancel).status_code == 409


def test_an_action_goes_on_without_anybody_asking(hello, clock):
    action_id = run(hello, body={"sleep_time": 5}).json()["action_id"]
    clock.forward(6)

    engine.perform(Action.objects.get().pk, clock, lambda action: None)

    assert hello.get(f"{HELLO}/{action_id}/status").json()["status"] == "SUCCEEDED"


@pytest.mark.parametrize(("method", "form"), [("post", "{}/release"), ("delete", "actions/{}")])
def test_an_action_that_is_over_can_be_forgotten(hello, method, form):
    active, over = run(hello, body=SLOW).json()["action_id"], run(hello, request_id="two").json()["action_id"]

    def release(action_id):
        return getattr(hello, method)(f"{HELLO}/{form}".format(action_id))

    assert release(active).status_code == 409
    assert release(over).json()["status"] == "SUCCEEDED"
    assert release(over).status_code == 404
    assert hello.get(f"{HELLO}/{over}/status").status_code == 404


def test_an_action_is_forgotten_when_it_was_kept_as_long_as_wanted(hello):
    run(hello, release_after="PT1H")
    run(hello, request_id="two")
    Action.objects.update(completed_at=timezone.now() - timedelta(hours=2))

    tasks.forget_actions()

    assert [one.release_after_s for one in Action.objects.all()] == [30 * 86_400]


def test_an_action_that_has_not_ended_by_its_deadline_is_canceled(hello, carry_all):
    deadline = timezone.now() + timedelta(seconds=10)
    run(hello, body=SLOW, deadline=deadline.isoformat())

    carry_all(seconds=11)

    assert Action.objects.get().status == "FAILED"


def test_an_action_may_be_resumed_until_it_is_over(hello):
    active, over = run(hello, body=SLOW).json(), run(hello, request_id="two").json()

    assert hello.post(f"{HELLO}/{active['action_id']}/resume").json() == active
    assert hello.post(f"{HELLO}/actions/{over['action_id']}/resume").status_code == 409


def test_the_log_of_an_action_tells_what_happened(hello):
    action_id = run(hello, body=SLOW).json()["action_id"]
    hello.post(f"{HELLO}/{action_id}/cancel")

    told = hello.get(f"{HELLO}/{action_id}/log").json()

    assert [one["code"] for one in told["entries"]] == ["ActionStarted", "ActionCanceled", "ActionFailed"]
    assert (told["has_next_page"], told["marker"]) == (False, None)


def test_ones_actions_are_listed_by_status_and_role(hello):
    active, over = run(hello, body=SLOW).json(), run(hello, request_id="two").json()

    def listed(**asked):
        return hello.get(f"{HELLO}/actions", asked).json()

    assert listed() == [active]
    assert listed(status="SUCCEEDED,failed,nonsense") == [over]
    assert {one["action_id"] for one in listed(status="active,succeeded")} == {active["action_id"], over["action_id"]}
    assert listed(roles="monitor_by", status="active,succeeded") == []


@pytest.mark.parametrize(
    ("changed", "place"),
    [
        ({"body": {"sleep_time": "long"}}, "body.sleep_time"),
        ({"body": []}, "body"),
        ({"label": ""}, "label"),
        ({"label": "x" * 65}, "label"),
        ({"label": "\ud800"}, "label"),
        ({"request_id": 7}, "request_id"),
        ({"monitor_by": ["public"]}, "monitor_by"),
        ({"manage_by": ["urn:nobody"]}, "manage_by"),
        ({"release_after": "a month"}, "release_after"),
        ({"release_after": f"P{'9' * 9}Y"}, "release_after"),
        ({"deadline": "2001-01-01T00:00:00Z"}, "deadline"),
        ({"deadline": "soon"}, "deadline"),
        ({"colour": "red"}, "colour"),
    ],
)
def test_a_request_that_is_none_is_told_where(hello, changed, place):
    answer = run(hello, **changed)

    assert (answer.status_code, answer.json()["code"]) == (422, "RequestValidationError")
    assert place in answer.json()["description"]
    assert not Action.objects.exists()


def test_what_is_no_json_is_told_so(hello):
    answer = hello.post(f"{HELLO}/run", "{", content_type="application/json")

    assert (answer.status_code, answer.json()["code"]) == (400, "BadActionRequest")


@pytest.mark.parametrize("rest", ["none/", "none/run", "hello_world/none/status", "hello_world/none"])
def test_what_there_is_not_is_told_so_in_the_shape_of_the_protocol(hello, rest):
    answer = hello.get(f"/api/actions/{rest}")

    assert answer.status_code == 404
    assert set(answer.json()) >= {"code", "description"}
