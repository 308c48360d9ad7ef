"""Templates filled in: references, constants, private parameters."""

import pytest

from apps.flows.language.failures import StateFailure
from apps.flows.language.scene import Scene
from apps.flows.language.templates import fill

SCENE = Scene({"name": "Alice", "list": [1, {"x": 2}]}, context={"State": {"Name": "S"}}, run={"run_id": "r"})


def test_references_are_replaced_at_any_depth_and_the_rest_is_constant():
    template = {"a": [{"who.$": "$.name"}, "$.name", 3], "b": {"c.$": "$.list[1:]"}, "d.$": "$", "e": None}

    assert fill(template, SCENE) == {
        "a": [{"who": "Alice"}, "$.name", 3],
        "b": {"c": [{"x": 2}]},
        "d": SCENE.data,
        "e": None,
    }


def test_references_reach_the_context_and_the_run():
    assert fill({"a.$": "$$.State.Name", "b.$": "$._context.run_id"}, SCENE) == {"a": "S", "b": "r"}


def test_names_of_private_parameters_are_left_out_at_any_depth():
    template = {"a": {"b": 1, "__Private_Parameters": ["b"]}, "__Private_Parameters": ["a"]}

    assert fill(template, SCENE) == {"a": {"b": 1}}


@pytest.mark.parametrize(
    ("template", "error"),
    [({"a.$": "$.nothing"}, "States.ParameterPathFailure"), ({"a.$": 5}, "States.Runtime")],
)
def test_what_cannot_be_filled_in_fails_by_name(template, error):
    with pytest.raises(StateFailure) as told:
        fill(template, SCENE)

    assert told.value.error == error
