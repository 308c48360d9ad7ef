"""``globus flows``, unmodified: a program of Alice's makes flows and runs them; Bob runs one of hers."""

import json

import pytest

from apps.flows import services as flows
from tests.clients.people import sign_in
from tests.flows.conftest import HELLO, make_flow
from tests.flows.working import worker_running
from tests.waiting import until

__all__ = ["make_flow"]
pytestmark = pytest.mark.django_db(transaction=True)
GREETING = {"StartAt": "Greet", "States": {"Greet": {**HELLO, "ResultPath": "$.said"}}}
NAP = {"StartAt": "Nap", "States": {"Nap": {"Type": "Wait", "Seconds": 1000, "End": True}}}
SCHEMA = {"type": "object", "properties": {"word": {"type": "string"}}, "required": ["word"]}


@pytest.fixture
def flow(robot):
    """The id of a flow that the robot has made."""
    words = ("--input-schema", json.dumps(SCHEMA), "--subtitle", "Says a word", "--keyword", "hello")
    return robot.json("flows", "create", "Greeting", json.dumps(GREETING), *words)["id"]


@pytest.fixture
def run(robot, flow):
    robot.globus("flows", "update", flow, "--definition", json.dumps(NAP))
    return robot.json("flows", "start", flow, "--input", '{"word": "hi"}', "--label", "Night", "--tag", "a")["run_id"]


def test_a_flow_is_made_shown_found_changed_and_deleted(robot, flow):
    shown = robot.globus("flows", "show", flow)
    assert "Greeting" in shown
    assert "Says a word" in shown
    assert robot.json("flows", "show", flow, "--jmespath", "definition") == GREETING

    changed = robot.globus("flows", "update", flow, "--title", "Greetings", "--viewers", "public", "--keywords", "a,b")
    assert "Greetings" in changed
    listed = robot.json("flows", "list", "--filter-role", "flow_owner", "--filter-fulltext", "greet")
    assert [(one["title"], one["keywords"], one["flow_viewers"]) for one in listed["flows"]] == [
        ("Greetings", ["a", "b"], ["public"])
    ]
    assert "Greetings" in robot.globus("flows", "list", "--orderby", "title:ASC", "--orderby", "updated_at:DESC")

    assert "Greetings" in robot.globus("flows", "delete", flow)
    assert "FLOW_NOT_FOUND" in robot.globus("flows", "show", flow, status=1)


def test_a_definition_is_looked_at(robot):
    good = robot.globus("flows", "validate", json.dumps(GREETING))
    assert "https://auth.globus.org/scopes/actions.globus.org/hello_world" in good

    bad = {"StartAt": "One", "States": {"One": {"Type": "Pass"}, "Two": {"Type": "Nap"}}}
    complaint = robot.globus("flows", "validate", json.dumps(bad), status=1)
    assert "validation errors" in complaint
    assert "$.definition.States.One" in complaint
    refused = robot.globus("flows", "create", "Bad", json.dumps(bad), "--administrator", "alice", status=1)
    assert "$.flow_administrators[0]" in refused


def test_a_run_is_started_watched_and_deleted(robot, flow):
    complaint = robot.globus("flows", "start", flow, "--input", '{"word": 7}', status=1)
    assert "FLOW_INPUT_ERROR" in complaint
    assert "$.word" in complaint

    policy = ("--activity-notification-policy", "FAILED,SUCCEEDED")
    run = robot.json("flows", "start", flow, "--input", '{"word": "hi"}', "--label", "Day", *policy)["run_id"]
    with worker_running():
        until(lambda: robot.json("flows", "run", "show", run, "--jmespath", "status") == "SUCCEEDED")

    assert robot.json("flows", "run", "show", run)["details"]["output"]["said"]["details"]["hello"] == "hi"
    shown = robot.globus("flows", "run", "show", run, "--include-flow-description")
    assert "Says a word" in shown
    logged = robot.globus("flows", "run", "show-logs", run)
    assert logged.index("FlowStarted") < logged.index("ActionCompleted") < logged.index("FlowSucceeded")
    newest = robot.json("flows", "run", "show-logs", run, "--reverse", "--limit", "1")
    assert [line["code"] for line in newest["entries"]] == ["FlowSucceeded"]
    assert robot.json("flows", "run", "show-definition", run)["definition"] == GREETING
    assert "Day" in robot.globus("flows", "run", "list", "--filter-flow-id", flow, "--filter-role", "run_owner")
    assert "Day" in robot.globus("flows", "run", "delete", run)
    assert robot.json("flows", "run", "list")["runs"] == []


def test_a_run_is_renamed_shared_and_canceled(robot, run, bob, urn_of):
    words = ("--label", "Late", "--tags", "b,c", "--monitors", urn_of(bob))
    assert "Late" in robot.globus("flows", "run", "update", run, *words)
    told = robot.json("flows", "run", "show", run)
    assert (told["tags"], told["run_monitors"]) == (["b", "c"], [urn_of(bob)])

    assert "STATE_CONFLICT" in robot.globus("flows", "run", "delete", run, status=1)
    robot.globus("flows", "run", "cancel", run)
    with worker_running():
        until(lambda: robot.json("flows", "run", "show", run, "--jmespath", "status") == "FAILED")


def test_a_run_is_resumed(robot, run):
    assert "Night" in robot.globus("flows", "run", "resume", run)


def test_there_are_no_registered_apis(robot):
    assert robot.json("flows", "registered-api", "list")["registered_apis"] == []


@pytest.mark.browser
def test_a_person_starts_a_flow_once_they_consented_to_it(laptop, page, make_flow, bob, team_urn):
    flow = make_flow(GREETING["States"], schema=SCHEMA, roles={"starter": [team_urn]})
    sign_in(laptop, page, "bob")
    assert "a flow" in laptop.globus("flows", "list")
    asked = laptop.globus("flows", "start", str(flow.pk), "--input", '{"word": "hi"}', status=4)
    assert f"--flow {flow.pk}" in asked

    sign_in(laptop, page, command=("globus", "login", "--flow", str(flow.pk)))

    run = laptop.json("flows", "start", str(flow.pk), "--input", '{"word": "hi"}')
    assert run["run_owner"] == f"urn:globus:auth:identity:{bob.identities.get().pk}"
    assert flows.get_run(run["run_id"], actor=bob).flow == flow


def test_a_question_of_a_run_is_found_and_answered(robot):
    me = robot.globus("whoami", "--jmespath", "sub", "--format", "json").strip().strip('"')
    told = {"title": "Publish it?", "options": [{"name": "Yes"}, {"name": "No"}], "notify": False}
    ask = {"Type": "Action", "ActionUrl": "/api/actions/user/selection", "ResultPath": "$.said", "End": True}
    ask["Parameters"] = told | {"respondents": [f"urn:globus:auth:identity:{me}"]}
    flow = robot.json("flows", "create", "Ask", json.dumps({"StartAt": "Ask", "States": {"Ask": ask}}))["id"]
    run = robot.json("flows", "start", flow)["run_id"]

    with worker_running():
        found = until(lambda: robot.json("flows", "web-input", "list")["web_input_summaries"])
        shown = robot.globus("flows", "web-input", "show", found[0]["id"])
        assert "Publish it?" in shown
        option = robot.json("flows", "web-input", "show", found[0]["id"], "--jmespath", "options[0].option_id")
        assert "ok" in robot.globus("flows", "web-input", "respond", found[0]["id"], option)
        until(lambda: robot.json("flows", "run", "show", run, "--jmespath", "status") == "SUCCEEDED")
