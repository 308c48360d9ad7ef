"""Definitions as they are run: names of Python, the defaults of each dialect."""

from __future__ import annotations

import pytest

from apps.flows.language.definition import (
    ABSENT,
    ROOT,
    Action,
    Catcher,
    Fail,
    Map,
    Parallel,
    Pass,
    QueryLanguage,
    Retrier,
    Succeed,
    Wait,
)
from apps.flows.language.dialect import Dialect
from apps.flows.language.reading import read
from tests.flows.language.makers import URL, action, done, machine, passing


def only(state, **top):
    """The one state of a definition, read."""
    return read({**machine(Only=state), **top}).state(ROOT, "Only")


def test_an_action_of_globus_has_the_defaults_of_globus():
    state = only({"Type": "Action", "ActionUrl": URL, "InputPath": "$.x", "End": True})

    assert state == Action(name="Only", url=URL, input_path="$.x", wait_s=300, run_as="User", fails_with_action=True)
    assert (state.result_path, state.parameters, state.gives_details) == ("$", ABSENT, False)


def test_a_task_may_take_for_ever_and_gives_what_it_found():
    state = only({"Type": "Task", "Resource": "arn:aws:states:::x", "End": True})

    assert state == Action(name="Only", url="arn:aws:states:::x", wait_s=None, gives_details=True)


@pytest.mark.parametrize(
    ("told", "wait_s", "wait_path"),
    [
        ({"WaitTime": 5}, 5, ""),
        ({"TimeoutSeconds": 5}, 5, ""),
        ({"TimeoutSecondsPath": "$.s"}, None, "$.s"),
        ({}, 300, ""),
    ],
)
def test_how_long_an_action_may_take_is_told_in_the_words_of_either_language(told, wait_s, wait_path):
    state = only(action(**told))

    assert (state.wait_s, state.wait_path) == (wait_s, wait_path)


def test_a_null_is_not_the_same_as_nothing():
    state = only({"Type": "Pass", "InputPath": None, "ResultPath": None, "Result": None, "End": True})

    assert state == Pass(name="Only", input_path=None, result_path=None, result=None)


def test_what_is_tried_again_and_caught_is_read_with_its_defaults():
    retry = [{"ErrorEquals": ["A"]}, {"ErrorEquals": ["States.ALL"], "MaxAttempts": 0, "JitterStrategy": "FULL"}]
    catch = [{"ErrorEquals": ["B"], "Next": "Only"}, {"ErrorEquals": ["C"], "Next": "Only", "ResultPath": None}]

    state = only({"Type": "Action", "ActionUrl": URL, "Parameters": {}, "Retry": retry, "Catch": catch, "End": True})

    assert state.retries == (
        Retrier(errors=("A",)),
        Retrier(errors=("States.ALL",), max_attempts=0, is_jittered=True),
    )
    assert state.catches == (
        Catcher(errors=("B",), next="Only"),
        Catcher(errors=("C",), next="Only", result_path=None),
    )


def test_machines_within_are_found_by_their_pointers():
    document = machine(
        **{"a/b": {"Type": "Parallel", "Branches": [done("One"), done("Two")], "Next": "Each"}},
        Each={
            "Type": "Map",
            "Iterator": done("Inner"),
            "Parameters": {"n": 1},
            "MaxConcurrencyPath": "$.n",
            "End": True,
        },
    )

    definition = read(document)

    assert definition.dialect is Dialect.ASL
    assert list(definition.machines) == [
        "",
        "/States/a~1b/Branches/0",
        "/States/a~1b/Branches/1",
        "/States/Each/Iterator",
    ]
    assert definition.state(ROOT, "a/b") == Parallel(
        name="a/b", next="Each", branches=("/States/a~1b/Branches/0", "/States/a~1b/Branches/1")
    )
    assert definition.state(ROOT, "Each") == Map(
        name="Each", processor="/States/Each/Iterator", item_selector={"n": 1}, max_concurrency_path="$.n"
    )
    assert definition.state("/States/Each/Iterator", "Inner") == Succeed(name="Inner")


@pytest.mark.parametrize(
    ("told", "read_as"),
    [
        ({"Seconds": 5}, Wait(name="Only", seconds=5)),
        ({"SecondsPath": "$.s"}, Wait(name="Only", seconds_path="$.s")),
        ({"Timestamp": "2026-01-01T00:00:00Z"}, Wait(name="Only", timestamp="2026-01-01T00:00:00Z")),
        ({"TimestampPath": "$.t"}, Wait(name="Only", timestamp_path="$.t")),
    ],
)
def test_a_wait_is_told_in_one_of_four_ways(told, read_as):
    assert only({"Type": "Wait", "End": True, **told}) == read_as


def test_expressions_of_jsonata_stand_where_paths_do():
    jsonata = {"query_language": QueryLanguage.JSONATA, "name": "Only"}

    wait = only({"Type": "Wait", "Seconds": "{% $s %}", "End": True}, QueryLanguage="JSONata")
    fail = only({"Type": "Fail", "Error": "{% $e %}", "Cause": "plain", "QueryLanguage": "JSONata"})

    assert wait == Wait(seconds_path="{% $s %}", **jsonata)
    assert fail == Fail(error_path="{% $e %}", cause="plain", **jsonata)


def test_machines_within_speak_as_those_around_them():
    inner = machine(Inner=passing())
    document = {"QueryLanguage": "JSONata", **machine(P={"Type": "Parallel", "Branches": [inner], "End": True})}

    state = read(document).state("/States/P/Branches/0", "Inner")

    assert state.query_language is QueryLanguage.JSONATA
