"""What does not fit the data fails its state, by a name that its catchers know; never the engine."""

import pytest

from apps.flows import services as flows
from tests.flows.conftest import HELLO

CAUGHT = {"Type": "Pass", "End": True}


def map_of(items, selector, **more):
    inner = {"StartAt": "One", "States": {"One": {"Type": "Pass", "End": True}}}
    told = {"ItemsPath": items, "ItemSelector": selector, "ItemProcessor": inner, "End": True}
    return {"Type": "Map", **told, **more}


def test_an_item_selector_that_leads_nowhere_fails_its_map(run_of):
    run = run_of({"Each": map_of("$.all", {"it.$": "$.nope"})}, {"all": [1, 2]})

    assert (run.status, run.error_name) == ("FAILED", "States.ParameterPathFailure")


def test_an_item_selector_that_fails_for_a_later_item_is_caught(run_of):
    catch = [{"ErrorEquals": ["States.ALL"], "Next": "Caught", "ResultPath": "$.error"}]
    selector = {"it.$": "$$.Map.Item.Value.a"}
    states = {"Each": map_of("$.all", selector, MaxConcurrency=1, Catch=catch), "Caught": CAUGHT}
    run = run_of(states, {"all": [{"a": 1}, {"b": 2}]})

    assert (run.status, run.output["error"]["Error"]) == ("SUCCEEDED", "States.ParameterPathFailure")


def test_parameters_of_branches_that_lead_nowhere_are_tried_again_and_caught(start, carry, clock):
    branch = {"StartAt": "One", "States": {"One": {"Type": "Pass", "End": True}}}
    handling = {"Retry": [{"ErrorEquals": ["States.ALL"], "MaxAttempts": 1}]}
    handling["Catch"] = [{"ErrorEquals": ["States.ALL"], "Next": "Caught"}]
    both = {"Type": "Parallel", "Parameters": {"it.$": "$.nope"}, "Branches": [branch], "End": True, **handling}
    run = carry(start({"Both": both, "Caught": CAUGHT}))
    clock.forward(1)

    assert carry(run).output["Error"] == "States.ParameterPathFailure"


def test_a_map_whose_selector_failed_is_driven_again_with_a_better_one(run_of, carry, alice):
    each = map_of("$.all", {"it.$": "$.nope"})
    run = run_of({"Each": each}, {"all": [1, 2]})
    mended = {"StartAt": "Each", "States": {"Each": {**each, "ItemSelector": {"it.$": "$$.Map.Item.Value"}}}}
    flow = flows.change_flow(flow=run.flow, actor=alice, told=flows.FlowChanges(definition=mended))

    flows.redrive_run(run=run, actor=alice, version=flow.version)

    assert carry(run).output == [{"it": 1}, {"it": 2}]


def test_a_selector_shapes_each_item_of_a_batch(run_of):
    selector = {"v.$": "$$.Map.Item.Value", "i.$": "$$.Map.Item.Index"}
    run = run_of({"Each": map_of("$.all", selector, ItemBatcher={"MaxItemsPerBatch": 2})}, {"all": [7, 8, 9]})

    assert [batch["Items"] for batch in run.output] == [[{"v": 7, "i": 0}, {"v": 8, "i": 1}], [{"v": 9, "i": 2}]]


@pytest.mark.parametrize("name", ["States.Runtime", "States.ParameterPathFailure", "States.ALL"])
def test_a_path_that_leads_nowhere_is_caught_by_both_its_names(run_of, name):
    greet = {**HELLO, "Catch": [{"ErrorEquals": [name], "Next": "Caught"}]}
    run = run_of({"Greet": greet, "Caught": CAUGHT})

    assert (run.status, run.output["Error"]) == ("SUCCEEDED", "States.ParameterPathFailure")


def test_a_condition_that_is_neither_true_nor_false_is_no_answer(run_of):
    ways = [{"Condition": "{% 'no' %}", "Next": "Caught"}]
    run = run_of(
        {"Ask": {"Type": "Choice", "Choices": ways, "Default": "Caught"}, "Caught": CAUGHT}, QueryLanguage="JSONata"
    )

    assert (run.status, run.error_name) == ("FAILED", "States.QueryEvaluationError")
