"""A flow is an action, too: others start it and follow its runs by the protocol of actions, at its own address."""

import uuid

import pytest

from apps.accounts.services import scopes
from apps.flows import services as flows
from apps.flows.models import Run
from tests.flows.api.conftest import NAP, ONE

pytestmark = pytest.mark.django_db
STATUS = {"action_id", "status", "creator_id", "details", "label", "display_status", "start_time", "completion_time"}
STATUS |= {"release_after", "monitor_by", "manage_by"}


@pytest.fixture
def flow(make_flow):
    return make_flow(ONE["States"], roles={"starter": ["all_authenticated_users"]})


@pytest.fixture
def act(ask, token_for, flow, bob):
    """Bob's program, which has a token of the flow's own."""
    own = token_for(bob, str(flow.pk), flows.scope_of(flow.pk))
    return lambda method, rest="", *told, **how: ask(None, method, f"flows/{flow.pk}{rest}", *told, token=own, **how)


def test_a_request_starts_one_run_however_often_it_is_sent(act, alice, urn_of, bob):
    asked = {
        "request_id": "r1",
        "body": {"a": 1},
        "label": "once",
        "monitor_by": [urn_of(alice)],
        "release_after": "P1D",
    }

    first, second = act("POST", "/run", asked, status=201), act("POST", "/run", asked, status=200)

    assert set(first) >= STATUS
    assert (first["action_id"], first["monitor_by"]) == (second["action_id"], [urn_of(alice)])
    assert act("POST", "/run", asked | {"body": {}}, status=409)["error"]["code"] == "STATE_CONFLICT"
    assert act("POST", "/run", asked | {"request_id": "r2"}, status=201)["action_id"] != first["action_id"]
    assert Run.objects.count() == 2


def test_the_request_of_one_person_is_not_that_of_another(act, ask, flow, charlie):
    asked = {"request_id": "r1", "body": {}}

    mine, theirs = (
        act("POST", "/run", asked, status=201),
        ask(charlie, "POST", f"flows/{flow.pk}/run", asked, status=201),
    )

    assert mine["action_id"] != theirs["action_id"]


def test_a_run_is_followed_at_the_address_of_its_flow(ask, flow, bob, carry):
    run = flows.start_run(flow=flow, actor=bob, input={})
    at = f"flows/{flow.pk}/{run.pk}"

    assert ask(bob, "GET", f"{at}/status")["status"] == "ACTIVE"
    carry(run)
    assert ask(bob, "GET", f"{at}/status")["status"] == "SUCCEEDED"
    for log in (f"{at}/log", f"flows/{flow.pk}/runs/{run.pk}/log"):
        assert ask(bob, "GET", log)["entries"][-1]["code"] == "FlowSucceeded"
    assert [one["run_id"] for one in ask(bob, "GET", f"flows/{flow.pk}/runs")["runs"]] == [str(run.pk)]
    assert ask(bob, "POST", f"{at}/cancel", status=409)
    assert ask(bob, "POST", f"{at}/release")["action_id"] == str(run.pk)


def test_a_run_is_none_of_another_flow(ask, flow, make_flow, token_for, alice, bob):
    run = flows.start_run(flow=make_flow(NAP["States"]), actor=alice, input={})

    for other in (flow.pk, uuid.uuid4()):
        for method, what in (("GET", "status"), ("GET", "log"), ("POST", "cancel"), ("POST", "resume")):
            ask(alice, method, f"flows/{other}/{run.pk}/{what}", status=404)
    token = token_for(alice, scopes.FLOWS, scopes.url(scopes.FLOWS_ID, "all"))
    ask(None, "POST", f"flows/{flow.pk}/{run.pk}/resume", token=token, status=404)
    ask(None, "POST", f"flows/{run.flow_id}/{run.pk}/resume", token=token, status=403)
