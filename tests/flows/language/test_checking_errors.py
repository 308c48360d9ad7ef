"""What keeps a definition from being saved: each trouble at its place, by its code, all at once."""

from __future__ import annotations

import math

import pytest

from apps.flows.language.checking import errors_of
from apps.flows.language.checking.codes import Code
from apps.flows.language.finding import InvalidDefinition
from apps.flows.language.reading import read
from tests.flows.language.makers import action, choice, done, machine, passing, task, without

ALL = "States.ALL"
S3 = "arn:aws:states:::s3:headObject"
RULE = {"Variable": "$.x", "StringEquals": "y", "Next": "B"}
JSONATA = {"QueryLanguage": "JSONata"}


def only(state):
    return machine(A=state)


def catching(*catchers, **fields):
    return only(action(Catch=list(catchers), **fields))


def deep(levels):
    value = []
    for _ in range(levels):
        value = [value]
    return value


WRONG = [
    # the document
    ([], {("", "wrong-kind")}),
    ({}, {("", "missing-field")}),
    ({"StartAt": "A", "States": {}}, {("/States", "empty")}),
    ({"StartAt": "A", "States": None}, {("/States", "wrong-kind")}),
    ({"StartAt": "A", "States": []}, {("/States", "wrong-kind")}),
    ({**only(passing()), "Startat": "A"}, {("/Startat", "unknown-field")}),
    ({**only(passing()), "Version": "2.0"}, {("/Version", "wrong-word")}),
    (only(passing(Result=math.nan)), {("/States/A/Result", "not-json")}),
    (only(passing(Result={"a\0": 1})), {("/States/A/Result", "not-json")}),
    (only(passing(Result="\ud800")), {("/States/A/Result", "not-json")}),
    (only(passing(Result={1, 2})), {("/States/A/Result", "not-json")}),
    (only(passing(Result={1: 2})), {("/States/A/Result", "not-json")}),
    (only(passing(Result=10**400)), {("/States/A/Result", "not-json")}),
    (only(passing(Result="x" * 1_000_001)), {("", "too-large")}),
    (only(passing(Result=deep(200))), {("/States/A/Result" + "/0" * 97, "too-deep")}),
    (machine(**{f"S{n}": passing() for n in range(501)}), {("", "too-many-states")}),
    # states
    (machine(A=3), {("/States/A", "wrong-kind")}),
    (only({"Type": "Pas", "End": True}), {("/States/A/Type", "unknown-type")}),
    (only({"Type": 3, "End": True}), {("/States/A/Type", "unknown-type")}),
    (only({"End": True}), {("/States/A", "missing-field")}),
    (machine(**{"": passing()}), {("/States/", "bad-name"), ("/StartAt", "empty")}),
    (machine(**{"x" * 129: passing()}), {("/States/" + "x" * 129, "bad-name")}),
    # the ways
    ({**only(passing()), "StartAt": "B"}, {("/StartAt", "unknown-state")}),
    (only(passing("B")), {("/States/A/Next", "unknown-state")}),
    (machine(A=choice(RULE, Default="C"), B=passing()), {("/States/A/Default", "unknown-state")}),
    (only(choice(RULE)), {("/States/A/Choices/0/Next", "unknown-state")}),
    (catching({"ErrorEquals": [ALL], "Next": "B"}), {("/States/A/Catch/0/Next", "unknown-state")}),
    (only(passing("A", End=True)), {("/States/A", "exclusive-fields")}),
    (only({"Type": "Pass"}), {("/States/A", "missing-field")}),
    (only({"Type": "Pass", "End": False}), {("/States/A", "missing-field")}),
    (only({"Type": "Pass", "End": "true"}), {("/States/A/End", "wrong-kind")}),
    (machine(A=passing("B"), B=passing("A"), C=passing()), {("", "no-end")}),
    # fields and what is in them
    (only(passing(Coment="x")), {("/States/A/Coment", "unknown-field")}),
    (only(passing(Comment=3)), {("/States/A/Comment", "wrong-kind")}),
    (only(passing(ResultPath="result")), {("/States/A/ResultPath", "bad-path")}),
    (only(passing(ResultPath="$.a[*]")), {("/States/A/ResultPath", "bad-path")}),
    (only(passing(ResultPath="$._context.x")), {("/States/A/ResultPath", "bad-path")}),
    (only(passing(ResultPath=3)), {("/States/A/ResultPath", "wrong-kind")}),
    (only(passing(InputPath="$.a[")), {("/States/A/InputPath", "bad-path")}),
    (only(passing(InputPath=[])), {("/States/A/InputPath", "wrong-kind")}),
    (only(passing(Parameters=[])), {("/States/A/Parameters", "wrong-kind")}),
    (only(passing(Arguments={})), {("/States/A/Arguments", "unknown-field")}),
    (only(task(Arguments={})), {("/States/A/Arguments", "wrong-language")}),
    (only(task(ResultPath="$.x", **JSONATA)), {("/States/A/ResultPath", "wrong-language")}),
    (only(task(Output="{% 1", **JSONATA)), {("/States/A/Output", "bad-jsonata")}),
    (only(passing(QueryLanguage="Jsonata")), {("/States/A/QueryLanguage", "wrong-word")}),
    (only(task(Assign={"a-b": 1})), {("/States/A/Assign/a-b", "bad-name")}),
    (only(task(Assign={"a.$": "b"})), {("/States/A/Assign/a.$", "bad-intrinsic")}),
    # actions
    (only(without(action(), "ActionUrl")), {("/States/A", "missing-field")}),
    (only(action(Resource="arn:x")), {("/States/A", "exclusive-fields")}),
    (only(action(InputPath="$")), {("/States/A", "exclusive-fields")}),
    (only(without(action(), "Parameters")), {("/States/A", "missing-field")}),
    (only(action(ActionUrl="actions.globus.org")), {("/States/A/ActionUrl", "bad-url")}),
    (only(action(ActionUrl="https://")), {("/States/A/ActionUrl", "bad-url")}),
    (only(action(ActionUrl="http://[x")), {("/States/A/ActionUrl", "bad-url")}),
    (only(action(ActionUrl="//elsewhere.org/x")), {("/States/A/ActionUrl", "bad-url")}),
    (only(action(ActionUrl=None)), {("/States/A/ActionUrl", "wrong-kind")}),
    (only(task(Resource="lambda")), {("/States/A/Resource", "bad-url")}),
    (only(action(RunAs="user")), {("/States/A/RunAs", "unknown-run-as")}),
    (only(action(RunAs="")), {("/States/A/RunAs", "unknown-run-as")}),
    (only(action(RunAs=True)), {("/States/A/RunAs", "wrong-kind")}),
    (only(action(WaitTime=0)), {("/States/A/WaitTime", "out-of-range")}),
    (only(action(WaitTime="60")), {("/States/A/WaitTime", "wrong-kind")}),
    (only(action(WaitTime=1.5)), {("/States/A/WaitTime", "wrong-kind")}),
    (only(action(WaitTime=True)), {("/States/A/WaitTime", "wrong-kind")}),
    (only(action(ExceptionOnActionFailure="no")), {("/States/A/ExceptionOnActionFailure", "wrong-kind")}),
    # catching and trying again
    (catching({"Next": "A"}), {("/States/A/Catch/0", "missing-field")}),
    (catching({"ErrorEquals": [], "Next": "A"}), {("/States/A/Catch/0/ErrorEquals", "empty")}),
    (catching({"ErrorEquals": "X", "Next": "A"}), {("/States/A/Catch/0/ErrorEquals", "wrong-kind")}),
    (catching({"ErrorEquals": [3], "Next": "A"}), {("/States/A/Catch/0/ErrorEquals/0", "wrong-kind")}),
    (only(action(Catch={})), {("/States/A/Catch", "wrong-kind")}),
    (only(action(Retry=[{"ErrorEquals": [ALL, "X"]}])), {("/States/A/Retry/0/ErrorEquals", "all-not-alone")}),
    (only(task(Retry=[{"ErrorEquals": [ALL, "X"]}])), {("/States/A/Retry/0/ErrorEquals", "all-not-alone")}),
    (
        only(task(Retry=[{"ErrorEquals": [ALL]}, {"ErrorEquals": ["X"]}])),
        {("/States/A/Retry/0", "all-not-last")},
    ),
    (
        only(task(Retry=[{"ErrorEquals": ["X"], "BackoffRate": 0.5}])),
        {("/States/A/Retry/0/BackoffRate", "out-of-range")},
    ),
    # waits
    (only({"Type": "Wait", "End": True}), {("/States/A", "missing-field")}),
    (only({"Type": "Wait", "Seconds": 1, "SecondsPath": "$.s", "End": True}), {("/States/A", "exclusive-fields")}),
    (only({"Type": "Wait", "Seconds": 31_536_001, "End": True}), {("/States/A/Seconds", "out-of-range")}),
    (only({"Type": "Wait", "Seconds": -1, "End": True}), {("/States/A/Seconds", "out-of-range")}),
    (only({"Type": "Wait", "Timestamp": "tomorrow", "End": True}), {("/States/A/Timestamp", "wrong-kind")}),
    # choices
    (only(choice()), {("/States/A/Choices", "empty")}),
    (only({"Type": "Choice"}), {("/States/A", "missing-field")}),
    (only({"Type": "Choice", "Choices": {}}), {("/States/A/Choices", "wrong-kind")}),
    (machine(A=choice({"Next": "B"}, **JSONATA), B=passing()), {("/States/A/Choices/0", "missing-field")}),
    (
        machine(A=choice({"Condition": "x", "Next": "B"}, **JSONATA), B=passing()),
        {("/States/A/Choices/0/Condition", "wrong-kind")},
    ),
    (machine(A=choice(without(RULE, "Next"), Default="B"), B=passing()), {("/States/A/Choices/0", "missing-field")}),
    (machine(A=choice(RULE | {"Next": 3}), B=passing()), {("/States/A/Choices/0/Next", "wrong-kind")}),
    (machine(A=choice(RULE | {"Output": 3}), B=passing()), {("/States/A/Choices/0/Output", "wrong-language")}),
    (only(choice(3)), {("/States/A/Choices/0", "rule-not-an-object")}),
    # failures
    (only({"Type": "Fail", "Error": "E", "ErrorPath": "$.e"}), {("/States/A", "exclusive-fields")}),
    (only({"Type": "Fail", "Next": "A"}), {("/States/A/Next", "unknown-field")}),
    (only({"Type": "Fail", "ErrorPath": "what"}), {("/States/A/ErrorPath", "bad-intrinsic")}),
    (
        only(task(HeartbeatSeconds=60, TimeoutSeconds=60)),
        {("/States/A/HeartbeatSeconds", "out-of-range")},
    ),
    # machines within
    (only({"Type": "Parallel", "Branches": [], "End": True}), {("/States/A/Branches", "empty")}),
    (only({"Type": "Parallel", "Branches": {}, "End": True}), {("/States/A/Branches", "wrong-kind")}),
    (only({"Type": "Parallel", "Branches": [3], "End": True}), {("/States/A/Branches/0", "wrong-kind")}),
    (only({"Type": "Map", "End": True}), {("/States/A", "missing-field")}),
    (
        only({"Type": "Map", "ItemProcessor": done("B"), "ItemReader": {"Resource": S3}, "End": True}),
        {("/States/A/ItemReader/Resource", "not-supported")},
    ),
    (
        only({"Type": "Map", "Iterator": {**done("B"), "Version": "1.0"}, "End": True}),
        {("/States/A/Iterator/Version", "unknown-field")},
    ),
    (
        only({"Type": "Parallel", "Branches": [machine(B=passing("A"))], "End": True}),
        {("/States/A/Branches/0/States/B/Next", "unknown-state")},
    ),
    (
        only({"Type": "Parallel", "Branches": [done("B"), done("B")], "End": True}),
        {("/States/A/Branches/1/States/B", "duplicate-state")},
    ),
]


@pytest.mark.parametrize(("document", "expected"), WRONG)
def test_an_error_is_told_at_its_place_by_its_code(document, expected):
    assert {(error.pointer, error.code) for error in errors_of(document)} == expected


def test_each_code_is_told_of_something():
    codes = list(Code)
    errors = set(codes[: codes.index(Code.UNREACHABLE_STATE)])

    assert errors - {code for _, expected in WRONG for _, code in expected} == set()


def test_all_errors_are_told_at_once():
    document = machine(A=passing("C", Coment=""), B=action(WaitTime=0, RunAs="flow"))

    found = [error.pointer for error in errors_of(document)]

    assert found == ["/States/A/Coment", "/States/B/WaitTime", "/States/B/RunAs", "/States/A/Next"]


@pytest.mark.parametrize(
    ("document", "sentence"),
    [
        (machine(Compute=passing("Compute3")), "There is no state `Compute3`. Did you mean `Compute`?"),
        (only(passing(Resultpath="$.x")), "There is no field `Resultpath` here. Did you mean `ResultPath`?"),
        (only({"Type": "action"}), "There is no type of state `action`. Did you mean `Action`?"),
        (
            only({"Type": "Parallel", "Branches": [3], "End": True}),
            "Each part of `Branches` must be an object, not a number.",
        ),
        ([], "A definition must be an object, not a list."),
        (only(action(WaitTime="60")), "`WaitTime` must be a whole number, not a string."),
        (only(action(WaitTime=40_000_000)), "`WaitTime` must be from 1 to 31,536,000, not 40,000,000."),
    ],
)
def test_a_message_says_what_is_wrong_and_what_was_meant(document, sentence):
    assert [error.message for error in errors_of(document)] == [sentence]


def test_what_has_errors_is_not_read():
    with pytest.raises(InvalidDefinition) as caught:
        read(machine(Compute=passing("Compute3")))

    assert caught.value.place == "/States/Compute/Next"
    assert [error.code for error in caught.value.findings] == ["unknown-state"]
