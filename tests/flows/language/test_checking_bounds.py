"""Whatever a document holds, checking it ends soon, and in findings."""

from __future__ import annotations

import copy
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from apps.flows.language.checking import MOST_FINDINGS, check, errors_of
from apps.flows.language.documents import parse, to_yaml
from apps.flows.language.finding import Finding
from apps.flows.language.graph import edges
from apps.flows.language.reading import read
from apps.flows.language.scopes import scopes_of
from tests.flows.language.makers import action, choice, done, machine, passing, task, without

CATCH = [{"ErrorEquals": ["ActionTimeout"], "Next": "Last", "ResultPath": "$.error"}]
RETRY = [{"ErrorEquals": ["States.ALL"], "IntervalSeconds": 2, "MaxAttempts": 3, "BackoffRate": 1.5}]
RULE = {
    "And": [{"Variable": "$.a", "IsPresent": True}, {"Not": {"Variable": "$.a", "NumericLessThan": 3}}],
    "Next": "Act",
}
PARAMETERS = {
    "a.$": "$.a.b[0]",
    "b.=": "a + 'x'",
    "c": [{"d.$": "States.Format('{}', $.e)"}],
    "__Private_Parameters": ["a"],
}
GLOBUS = machine(
    Look=choice(RULE, Default="Pause"),
    Act=without(action(Parameters=PARAMETERS, Catch=CATCH, WaitTime=60, RunAs="Flow"), "End") | {"Next": "Count"},
    Count={"Type": "ExpressionEval", "Parameters": {"n.=": "n + 1"}, "ResultPath": "$.n", "Next": "Look"},
    Pause={"Type": "Wait", "Seconds": 3, "Next": "Last"},
    Last={"Type": "Fail", "Error": "Stop", "CausePath": "$.cause"},
)
ASL = machine(
    Work=without(task(Retry=RETRY, ResultSelector={"x.$": "$.y"}, Assign={"v.$": "$.x"}), "End") | {"Next": "Both"},
    Both={"Type": "Parallel", "Branches": [done("One"), machine(Two=task(Parameters={"v.$": "$v"}))], "Next": "Each"},
    Each={"Type": "Map", "ItemsPath": "$.list", "ItemProcessor": done("Item"), "MaxConcurrency": 2, "Next": "Jump"},
    Jump=choice({"Condition": "{% $states.input.a %}", "Next": "Last"}, QueryLanguage="JSONata"),
    Last=passing(Result={"a": None}, ResultPath="$.b"),
)
SCHEMA = {"type": "object", "properties": {"a": {"type": "object", "properties": {"b": {"type": "array"}}}}}
VALUES = st.sampled_from(
    [None, True, 0, -1, 1.5, 10**30, "", "x", "$.x", "$", "{% x %}", "$[", [], ["x"], [[]], {}, {"x.$": 3}]
)


def places_in(value, pointer=()):
    """Each place within a document, as the names and numbers that lead there."""
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, each in inner:
        yield (*pointer, key)
        yield from places_in(each, (*pointer, key))


def holder_of(document, place):
    for key in place[:-1]:
        document = document[key]
    return document


@st.composite
def spoilt(draw):
    """A right definition after one to three changes: a part is taken away, renamed, or another thing."""
    document = copy.deepcopy(draw(st.sampled_from([GLOBUS, ASL])))
    for _ in range(draw(st.integers(1, 3))):
        place = draw(st.sampled_from(list(places_in(document))))
        holder, key = holder_of(document, place), place[-1]
        change = draw(st.sampled_from(["remove", "rename", "replace"]))
        if change == "replace":
            holder[key] = copy.deepcopy(draw(VALUES))
        else:
            value = holder.pop(key)
            if change == "rename" and isinstance(holder, dict):
                holder[draw(st.sampled_from([key + "s", key[1:], key.lower(), "", "/~"]))] = value
        if not list(places_in(document)):
            break
    return document


def is_in(document, pointer):
    for token in pointer.split("/")[1:]:
        name = token.replace("~1", "/").replace("~0", "~")
        document = document[int(name)] if isinstance(document, list) else document[name]
    return True


@given(spoilt(), st.sampled_from([None, SCHEMA]))
@settings(max_examples=400, deadline=None)
def test_a_spoilt_definition_ends_in_findings_of_places_that_are_there(document, input_schema):
    before = copy.deepcopy(document)

    found = check(document, input_schema, is_portable=True)

    assert all(isinstance(each, Finding) and is_in(document, each.pointer) for each in found)
    assert document == before


@given(spoilt())
@settings(max_examples=300, deadline=None)
def test_what_has_no_errors_can_be_read_drawn_and_written(document):
    if errors_of(document):
        return

    definition = read(document)

    assert {edge.source for edge in edges(definition)} <= {
        name for machine_ in definition.machines.values() for name in machine_.states
    }
    assert isinstance(scopes_of(definition), dict)
    assert read(parse(to_yaml(document))) == definition


@given(st.recursive(VALUES, lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner)), VALUES)
@settings(max_examples=100, deadline=None)
def test_any_document_ends_in_findings(document, schema):
    assert isinstance(check(document, schema), list)


def nested(levels):
    value = []
    for _ in range(levels):
        value = [value]
    return value


def shared(levels):
    """So small in memory, and without end when written out."""
    value = ["x"]
    for _ in range(levels):
        value = [value, value]
    return value


def inner(levels):
    document = done("Last")
    for level in range(levels):
        document = machine(**{f"L{level}": {"Type": "Map", "ItemProcessor": document, "End": True}})
    return document


def mesh(count):
    """Each state leads to each."""
    rules = [{"Variable": "$.x", "NumericEquals": n, "Next": f"S{n}"} for n in range(20)]
    return machine(**{f"S{n}": choice(*rules, Default=f"S{(n + 1) % count}") for n in range(count)}, Last=passing())


def wipes(count):
    states = {f"A{n}": without(action(), "End", "ResultPath") | {"Next": f"A{n + 1}"} for n in range(count)}
    return machine(**states, **{f"A{count}": passing(Parameters={"x.$": "$.lost"})})


HOSTILE = {
    "lists": nested(100_000),
    "lists in a state": machine(A=passing(Result=nested(100_000))),
    "shared": machine(A=passing(Result=shared(100))),
    "long name": machine(**{"x" * 1_000_000: passing()}),
    "long field": machine(A=passing(**{"x" * 990_000: 1})),
    "long target": machine(A=passing("x" * 900_000)),
    "long path": machine(A=passing(InputPath="$" + ".x" * 400_000)),
    "machines": inner(60),
    "unknown fields": machine(A=passing(**{f"Resul{n}": n for n in range(50_000)})),
    "unknown states": machine(**{f"Compute{n}": passing(f"Compute{n}x") for n in range(500)}),
    "mesh": mesh(499),
    "wipes": wipes(499),
    "rules": machine(A=choice(*[{"Variable": "$.x", "Next": "A"}] * 9_000)),
    "expression": machine(A=passing(Parameters={"x.=": "(" * 300_000})),
}


@pytest.mark.parametrize("document", HOSTILE.values(), ids=HOSTILE)
def test_a_hostile_document_is_done_with_soon(document):
    began = time.process_time()

    found = check(document, SCHEMA)

    assert time.process_time() - began < 5
    assert 0 < len(found) <= 2 * MOST_FINDINGS
    assert max(len(each.message) for each in found) < 1_000


def test_a_large_right_definition_is_checked_in_a_second():
    parameters = {"a.$": "$.a", "b": {"c.=": "a"}}
    states = {f"S{n}": passing(f"S{n + 1}", Parameters=parameters, ResultPath=f"$.r{n}") for n in range(499)}
    document = machine(**states, S499=passing())
    began = time.process_time()

    assert check(document, SCHEMA) == []
    assert time.process_time() - began < 3  # 0.3 s on the machine where this was written
