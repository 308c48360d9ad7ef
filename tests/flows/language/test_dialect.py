"""Which language a definition speaks."""

import pytest

from apps.flows.language.dialect import Dialect, dialect_of


def machine(*types, **more):
    return {"States": {f"S{at}": {"Type": each} for at, each in enumerate(types)}, **more}


@pytest.mark.parametrize(
    "document",
    [
        machine("Task"),
        machine("Pass", "Parallel"),
        machine("Pass", QueryLanguage="JSONPath"),
        machine("Action", "Task"),
        machine("Pass", "Succeed"),
        machine("Pass", "Map"),
        machine("Pass", TimeoutSeconds=5),
        {"States": {"M": {"Type": "Map", "ItemProcessor": machine("Action", "Task")}}},
        {"States": {"M": {"Type": "Pass", "Branches": [machine("Pass"), machine("Task")]}}},
    ],
)
def test_what_only_the_states_language_has_says_asl(document):
    assert dialect_of(document) is Dialect.ASL


@pytest.mark.parametrize(
    "document",
    [
        machine("Action"),
        machine("ExpressionEval", "Pass"),
        machine("Pass", "Choice", "Wait", "Fail"),
        machine("Action", "Map", "Succeed"),
        {},
        None,
        [],
        {"States": [1]},
        {"States": {"A": 5}},
        {"States": {"A": {"Type": []}}},
    ],
)
def test_everything_else_is_globus(document):
    assert dialect_of(document) is Dialect.GLOBUS
