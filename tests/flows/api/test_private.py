"""What is private of a definition and of a run, and who sees it all the same."""

import pytest

from apps.access import services as access
from apps.flows import services as flows
from tests.flows.conftest import HELLO

pytestmark = pytest.mark.django_db
PARAMETERS = {
    "__Private_Parameters": ["secret", "echo_string"],
    "echo_string.$": "$.word",
    "secret": "hunter2",
    "open": [{"__Private_Parameters": ["deep"], "deep.=": "'hunter3'", "shown": 1}],
}
SHOWN = {
    "__Private_Parameters": ["secret", "echo_string"],
    "open": [{"__Private_Parameters": ["deep"], "shown": 1}],
}
STATES = {"Pass": {"Type": "Pass", "Parameters": PARAMETERS, "ResultPath": "$.x", "End": True}}


@pytest.fixture
def flow(make_flow):
    return make_flow(STATES, roles={"viewer": ["public"], "starter": ["all_authenticated_users"]})


def parameters_in(document):
    return document["definition"]["States"]["Pass"]["Parameters"]


def test_private_parameters_are_shown_to_administrators_alone(ask, flow, alice, bob):
    assert parameters_in(ask(alice, "GET", f"flows/{flow.pk}")) == PARAMETERS
    for user in (bob, None):
        assert parameters_in(ask(user, "GET", f"flows/{flow.pk}")) == SHOWN
        assert parameters_in(ask(user, "GET", "flows")["flows"][0]) == SHOWN


def test_who_runs_a_flow_sees_no_private_parameters_of_it(ask, flow, alice, bob):
    run = ask(bob, "POST", f"flows/{flow.pk}/run", {"body": {"word": "x"}}, status=201)

    assert parameters_in(ask(bob, "GET", f"runs/{run['run_id']}/definition")) == SHOWN
    ask(bob, "PUT", f"runs/{run['run_id']}", {"run_monitors": access.principals_with(flow.resource)["owner"]})
    assert parameters_in(ask(alice, "GET", f"runs/{run['run_id']}/definition")) == PARAMETERS


def test_a_definition_that_was_changed_by_who_sees_all_keeps_its_private_parts(ask, flow, alice):
    told = ask(alice, "GET", f"flows/{flow.pk}")

    ask(alice, "PUT", f"flows/{flow.pk}", {**told, "title": "Another"})

    assert parameters_in(ask(alice, "GET", f"flows/{flow.pk}")) == PARAMETERS


def test_private_parts_of_input_and_output_are_shown_nowhere(ask, make_flow, alice, carry):
    states = {"Greet": {**HELLO, "Parameters": {"echo_string.$": "$._private_word"}}}
    flow = make_flow(states)
    told = {"_private_word": "hunter2", "open": {"_private": "hunter2", "word": "open"}}
    run = flows.start_run(flow=flow, actor=alice, input=told)
    paths = [f"runs/{run.pk}", f"runs/{run.pk}/log", "runs"]

    said = [str(ask(alice, "GET", path)) for path in paths]
    assert carry(run).status == "SUCCEEDED"
    said += [str(ask(alice, "GET", path)) for path in paths]

    assert not any("_private" in one for one in said)
    assert all("'word': 'open'" in one for one in said)
