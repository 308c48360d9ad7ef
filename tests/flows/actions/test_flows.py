"""A flow is an action of another: run as the same person, awaited, canceled with it."""

import pytest
from django.conf import settings
from django.utils import timezone

from apps.access import services as access
from apps.access.types import identity_urn
from apps.accounts.models import Token
from apps.flows import engine, tasks
from apps.flows import services as flows
from apps.flows.models import Action, Run
from apps.flows.services import FlowChanges
from tests.flows.actions.conftest import EVERYBODY

pytestmark = pytest.mark.django_db
NAMED = {"type": "object", "required": ["name"]}
HELLO = {
    "Hello": {
        "Type": "Action",
        "ActionUrl": "/api/actions/hello_world",
        "Parameters": {"echo_string.$": "$.name"},
        "ResultPath": "$.said",
        "End": True,
    }
}
NAP = {"Nap": {"Type": "Wait", "Seconds": 60, "End": True}}


@pytest.fixture
def calls():
    """The states of a flow that runs another one."""

    def calls(flow, *, form="/api/flows/flows/{}", **more):
        call = {"Type": "Action", "ActionUrl": form.format(flow.pk), "Parameters": {"name.$": "$.name"}}
        return {"Call": {**call, "ResultPath": "$.called", "End": True, **more}}

    return calls


@pytest.fixture
def follow(carry, clock):
    """Carry a run on, and tell it what became of those below it, as workers would."""

    def follow(run):
        while True:
            run = carry(run)
            for child in Run.objects.filter(depth__gt=0, news_at__isnull=False):
                tasks.tell_news(child)
            due = engine.due(max(clock(), timezone.now()))
            if not due.runs and not due.actions:
                return run

    return follow


@pytest.mark.parametrize(
    "form",
    [
        "/api/flows/flows/{}",
        settings.PUBLIC_URL + "/api/flows/flows/{}/",
        "https://flows.automate.globus.org/flows/{}/run",
    ],
)
def test_its_output_is_the_result(make_flow, start, follow, calls, form):
    run = follow(start(calls(make_flow(HELLO, schema=NAMED), form=form), {"name": "Ada"}))

    child = Run.objects.get(depth=1)
    assert (run.status, child.owner, child.label) == ("SUCCEEDED", run.owner, "a flow: Call")
    assert run.output["called"]["action_id"] == str(child.pk)
    assert run.output["called"]["details"]["output"]["said"]["details"]["hello"] == "Ada"


def test_a_request_starts_one_run_however_often_it_is_begun(make_flow, start, carry, calls, alice):
    flow = make_flow(NAP)
    run = carry(start(calls(flow), {"name": "Ada"}))
    flows.change_flow(flow=flow, actor=alice, told=FlowChanges(input_schema={"type": "object", "required": ["other"]}))
    Action.objects.filter(run=run).update(is_begun=False, due_at=run.started_at, memo={})

    assert carry(run).status == "ACTIVE"
    assert Action.objects.get(run=run).memo["action_id"] == str(Run.objects.get(depth=1).pk)


def test_a_definition_says_that_it_needs_the_scope_of_the_flow(make_flow, calls):
    flow = make_flow(HELLO)

    assert flows.scopes_needed({"StartAt": "Call", "States": calls(flow)}) == {"User": [flows.scope_of(flow.pk)]}


@pytest.mark.parametrize(
    ("name", "roles", "said"),
    [
        ("Ada", {}, "no such flow"),
        ("Ada", {"viewer": EVERYBODY}, "Ask its administrators"),
        (1, {"starter": EVERYBODY}, "not of type"),
    ],
)
def test_what_could_not_be_started_alone_is_not_started_by_another(
    make_flow, start, carry, calls, bob, name, roles, said
):
    schema = {"type": "object", "properties": {"name": {"type": "string"}}}
    flow = make_flow(HELLO, schema=schema, roles=roles)

    run = carry(start(calls(flow), {"name": name}, actor=bob, roles={"starter": EVERYBODY}))

    assert (run.status, run.error_name) == ("FAILED", "ActionUnableToRun")
    assert said in run.error_cause
    assert Run.objects.count() == 1


def test_a_flow_may_act_for_itself(make_flow, start, follow, calls, bob):
    inner = make_flow(HELLO)
    run = start(calls(inner, RunAs="Flow"), {"name": "Ada"}, actor=bob, roles={"starter": EVERYBODY})
    access.give_roles(inner.resource, {"starter": [identity_urn(run.flow_id)]}, inner.account)

    assert follow(run).status == "SUCCEEDED"
    assert Run.objects.get(depth=1).owner == run.flow.account


def test_how_it_failed_is_why(make_flow, start, follow, calls):
    broken = {"Stop": {"Type": "Fail", "Error": "Broken", "Cause": "The beam is off."}}
    run = follow(start(calls(make_flow(broken)), {"name": "Ada"}))

    assert (run.status, run.error_name) == ("FAILED", "ActionFailedException")
    assert "Broken: The beam is off." in run.error_cause


def test_a_cancel_goes_down(make_flow, start, follow, calls, alice):
    middle = make_flow(calls(make_flow(NAP)))
    run = follow(start(calls(middle), {"name": "Ada"}))
    assert list(Run.objects.order_by("depth").values_list("status", flat=True)) == ["ACTIVE"] * 3

    flows.cancel_run(run=run, actor=alice)
    follow(run)

    assert set(Run.objects.values_list("error_name", flat=True)) == {"FlowCanceled"}


def test_a_flow_that_starts_itself_without_end_ends_at_a_limit(make_flow, start, follow, calls, alice):
    flow = make_flow(HELLO)
    itself = FlowChanges(definition={"StartAt": "Call", "States": calls(flow)})
    flow = flows.change_flow(flow=flow, actor=alice, told=itself)

    run = follow(flows.start_run(flow=flow, actor=alice, input={"name": "Ada"}))

    assert (run.status, Run.objects.count()) == ("FAILED", Run.DEEPEST + 1)
    assert Run.objects.get(depth=Run.DEEPEST).error_name == "ActionUnableToRun"
    assert "let a Choice end that" in Run.objects.get(depth=Run.DEEPEST).error_cause


def test_one_that_was_paused_is_awaited(make_flow, start, follow, calls, alice, clock):
    run = follow(start(calls(make_flow(NAP)), {"name": "Ada"}))
    child = Run.objects.get(depth=1)

    flows.pause_run(run=child, actor=alice)
    assert follow(run).status == "ACTIVE"
    flows.resume_run(run=child, actor=alice)
    clock.forward(61)

    assert follow(run).status == "SUCCEEDED"


def called(server, **more):
    return {"Measure": {"Type": "Action", "ActionUrl": server.url, "Parameters": {}, "End": True, **more}}


def test_who_starts_it_lets_it_use_what_the_flows_below_it_name(make_flow, start, follow, calls, elsewhere, scope):
    middle = make_flow(calls(make_flow(called(elsewhere, ActionScope=scope))))

    follow(start(calls(middle), {"name": "Ada"}))

    assert Token.objects.get().scope == scope


def test_what_is_named_only_later_waits_for_their_consent(
    make_flow, start, follow, calls, elsewhere, scope, alice, clock
):
    inner = make_flow(HELLO)
    run = start(calls(inner), {"name": "Ada"})
    told = FlowChanges(definition={"StartAt": "Measure", "States": called(elsewhere, ActionScope=scope)})
    flows.change_flow(flow=inner, actor=alice, told=told)

    run = follow(run)
    assert (run.status, run.halt["state_name"], run.halt["required_scopes"]) == ("INACTIVE", "Call", [scope])
    flows.resume_run(run=run, actor=alice)
    run, elsewhere.status = follow(run), "SUCCEEDED"
    assert (run.status, Run.objects.get(depth=1).status) == ("ACTIVE", "ACTIVE")
    clock.forward(5)

    assert follow(run).status == "SUCCEEDED"


def test_what_was_resumed_itself_goes_on_above(make_flow, start, follow, calls, elsewhere, scope, alice, clock):
    elsewhere.scope = scope
    run = follow(start(calls(make_flow(called(elsewhere))), {"name": "Ada"}))
    assert run.status == "INACTIVE"

    flows.resume_run(run=Run.objects.get(depth=1), actor=alice)
    elsewhere.status = "SUCCEEDED"

    assert follow(run).status == "SUCCEEDED"
