"""Compute and Describe over the action-provider protocol, as flows elsewhere call them."""

import pytest

from apps.flows import engine
from apps.flows.models import Action, Job
from tests.flows.protocol.conftest import client_of, run, token

__all__ = ["client_of", "token"]
AT = "/api/actions/compute"
pytestmark = pytest.mark.django_db


@pytest.fixture
def settle(clock, work):
    """What workers do: run what waits, and look at what was announced."""

    def settle():
        work()
        clock.forward(60)
        for action in engine.due(clock()).actions:
            engine.perform(action.pk, clock, lambda action: None)

    return settle


def test_a_function_is_run_for_a_flow_elsewhere(client_of, bob, register, settle):
    register("hit_rate")
    client = client_of(bob, "compute")
    asked = {"body": {"function": "hit_rate", "kwargs": {"frames": 8, "hits": 2}}}
    begun, again = run(client, AT, **asked), run(client, AT, **asked)
    settle()

    told = client.get(f"{AT}/{begun.json()['action_id']}/status").json()
    assert (begun.status_code, begun.json()["status"], again.status_code) == (202, "ACTIVE", 200)
    assert (told["status"], told["details"]["result"], Job.objects.count()) == ("SUCCEEDED", [{"rate": 0.25}], 1)


def test_one_that_is_canceled_before_it_ran_is_over_at_once(client_of, bob, register):
    register("who")
    client = client_of(bob, "compute")
    action_id = run(client, AT, body={"tasks": [{"function": "who"}] * 3}).json()["action_id"]

    told = client.post(f"{AT}/{action_id}/cancel").json()
    assert (told["status"], told["details"]["message"]) == ("FAILED", "who: It was canceled.")
    assert set(Job.objects.values_list("status", flat=True)) == {"canceled"}


def test_a_stranger_may_ask_and_runs_nothing(client_of, charlie, register):
    register("who")
    told = run(client_of(charlie, "compute"), AT, body={"function": "who"}).json()

    assert (told["status"], Job.objects.count()) == ("FAILED", 0)
    assert "There is no function 'who' here that you may run" in told["details"]["message"]


def test_files_are_described_by_the_workers_of_their_queue(client_of, bob):
    body = {"collection_id": "00000000-0000-4000-8000-000000000000", "path": "/a.h5"}
    told = run(client_of(bob, "describe"), "/api/actions/describe", body=body).json()

    assert (told["status"], Action.objects.get().queue) == ("ACTIVE", "describe")
