"""Templates filled in: references, constants, private parameters."""

from copy import deepcopy

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.flows.language.dialect import Dialect
from apps.flows.language.failures import StateFailure
from apps.flows.language.scene import Scene
from apps.flows.language.templates import check_template, fill, private_names, without_private

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


def test_functions_and_expressions_are_replaced_in_both_dialects():
    template = {"f.$": "States.Format('Hi {}', $.name)", "e.=": "name + '!'", "old.=": "`$.name` + '?'"}
    filled = {"f": "Hi Alice", "e": "Alice!", "old": "Alice?"}

    assert fill(template, SCENE) == filled
    assert fill(template, Scene(SCENE.data, dialect=Dialect.ASL)) == filled


def test_filling_changes_neither_the_template_nor_the_data():
    template, data = {"a": [{"b.$": "$.x"}], "c": {}}, {"x": [1]}
    before = deepcopy((template, data))

    fill(template, Scene(data))

    assert (template, data) == before


def test_names_of_private_parameters_are_left_out_at_any_depth():
    template = {"a": {"b": 1, "__Private_Parameters": ["b"]}, "__Private_Parameters": ["a"]}

    assert fill(template, SCENE) == {"a": {"b": 1}}


@pytest.mark.parametrize(
    ("template", "error"),
    [
        ({"a.$": "$.nothing"}, "States.ParameterPathFailure"),
        ({"a.=": "nothing"}, "States.ParameterPathFailure"),
        ({"a.$": "States.Format('{}', $.nothing)"}, "States.ParameterPathFailure"),
        ({"a.$": "States.ArrayLength(1)"}, "States.IntrinsicFailure"),
        ({"a.=": "1 / 0"}, "States.Runtime"),
        ({"a.$": 5}, "States.Runtime"),
        ({"a.$": "no path"}, "States.IntrinsicFailure"),
    ],
)
def test_what_cannot_be_filled_in_fails_by_name(template, error):
    with pytest.raises(StateFailure) as told:
        fill(template, SCENE)

    assert told.value.error == error


TEMPLATE = {
    "server": {"url": "u", "password.$": "$.p", "__Private_Parameters": ["password"]},
    "list": [{"key.=": "k", "__Private_Parameters": ["key.="]}],
    "secret": "s",
    "__Private_Parameters": ["secret"],
}


def test_private_names_are_told_without_what_says_how_they_are_found():
    assert private_names(TEMPLATE) == {"password", "key", "secret"}
    assert private_names(None) == private_names("x") == frozenset()


def test_a_template_is_shown_without_its_private_parameters():
    assert without_private(TEMPLATE) == {
        "server": {"url": "u", "__Private_Parameters": ["password"]},
        "list": [{"__Private_Parameters": ["key.="]}],
        "__Private_Parameters": ["secret"],
    }


def test_nothing_is_wrong_with_a_right_template():
    template = {"a.$": "$.x", "b.=": "x + `$.y`", "c": [{"d.$": "States.UUID()"}], "e": "It costs $.50"}

    assert check_template({**TEMPLATE, **template}, "/P") == []


@pytest.mark.parametrize(
    ("template", "findings"),
    [
        ({"a.$": "$.x y"}, [("/P/a.$", "bad-path")]),
        ({"a.$": "x"}, [("/P/a.$", "bad-intrinsic")]),
        ({"a.$": "States.Array(1 2)"}, [("/P/a.$", "bad-intrinsic")]),
        ({"a.=": "1 +"}, [("/P/a.=", "bad-expression")]),
        ({"a.$": {}}, [("/P/a.$", "wrong-kind")]),
        ({"l": [1, {"a/b": {"c.=": 5}}]}, [("/P/l/1/a~1b/c.=", "wrong-kind")]),
        ({"a": 1, "a.$": "$.x"}, [("/P", "duplicate-parameter")]),
        ({"a": "$.x"}, [("/P/a", "path-as-constant")]),
        ({"a": "States.UUID()"}, [("/P/a", "path-as-constant")]),
        ({"__Private_Parameters": "a"}, [("/P/__Private_Parameters", "wrong-kind")]),
        ({"__Private_Parameters": ["a"]}, [("/P/__Private_Parameters", "unknown-private-parameter")]),
    ],
)
def test_each_finding_names_its_place(template, findings):
    assert [(each.pointer, each.code) for each in check_template(template, "/P")] == findings


def test_a_variable_is_no_path_of_globus():
    assert check_template({"a.$": "$x"}, "", Dialect.ASL) == []
    assert [each.code for each in check_template({"a.$": "$x"}, "", Dialect.GLOBUS)] == ["bad-path"]


names = st.text("abc", min_size=1, max_size=2)
constants = st.recursive(
    st.none() | st.integers() | names, lambda inner: st.lists(inner) | st.dictionaries(names, inner), max_leaves=8
)


@given(constants, st.dictionaries(names, constants, min_size=1))
def test_constants_stay_and_references_bring_what_is_there(constant, data):
    template = {"constant": constant, **{f"to {name}.$": f"$.{name}" for name in data}}

    filled = fill(template, Scene(data))

    assert filled == {"constant": constant, **{f"to {name}": value for name, value in data.items()}}
