"""A state that is warned of, because it reads what nothing writes, fails in every run that comes there."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from apps.flows.language.checking import check
from apps.flows.language.failures import StateFailure
from apps.flows.language.paths import find, put
from apps.flows.language.scene import Scene
from apps.flows.language.templates import fill

NAMES = st.sampled_from("abc")
PATHS = st.lists(NAMES, min_size=1, max_size=3).map(lambda names: "$." + ".".join(names))
STATES = [f"S{number}" for number in range(5)]
SCHEMA = {
    "properties": {
        "a": {"type": "object", "properties": {"b": {"type": "string"}, "c": {"properties": {"a": {}}}}},
        "b": {"type": "string"},
    }
}
INPUTS = st.fixed_dictionaries(
    {},
    optional={
        "a": st.fixed_dictionaries({}, optional={"b": st.just("x"), "c": st.just({"a": {"a": 1, "b": {"c": 2}}})}),
        "b": st.just("y"),
    },
)
TEMPLATES = st.dictionaries(NAMES, st.just(1) | st.just({"c": {}})) | st.dictionaries(
    NAMES.map(lambda name: f"{name}.$"), PATHS, min_size=1
)
PASSES = st.fixed_dictionaries(
    {"Type": st.just("Pass"), "Next": st.sampled_from(STATES)},
    optional={
        "InputPath": PATHS,
        "Parameters": TEMPLATES,
        "Result": st.sampled_from([1, {"a": {"b": 1}}]),
        "ResultPath": PATHS | st.just("$") | st.none(),
    },
)
RULES = st.fixed_dictionaries({"Variable": PATHS, "StringEquals": st.just(""), "Next": st.sampled_from(STATES)})
CHOICES = st.fixed_dictionaries(
    {"Type": st.just("Choice"), "Choices": st.lists(RULES, min_size=1, max_size=1), "Default": st.sampled_from(STATES)}
)


def visit(state, data, way):
    """The data that goes on, and where to; of a choice, wherever ``way`` says."""
    if state["Type"] == "Choice":
        find(state["Choices"][0]["Variable"], Scene(data))
        return data, state["Choices"][0]["Next"] if way else state["Default"]
    shaped = find(state["InputPath"], Scene(data)) if "InputPath" in state else data
    filled = fill(state["Parameters"], Scene(shaped)) if "Parameters" in state else shaped
    path = state.get("ResultPath", "$")
    return data if path is None else put(path, data, state.get("Result", filled)), state["Next"]


def passed(document, data, ways):
    """The names of the states through which a run comes."""
    name, names = document["StartAt"], set()
    for way in ways:
        try:
            data, following = visit(document["States"][name], data, way)
        except StateFailure:
            break
        names.add(name)
        name = following
        if name not in document["States"] or name == "End":
            break
    return names


@given(st.lists(PASSES | CHOICES, min_size=5, max_size=5), INPUTS, st.lists(st.booleans(), min_size=12, max_size=12))
@settings(max_examples=150, deadline=None)
def test_no_run_comes_through_a_state_of_which_it_is_told_that_it_cannot(states, data, ways):
    document = {"StartAt": "S0", "States": {**dict(zip(STATES, states, strict=True)), "End": {"Type": "Fail"}}}
    document["States"]["S4"] = {"Type": "Pass", "Next": "End"}

    told = {each.pointer.split("/")[2] for each in check(document, SCHEMA) if each.code == "unwritten-path"}

    assert told & passed(document, data, ways) == set()
