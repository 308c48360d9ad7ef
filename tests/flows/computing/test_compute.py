"""The action Compute: what it asks for, who may, and what comes back."""

import json
import uuid

import pytest

from apps.flows import engine
from apps.flows.models import Action, Job
from apps.flows.services import functions
from tests.flows.computing.conftest import outcome

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("form", ["v2", "v2 by name", "payload", "v3", "tasks"])
def test_every_form_of_the_hosted_body_is_understood(compute, register, form):
    known, arguments, endpoint = str(register("hit_rate").pk), {"frames": 8, "hits": 2}, str(uuid.uuid4())
    body = {
        "v2": {"endpoint": endpoint, "function": known, "kwargs": arguments},
        "v2 by name": {"function": "hit_rate", "kwargs": arguments},
        "payload": {"tasks": [{"endpoint": endpoint, "function": known, "payload": arguments}]},
        "v3": {"endpoint_id": endpoint, "tasks": [{"function_id": known, "kwargs": arguments}]},
        "tasks": {"function": known, "tasks": [{"kwargs": arguments}]},
    }[form]
    url = f"https://compute.actions.globus.org{'/v3' if form == 'v3' else ''}"
    run = compute(body, url=url)

    made = run.output["made"]
    assert (run.status, made["status"]) == ("SUCCEEDED", "SUCCEEDED")
    assert made["details"]["result"] == [{"rate": 0.25}]
    assert made["details"]["results"][0]["output"] == {"rate": 0.25}
    assert made["details"]["results"][0]["task_id"] == str(Job.objects.get().pk)


def test_several_calls_come_back_in_their_order(compute, register):
    register("hit_rate")
    calls = [{"function": "hit_rate", "kwargs": {"frames": 8, "hits": hits}} for hits in range(5)]

    assert outcome(compute({"tasks": calls}))["result"] == [{"rate": hits / 8} for hits in range(5)]


def test_one_that_fails_is_told_beside_what_the_others_gave(compute, register):
    register("hit_rate"), register("refuse")
    good = {"function": "hit_rate", "kwargs": {"frames": 8, "hits": 2}}
    run = compute({"tasks": [good, {"function": "refuse"}]})
    told = outcome(run)

    assert (run.status, run.error_name) == ("FAILED", "ActionFailedException")
    assert told["message"] == "refuse: ValueError: no beam today"
    assert told["result"] == [{"rate": 0.25}, None]
    assert told["results"][1]["exception"] == "ValueError: no beam today"
    assert "in refuse" in told["results"][1]["said"]


def test_signs_that_no_database_keeps_are_left_out(compute, register):
    register("speak")
    told = outcome(compute({"function": "speak"}))

    assert told["message"] == "speak: ValueError: half a sign ?"
    assert "a NUL  and" in told["results"][0]["said"]


def test_a_function_that_needs_too_much_is_ended(compute, register):
    register("eat", limits={"memory_mib": 300})

    assert "more than 300 MiB of memory" in outcome(compute({"function": "eat"}))["message"]


@pytest.mark.parametrize(("person", "may"), [("alice", True), ("bob", True), ("charlie", False)])
def test_who_a_function_names_may_run_it(compute, register, request, person, may):
    register("who")
    run = compute({"function": "who"}, actor=request.getfixturevalue(person))

    assert (run.status == "SUCCEEDED") is may
    assert may or (run.error_name, Job.objects.count()) == ("ActionUnableToRun", 0)


def test_one_that_was_taken_away_is_not_run(compute, register, admin):
    functions.enable_function(register("who"), actor=admin, is_enabled=False)

    assert "There is no function 'who' here that you may run" in outcome(compute({"function": "who"}))["message"]


def test_arguments_must_be_what_the_function_takes(compute, register):
    schema = {"type": "object", "properties": {"frames": {"type": "integer"}}, "required": ["frames", "hits"]}
    register("hit_rate", input_schema=schema)
    many = compute({"tasks": [{"function": "hit_rate", "kwargs": {"frames": "8", "hits": 2}}]})
    by_position = compute({"function": "hit_rate", "args": [8, 2]})

    assert outcome(many)["message"].startswith("tasks.0.kwargs.frames: '8' is not of type 'integer'")
    assert outcome(by_position)["message"] == "args: hit_rate takes arguments by name alone."


def test_a_function_knows_by_which_request_it_runs_and_nothing_of_the_portals(compute, register, monkeypatch):
    monkeypatch.setenv("VITRINE_SECRET_KEY", "S3CR3T")
    register("who")
    run = compute({"function": "who"})

    action = Action.objects.get(run=run)
    told = {"VITRINE_REQUEST_ID": f"{action.pk}.0", "VITRINE_ATTEMPT": "1", "VITRINE_RUN_ID": str(run.pk)}
    assert outcome(run)["result"] == [told]


def test_a_command_gets_its_arguments_without_a_shell(compute, register):
    register("count", kind="command", target=["sh", "-c", 'printf "%s|" "$0" "$@"; cat', "{first}", "--to={to}"])
    run = compute({"function": "count", "kwargs": {"first": "a b; echo c", "to": 3}})

    assert outcome(run)["result"] == ["a b; echo c|--to=3|" + json.dumps({"first": "a b; echo c", "to": 3})]


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        ({}, "path: It is missing"),
        ({"path": "--eval=bad"}, "path: It begins with “-”"),
        ({"path": ["a"]}, "path: Only a text or a number"),
    ],
)
def test_a_command_is_not_run_with_arguments_that_do_not_fit(compute, register, arguments, told):
    register("list", kind="command", target=["ls", "{path}"])

    assert told in outcome(compute({"function": "list", "kwargs": arguments}))["message"]


def test_what_a_command_says_is_read_as_json_if_it_is(compute, register):
    register("say", kind="command", target=["echo", "{what}"])

    assert outcome(compute({"function": "say", "kwargs": {"what": '{"a": 1}'}}))["result"] == [{"a": 1}]
    assert outcome(compute({"function": "say", "kwargs": {"what": "plain"}}))["result"] == ["plain\n"]


def test_an_action_that_is_canceled_runs_nothing_more(compute, register, carry, clock, work):
    register("who")
    run = compute({"tasks": [{"function": "who"}] * 3}, works=False)
    Action.objects.filter(run=run).update(cancel_at=clock(), due_at=clock())
    carry(run)
    work()

    assert set(Job.objects.values_list("status", "attempts")) == {("canceled", 0)}
    assert Action.objects.get(run=run).status == "FAILED"


def test_somebodys_many_calls_do_not_keep_anothers_one_waiting(compute, register, alice, clock):
    register("who")
    compute({"tasks": [{"function": "who"}] * 50}, works=False)
    clock.forward(5)
    compute({"function": "who"}, actor=alice, works=False)

    order = list(Job.objects.order_by("turn_at").values_list("action__user__username", flat=True))
    assert order.index("alice") < 10


def test_begun_twice_it_is_asked_for_once(compute, register, work):
    register("who")
    run = compute({"tasks": [{"function": "who"}] * 3}, works=False)
    action = Action.objects.get(run=run)
    action.is_begun, action.due_at = False, action.started_at
    action.save()
    engine.perform(action.pk, lambda: action.started_at, lambda _: None)

    assert Job.objects.count() == 3
