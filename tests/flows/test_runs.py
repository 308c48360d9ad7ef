"""Runs go from state to state, durably."""

import sys
from datetime import timedelta

import pytest

from apps.flows import engine, tasks
from apps.flows import services as flows
from apps.flows.errors import StateConflict
from apps.flows.models import Action, Branch, Run
from tests.flows.conftest import HELLO, codes

pytestmark = pytest.mark.django_db


def test_a_run_ends_with_what_its_last_state_gives(run_of):
    run = run_of({"One": {"Type": "Pass", "Result": {"a": 1}, "ResultPath": "$.one", "End": True}}, {"b": 2})

    assert (run.status, run.output) == ("SUCCEEDED", {"b": 2, "one": {"a": 1}})
    assert codes(run) == ["FlowStarted", "PassStarted", "PassCompleted", "FlowSucceeded"]


def test_an_action_is_performed_and_its_status_is_the_result(run_of):
    run = run_of({"Greet": HELLO}, {"word": "hi"})

    assert run.status == "SUCCEEDED"
    assert run.output["said"]["details"] == {"Hello": "World", "hello": "hi"}
    assert run.output["said"]["status"] == "SUCCEEDED"
    assert codes(run) == ["FlowStarted", "ActionStarted", "ActionCompleted", "FlowSucceeded"]


def test_a_run_waits_without_being_looked_at(start, carry, clock):
    run = carry(start({"Nap": {"Type": "Wait", "Seconds": 100, "Next": "On"}, "On": {"Type": "Pass", "End": True}}))
    assert not engine.due(clock()).runs

    clock.forward(100)

    assert carry(run).status == "SUCCEEDED"


def test_an_action_that_takes_too_long_is_an_error_and_is_canceled(start, carry, clock):
    slow = {**HELLO, "Parameters": {"sleep_time": 500}, "WaitTime": 60}
    run = carry(start({"Greet": slow}))

    clock.forward(61)
    run = carry(run)

    assert (run.status, run.error_name) == ("FAILED", "ActionTimeout")
    assert Action.objects.get(run=run).cancel_at is not None


def test_a_caught_error_leads_on(run_of):
    catch = {"ErrorEquals": ["ActionUnableToRun"], "Next": "Mend", "ResultPath": "$.error"}
    bad = {**HELLO, "Parameters": {"sleep_time": "long"}, "Catch": [catch]}
    run = run_of({"Greet": bad, "Mend": {"Type": "Pass", "End": True}})

    assert run.status == "SUCCEEDED"
    assert run.output["error"]["Error"] == "ActionUnableToRun"
    assert "long" in run.output["error"]["Cause"]


def test_branches_go_on_together_and_join_in_their_order(start, carry, clock):
    def branch(seconds):
        nap = {**HELLO, "Parameters": {"sleep_time": seconds, "echo_string": str(seconds)}}
        return {"StartAt": f"N{seconds}", "States": {f"N{seconds}": nap}}

    run = carry(start({"Both": {"Type": "Parallel", "Branches": [branch(20), branch(10)], "End": True}}))
    assert Action.objects.filter(run=run, is_begun=True).count() == 2
    clock.forward(20)

    assert [one["said"]["details"]["hello"] for one in carry(run).output] == ["20", "10"]


def test_a_map_does_not_begin_more_than_it_may(start, carry, clock):
    nap = {**HELLO, "Parameters": {"sleep_time": 10}}
    each = {"Type": "Map", "ItemsPath": "$.all", "MaxConcurrency": 2, "End": True}
    each["ItemProcessor"] = {"StartAt": "Nap", "States": {"Nap": nap}}
    run = carry(
        start(
            {
                "Each": each,
            },
            {"all": [{}, {}, {}, {}, {}]},
        )
    )
    assert Branch.objects.filter(run=run, status="ACTIVE", parent__isnull=False).count() == 2

    for _ in range(3):
        clock.forward(10)
        run = carry(run)

    assert (run.status, len(run.output)) == ("SUCCEEDED", 5)


def test_one_failed_branch_breaks_off_the_others(start, carry, clock):
    slow = {"StartAt": "Slow", "States": {"Slow": {**HELLO, "Parameters": {"sleep_time": 500}}}}
    fail = {"Type": "Fail", "Error": "Oops", "Cause": "as told"}
    bad = {"StartAt": "Nap", "States": {"Nap": {"Type": "Wait", "Seconds": 5, "Next": "Bad"}, "Bad": fail}}
    run = carry(start({"Both": {"Type": "Parallel", "Branches": [slow, bad], "End": True}}))
    clock.forward(5)
    run = carry(run)

    assert (run.status, run.error_name, run.error_cause) == ("FAILED", "Oops", "as told")
    assert set(Branch.objects.filter(run=run).values_list("status", flat=True)) == {"FAILED", "CANCELED"}
    assert Action.objects.get(run=run).is_over


def test_a_canceled_run_cancels_its_action(start, carry, alice):
    run = carry(start({"Greet": {**HELLO, "Parameters": {"sleep_time": 500}}}))

    flows.cancel_run(run=run, actor=alice)
    run = carry(run)

    assert (run.status, run.error_name) == ("FAILED", "FlowCanceled")
    assert Action.objects.get(run=run).status == "FAILED"
    assert codes(run)[-1] == "FlowCanceled"


def test_who_cancels_a_run_does_not_do_what_another_has_in_hand(start, carry, clock, alice):
    """Its action is begun by a worker at that moment; or one died of it, and its lease goes on."""
    run = start({"Say": HELLO}, {"word": "hi"})
    clock.forward(1)
    engine.turn(run.pk, clock(), holder="another worker")

    flows.cancel_run(run=run, actor=alice)
    carry(run)
    action = run.actions.get()
    assert (action.lease, action.is_begun, action.cancel_at is not None) == ("another worker", False, True)

    clock.forward(30)  # longer than its lease
    assert carry(run).error_name == "FlowCanceled"
    assert "before it began" in run.actions.get().details["message"]


def test_a_paused_run_begins_nothing_until_it_is_resumed(start, carry, clock, alice):
    run = carry(start({"Nap": {"Type": "Wait", "Seconds": 5, "Next": "On"}, "On": {"Type": "Pass", "End": True}}))
    flows.pause_run(run=run, actor=alice)
    clock.forward(10)
    assert carry(run).status == "INACTIVE"

    flows.resume_run(run=run, actor=alice)
    clock.forward(1)

    assert carry(run).status == "SUCCEEDED"


def test_a_failed_run_goes_on_with_a_mended_version(run_of, carry, alice):
    states = {"One": {"Type": "Pass", "Result": 1, "ResultPath": "$.one", "Next": "Greet"}, "Greet": HELLO}
    run = run_of(states)
    assert (run.status, run.error_name) == ("FAILED", "States.ParameterPathFailure")
    mended = {"StartAt": "One", "States": {**states, "Greet": {**HELLO, "Parameters": {"echo_string": "hi"}}}}
    flow = flows.change_flow(flow=run.flow, actor=alice, told=flows.FlowChanges(definition=mended))

    flows.redrive_run(run=run, actor=alice, version=flow.version)
    run = carry(run)

    assert (run.status, run.output["one"], run.redrives) == ("SUCCEEDED", 1, 1)
    assert codes(run).count("PassStarted") == 1


def test_a_run_that_failed_after_a_caught_error_begins_where_it_was_caught(run_of, carry, alice):
    greet = {**HELLO, "Catch": [{"ErrorEquals": ["States.ALL"], "ResultPath": "$.error", "Next": "GiveUp"}]}
    states = {"Greet": greet, "GiveUp": {"Type": "Fail", "Error": "Gave up", "Cause": "no word"}}
    run = run_of(states)
    assert run.error_name == "Gave up"
    mended = {"StartAt": "Greet", "States": {**states, "Greet": {**greet, "Parameters": {"echo_string": "hi"}}}}
    flow = flows.change_flow(flow=run.flow, actor=alice, told=flows.FlowChanges(definition=mended))

    flows.redrive_run(run=run, actor=alice, version=flow.version)
    run = carry(run)

    assert (run.status, run.output["said"]["details"]["hello"]) == ("SUCCEEDED", "hi")
    assert "error" not in run.output


def test_a_run_that_succeeded_is_not_driven_again(run_of, alice):
    run = run_of({"One": {"Type": "Pass", "End": True}})

    with pytest.raises(StateConflict):
        flows.redrive_run(run=run, actor=alice)


def test_a_run_past_its_deadline_ends(start, carry, clock):
    run = carry(start({"Nap": {"Type": "Wait", "Seconds": 1000, "End": True}}))
    clock.now = run.deadline + timedelta(seconds=1)

    run = carry(run)

    assert (run.status, run.error_name) == ("FAILED", "States.Timeout")


def test_the_numbers_of_the_log_have_no_gap(run_of):
    passes = {f"S{n}": {"Type": "Pass", "Next": f"S{n + 1}"} for n in range(120)}
    run = run_of({**passes, "S120": {"Type": "Pass", "End": True}})

    assert list(run.log.values_list("number", flat=True)) == list(range(1, run.log_count + 1))
    assert run.log_count == 2 + 2 * 121


def test_runs_are_kept_as_long_as_the_administrator_says(start, carry, clock, settings):
    old, young = (
        carry(start({"A": {"Type": "Pass", "End": True}})),
        start({"A": {"Type": "Wait", "Seconds": 9, "End": True}}),
    )
    Run.objects.filter(pk=old.pk).update(ended_at=clock() - timedelta(days=8))
    tasks.forget_runs()
    assert Run.objects.count() == 2

    settings.RUNS_KEPT_DAYS = 7
    tasks.forget_runs()

    assert list(Run.objects.all()) == [young]


def test_a_defect_of_the_portal_ends_the_state_and_not_the_workers(run_of, monkeypatch, caplog):
    def broken(visit, state):
        raise ZeroDivisionError

    monkeypatch.setitem(sys.modules["apps.flows.engine.advance"]._ENTER, "Pass", broken)

    run = run_of({"One": {"Type": "Pass", "End": True}})

    assert (run.status, run.error_name) == ("FAILED", "States.Runtime")
    assert "nobody foresaw" in caplog.text
