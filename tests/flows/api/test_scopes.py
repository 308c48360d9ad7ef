"""Which token is good for what: to start a flow, one of its own scope is needed."""

import uuid

import pytest

from apps.accounts.services import scopes
from apps.flows import services as flows
from tests.flows.api.conftest import NAP, ONE

pytestmark = pytest.mark.django_db
ALL = scopes.url(scopes.FLOWS_ID, "all")


def of_service(name):
    return scopes.url(scopes.FLOWS_ID, name)


@pytest.fixture
def flow(make_flow):
    return make_flow(NAP["States"], roles={"starter": ["all_authenticated_users"]})


@pytest.fixture
def run(flow, bob):
    return flows.start_run(flow=flow, actor=bob, input={})


def test_a_flow_is_started_by_a_token_of_its_own(ask, token_for, flow, bob, urn_of):
    own = token_for(bob, str(flow.pk), flows.scope_of(flow.pk))

    assert ask(None, "POST", f"flows/{flow.pk}/validate_run", {"body": {}}, token=own)
    run = ask(None, "POST", f"flows/{flow.pk}/run", {"body": {}}, token=own, status=201)
    assert run["run_owner"] == urn_of(bob)
    assert ask(None, "POST", f"runs/{run['run_id']}/resume", token=own)


def test_a_token_for_all_of_flows_is_told_which_one_to_ask_for(ask, token_for, flow, run, bob):
    token, scope = token_for(bob, scopes.FLOWS, ALL), flows.scope_of(flow.pk)

    for path in (f"flows/{flow.pk}/run", f"flows/{flow.pk}/validate_run", f"runs/{run.pk}/resume"):
        said = ask(None, "POST", path, {"body": {}}, token=token, status=403)
        assert said["error"]["code"] == "MISSING_SCOPE"
        assert scope in said["error"]["detail"]
        assert (said["code"], said["authorization_parameters"]["required_scopes"]) == ("ConsentRequired", [scope])


def test_the_token_of_another_flow_is_worth_nothing(ask, token_for, flow, run, make_flow, bob):
    other = make_flow(ONE["States"], roles={"starter": ["all_authenticated_users"]}).pk
    token = token_for(bob, str(other), flows.scope_of(other), flows.scope_of(flow.pk))

    for path in (f"flows/{flow.pk}/run", f"runs/{run.pk}/resume", "flows", "runs", f"runs/{run.pk}"):
        method = "POST" if path.endswith(("/run", "/resume")) else "GET"
        assert ask(None, method, path, {"body": {}}, token=token, status=401)["error"]["code"] == "AUTHENTICATION_ERROR"


def test_a_token_of_the_flow_with_another_scope_is_told_which_one_it_lacks(ask, token_for, flow, bob):
    token = token_for(bob, str(flow.pk), "urn:another")

    said = ask(None, "POST", f"flows/{flow.pk}/run", {"body": {}}, token=token, status=403)

    assert said["authorization_parameters"]["required_scopes"] == [flows.scope_of(flow.pk)]


def test_who_sees_no_run_is_not_told_of_its_flow(ask, token_for, run, flow, charlie):
    for token in (token_for(charlie, scopes.FLOWS, ALL), None):
        said = ask(charlie, "POST", f"runs/{run.pk}/resume", token=token, status=404)
        assert str(flow.pk) not in str(said)
    own = token_for(charlie, str(flow.pk), flows.scope_of(flow.pk))
    ask(None, "POST", f"runs/{run.pk}/resume", token=own, status=401)


@pytest.mark.parametrize(
    ("scope", "allowed"),
    [
        ("view_flows", {"flows", "flow", "validate"}),
        ("manage_flows", {"flows", "flow", "validate", "create"}),
        ("run_status", {"runs", "run", "log"}),
        ("run_manage", {"runs", "run", "log", "cancel"}),
        ("run", set()),
        ("all", {"flows", "flow", "validate", "create", "runs", "run", "log", "cancel"}),
    ],
)
def test_each_scope_allows_what_it_says(api, token_for, flow, run, bob, scope, allowed):
    doors = {
        "flows": ("GET", "flows"),
        "flow": ("GET", f"flows/{flow.pk}"),
        "validate": ("POST", "flows/validate"),
        "create": ("POST", "flows"),
        "runs": ("GET", "runs"),
        "run": ("GET", f"runs/{run.pk}"),
        "log": ("GET", f"runs/{run.pk}/log"),
        "cancel": ("POST", f"runs/{run.pk}/cancel"),
    }
    client = api()
    client.credentials(HTTP_AUTHORIZATION=f"Bearer {token_for(bob, scopes.FLOWS, of_service(scope))}")

    def status(method, path):
        return client.generic(method, f"/api/flows/{path}", "{}", "application/json").status_code

    assert {name for name, door in doors.items() if status(*door) != 403} == allowed


def test_a_flow_that_there_is_not_is_not_there_for_a_personal_token(ask, bob):
    for path in (f"flows/{uuid.uuid4()}/run", "flows/nothing/run"):
        assert ask(bob, "POST", path, {"body": {}}, status=404)["error"]["code"] == "FLOW_NOT_FOUND"


def test_a_program_gets_tokens_for_a_flow_and_no_others(flow):
    assert scopes.offer_of(flows.scope_of(flow.pk)).resource_server == str(flow.pk)
    assert "a flow" in scopes.words_of(flows.scope_of(flow.pk))
