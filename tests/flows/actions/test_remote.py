"""Action providers elsewhere are called as whoever runs the flow, with a token that is good there alone."""

import pytest

from apps.accounts import services as accounts
from apps.accounts.models import Token
from apps.accounts.services.consents import disconnect
from apps.accounts.services.delegating import flows_application
from apps.accounts.services.scopes import SEARCH, urn
from apps.flows import services as flows
from apps.flows.models import Action

pytestmark = pytest.mark.django_db


def call(server, **more):
    state = {"Type": "Action", "ActionUrl": server.url, "Parameters": {"a": 1}, "ResultPath": "$.done", "End": True}
    return {"Call": {**state, **more}}


def test_it_is_begun_once_and_asked_until_it_ends(elsewhere, start, carry, clock):
    run = carry(start(call(elsewhere)))
    assert run.status == "ACTIVE"

    elsewhere.status = "SUCCEEDED"
    clock.forward(2)
    run = carry(run)

    assert (run.status, run.output["done"]["details"], len(elsewhere.begun)) == ("SUCCEEDED", {"said": "so"}, 1)
    assert [body["body"] for method, path, _, body in elsewhere.heard if path == "/run"] == [{"a": 1}]


def test_it_is_shown_a_token_of_its_own_scope(elsewhere, start, carry, scope, alice, clock):
    carry(start(call(elsewhere, ActionScope=scope)))

    shown = elsewhere.heard[-1][2].removeprefix("Bearer ")
    token = accounts.find_token(shown, now=clock())

    assert (token.user, token.scope, token.resource_server) == (alice, scope, scope.split("/")[-2])


def test_the_scope_that_a_provider_tells_of_itself_is_used(elsewhere, start, carry, scope, clock):
    elsewhere.scope = scope
    run = carry(start(call(elsewhere)))
    assert (run.status, run.halt["code"]) == ("INACTIVE", "ConsentRequired")

    flows.resume_run(run=run, actor=run.owner)

    assert carry(run).status == "ACTIVE"
    assert Token.objects.get().scope == scope


def test_no_scope_of_the_portal_is_ever_shown_to_others(elsewhere, start, carry):
    run = carry(start(call(elsewhere, ActionScope=urn(SEARCH, "all"))))

    assert (run.status, run.error_name, elsewhere.heard) == ("FAILED", "ActionUnableToRun", [])
    assert not Token.objects.exists()


def test_who_takes_their_consent_back_halts_the_run(elsewhere, start, carry, scope, alice, clock):
    run = carry(start(call(elsewhere, ActionScope=scope)))
    disconnect(user=alice, application_id=flows_application().pk, now=clock())
    clock.forward(2)

    run = carry(run)

    assert (run.status, run.halt["required_scopes"]) == ("INACTIVE", [scope])


def test_an_action_that_needs_its_person_goes_on_when_they_resume_the_run(elsewhere, start, carry, clock):
    elsewhere.status = "INACTIVE"
    run = carry(start(call(elsewhere)))
    assert run.status == "INACTIVE"

    flows.resume_run(run=run, actor=run.owner)
    run = carry(run)

    assert elsewhere.heard[-1][1].endswith("/resume")
    assert run.status == "ACTIVE"


def test_a_host_that_is_not_allowed_is_not_called(elsewhere, run_of, settings):
    settings.ACTION_HOSTS = ["example.org"]

    run = run_of(call(elsewhere))

    assert (run.error_name, elsewhere.heard) == ("ActionUnableToRun", [])


def test_a_provider_that_refuses_ends_the_state(elsewhere, run_of):
    elsewhere.refuses = 401

    assert run_of(call(elsewhere)).error_name == "ActionUnableToRun"


def test_a_provider_that_is_down_is_asked_again_with_the_same_request(elsewhere, start, carry, clock):
    elsewhere.refuses = 503
    run = carry(start(call(elsewhere)))
    assert Action.objects.get(run=run).display_status == "Tries again soon"

    elsewhere.refuses, elsewhere.status = 0, "SUCCEEDED"
    clock.forward(5)

    assert carry(run).status == "SUCCEEDED"
    assert len({body["request_id"] for _, path, _, body in elsewhere.heard if path == "/run"}) == 1


@pytest.mark.parametrize("garbage", [b"no json", b"[]", b'{"status": "DONE"}', b"[" * 100_000])
def test_rubbish_is_an_error_of_the_action(elsewhere, run_of, garbage):
    elsewhere.garbage = garbage

    assert run_of(call(elsewhere)).error_name == "ActionUnableToRun"


def test_a_canceled_run_cancels_elsewhere(elsewhere, start, carry, alice):
    run = carry(start(call(elsewhere)))

    flows.cancel_run(run=run, actor=alice)

    assert carry(run).error_name == "FlowCanceled"
    assert elsewhere.heard[-1][1].endswith("/cancel")
