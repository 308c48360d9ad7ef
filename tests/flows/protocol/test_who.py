"""Who may see and steer an action: who began it, whom they named, and nobody else."""

import pytest

from apps.access.types import group_urn, identity_urn
from apps.accounts import services as accounts
from apps.flows.models import Action
from tests.flows.protocol.conftest import HELLO, SLOW, run
from tests.storage.beamline import admin, beamline, root

__all__ = ["admin", "beamline", "root"]

pytestmark = pytest.mark.django_db
READS = ["{}/status", "{}/log", "actions/{}", "actions/{}/log"]
STEERS = ["{}/cancel", "{}/resume", "{}/release", "actions/{}/cancel", "actions/{}/resume", "actions/{}/release"]


def urn(user):
    return identity_urn(accounts.known_by(user).pk)


def answers(client, action_id):
    """The status of each way to the action, without what differs by where the action stands."""
    read = [client.get(f"{HELLO}/{form}".format(action_id)).status_code for form in READS]
    steered = [client.post(f"{HELLO}/{form}".format(action_id)).status_code for form in STEERS]
    return set(read), set(steered)


@pytest.fixture
def action_id(hello, bob, team):
    """Alice's, which the team may see."""
    return run(hello, body=SLOW, monitor_by=[group_urn(team.pk)]).json()["action_id"]


def test_who_may_see_an_action_and_not_steer_it_is_told_so(client_of, action_id, bob):
    assert answers(client_of(bob), action_id) == ({200}, {403})


def test_to_a_stranger_there_is_no_such_action(client_of, action_id, charlie):
    assert answers(client_of(charlie), action_id) == ({404}, {404})
    assert client_of(charlie).delete(f"{HELLO}/actions/{action_id}").status_code == 404


def test_nobody_is_asked_who_they_are(client, action_id):
    assert answers(client, action_id) == ({401}, {401})
    assert run(client).status_code == 401
    assert client.get(f"{HELLO}/actions").status_code == 401


def test_a_manager_steers_the_action_of_another(hello, client_of, charlie):
    action_id = run(hello, body=SLOW, manage_by=[urn(charlie)]).json()["action_id"]

    client = client_of(charlie)

    assert client.get(f"{HELLO}/actions?roles=manage_by").json()[0]["action_id"] == action_id
    assert client.get(f"{HELLO}/actions").json() == []
    assert client.post(f"{HELLO}/{action_id}/cancel").json()["status"] == "FAILED"
    assert client.post(f"{HELLO}/{action_id}/release").status_code == 200
    assert not Action.objects.exists()


def test_a_token_is_good_for_the_provider_of_its_scope_alone(client_of, alice):
    client = client_of(alice, "transfer/ls")

    answer = run(client)

    assert (answer.status_code, answer.json()["code"]) == (403, "ConsentRequired")
    assert answer.json()["required_scopes"] == ["https://auth.globus.org/scopes/actions.globus.org/hello_world"]
    assert client.get(f"{HELLO}/none/status").status_code == 403


def test_an_action_of_another_provider_is_none_of_this_one(client_of, action_id, alice):
    client = client_of(alice, "hello_world", "wait_for_files")

    assert client.get(f"/api/actions/wait_for_files/{action_id}/status").status_code == 404


def test_an_action_of_a_run_is_seen_in_the_run_alone(run_of, hello):
    run_of({"Hi": {"Type": "Action", "ActionUrl": HELLO, "Parameters": {}, "End": True}})
    action = Action.objects.get()

    assert hello.get(f"{HELLO}/{action.pk}/status").status_code == 404
    assert hello.get(f"{HELLO}/actions?status=succeeded").json() == []


def test_charlie_does_nothing_with_files_by_the_protocol_that_he_may_not_do(client_of, charlie, beamline):
    body = {"endpoint_id": str(beamline.pk), "path": "/"}

    answer = run(client_of(charlie, "transfer/ls"), "/api/actions/transfer/ls", body=body)

    assert (answer.status_code, answer.json()["status"]) == (202, "FAILED")
    assert answer.json()["details"]["code"] == "PermissionDenied"
