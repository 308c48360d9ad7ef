"""What is legal and usually wrong."""

from __future__ import annotations

import pytest

from apps.flows.language.checking import check
from apps.flows.language.checking.codes import Code
from apps.flows.language.finding import Severity
from tests.flows.language.makers import action, choice, done, machine, passing, task, without

ALL = "States.ALL"
TRANSFER = "https://actions.globus.org/transfer/transfer"
WAIT = {"Type": "Wait", "Seconds": 1}


def on(state, target):
    """The same state, but it goes on."""
    return {**without(state, "End"), "Next": target}


def wiping(target):
    return on(without(action(), "ResultPath"), target)


def reading(path, **fields):
    return passing(Parameters={"x.$": path}, **fields)


def schema(*names, **fields):
    return {"type": "object", "properties": {name: {"type": "string"} for name in names}, **fields}


def catching(*catchers, **fields):
    return machine(
        A=action(Catch=[{"Next": "B", "ResultPath": "$.e", **each} for each in catchers], **fields), B=passing()
    )


def asking(path, test="StringEquals", value="y", target="B"):
    return {"Variable": path, test: value, "Next": target}


PRIVATE = {"a": 1, "__Private_Parameters": ["a"]}

ASKED = choice(asking("$.x"), Default="C")
MAYBE = choice(asking("$.maybe", "IsPresent", True), Default="C")

DOUBTFUL = [
    # ways
    (machine(A=passing(), B=passing()), None, {("/States/B", "unreachable-state")}),
    (
        machine(A=choice(asking("$.x"), Default="C"), B=on(WAIT, "B"), C=passing()),
        None,
        {("/States/B", "endless-loop")},
    ),
    (machine(A=choice(asking("$.x", target="A"), Default="B"), B=passing()), None, {("/States/A", "busy-loop")}),
    (machine(A=choice(asking("$.x")), B=passing()), None, {("/States/A", "choice-without-default")}),
    # data
    (machine(A=reading("$.sorce")), schema("source"), {("/States/A/Parameters/x.$", "unwritten-path")}),
    (machine(A=reading("$.s")), schema(additionalProperties=False), {("/States/A/Parameters/x.$", "unwritten-path")}),
    (machine(A=passing(InputPath="$.sorce")), schema("source"), {("/States/A/InputPath", "unwritten-path")}),
    (machine(A=reading("$.s.id")), schema("s"), {("/States/A/Parameters/x.$", "unwritten-path")}),
    (
        machine(A=passing(Parameters={"x": [{"y.=": "sorce.path + 'x'"}]})),
        schema("source"),
        {("/States/A/Parameters/x/0/y.=", "unwritten-path")},
    ),
    (
        machine(A=passing(Parameters={"y.=": "`$.sorce` + 'x'"})),
        schema("source"),
        {("/States/A/Parameters/y.=", "unwritten-path")},
    ),
    (
        machine(A=reading("States.Format('$.no {}', $.sorce)")),
        schema("source"),
        {("/States/A/Parameters/x.$", "unwritten-path")},
    ),
    (
        machine(A=choice(asking("$.sorce"), Default="B"), B=passing()),
        schema("source"),
        {("/States/A/Choices/0/Variable", "unwritten-path")},
    ),
    (
        machine(A=passing("B", Result={"a": {"b": 1}}), B=reading("$.a.c")),
        None,
        {("/States/B/Parameters/x.$", "unwritten-path")},
    ),
    (
        machine(A=passing("B", Result={}), B=on(action(), "C"), C=reading("$.result.detials.task_id")),
        None,
        {("/States/C/Parameters/x.$", "unwritten-path")},
    ),
    (
        machine(A=passing("B", Result={}), B={"Type": "Wait", "SecondsPath": "$.seconds", "End": True}),
        None,
        {("/States/B/SecondsPath", "unwritten-path")},
    ),
    (
        machine(
            A=passing("B", Result={"n": 1}),
            B={"Type": "Parallel", "Branches": [machine(C=reading("$.m"))], "End": True},
        ),
        None,
        {("/States/B/Branches/0/States/C/Parameters/x.$", "unwritten-path")},
    ),
    (
        machine(
            A={
                "Type": "Map",
                "ItemSelector": {"n.$": "$$.Map.Item.Value"},
                "ItemProcessor": machine(C=reading("$.m")),
                "End": True,
            }
        ),
        None,
        {("/States/A/ItemProcessor/States/C/Parameters/x.$", "unwritten-path")},
    ),
    (
        machine(A=task(Parameters={"x.$": "$count"}, Assign={"counts": 1})),
        None,
        {("/States/A/Parameters/x.$", "unwritten-path")},
    ),
    # what wipes the data
    (machine(A=wiping("B"), B=reading("$.source")), schema("source"), {("/States/A", "wipes-state")}),
    (machine(A=wiping("B"), B=reading("$.source")), None, {("/States/A", "wipes-state")}),
    (
        machine(A=wiping("B"), B=passing("C", ResultPath="$.n"), C=reading("$.s"), D=reading("$.s")),
        None,
        {("/States/A", "wipes-state"), ("/States/D", "unreachable-state")},
    ),
    (
        machine(A=on(action(Catch=[{"ErrorEquals": [ALL], "Next": "B"}]), "B"), B=reading("$.source")),
        schema("source"),
        {("/States/A/Catch/0", "wipes-state")},
    ),
    # actions
    (machine(A=action(ActionUrl=TRANSFER)), None, {("/States/A", "default-wait-time")}),
    (machine(A=action(ActionUrl="https://compute.actions.globus.org/v3")), None, {("/States/A", "default-wait-time")}),
    (machine(A=task(Credentials={"RoleArn": "r"})), None, {("/States/A/Credentials", "ignored-field")}),
    (machine(A=action(RunAs="Curator")), schema("source"), {("/States/A/RunAs", "role-without-token")}),
    # errors
    (
        catching({"ErrorEquals": [ALL]}, {"ErrorEquals": ["ActionTimeout"]}),
        None,
        {("/States/A/Catch/1", "catch-never-matches")},
    ),
    (
        catching({"ErrorEquals": ["X", "Y"]}, {"ErrorEquals": ["Y"]}),
        None,
        {("/States/A/Catch/1", "catch-never-matches")},
    ),
    (
        catching({"ErrorEquals": ["ActionFailedException"]}, ExceptionOnActionFailure=False),
        None,
        {("/States/A/Catch/0", "catch-never-matches")},
    ),
    (
        catching({"ErrorEquals": ["ActionFailedExeption", "States.Timeouts", "States.Mine", "Mine"]}),
        None,
        {(f"/States/A/Catch/0/ErrorEquals/{number}", "unknown-error") for number in (0, 1, 2)},
    ),
    (
        machine(A=action(Retry=[{"ErrorEquals": [ALL]}], ExceptionOnActionFailure=False)),
        None,
        {("/States/A/Retry/0", "retry-without-exception")},
    ),
    # what is private
    (machine(A=passing(Parameters=PRIVATE)), None, {("/States/A/Parameters/a", "private-made-public")}),
    (
        machine(A=passing(Parameters={"b": [{"a.$": "$._private_a.b"}]}, ResultPath="$.c")),
        None,
        {("/States/A/Parameters/b/0/a.$", "private-made-public")},
    ),
]


@pytest.mark.parametrize(("document", "input_schema", "expected"), DOUBTFUL)
def test_what_is_usually_wrong_is_told_at_its_place(document, input_schema, expected):
    found = check(document, input_schema)

    assert {(each.pointer, each.code) for each in found} == expected
    assert {each.severity for each in found} == {Severity.WARNING}


RIGHT = [
    # what may come with the input
    (machine(A=reading("$.anything.at.all")), None),
    (machine(A=reading("$.anything")), {}),
    (machine(A=reading("$.other")), schema("source", additionalProperties=True)),
    (machine(A=reading("$.other")), {**schema("source"), "anyOf": [schema("other")]}),
    (machine(A=reading("$.list[0].name")), {"properties": {"list": {"type": "array"}}}),
    (machine(A=reading("$._tokens.Curator")), schema("source")),
    (machine(A=reading("$._context.run_id")), schema("source")),
    (machine(A=reading("$$.Execution.Id")), schema("source")),
    (machine(A=task(Parameters={"x.$": "$name.a"}, Assign={"name.$": "$.b"})), schema("source")),
    # what one asks for may be there
    (
        machine(A=choice(asking("$.maybe", "IsPresent", True), Default="C"), B=reading("$.maybe.id"), C=passing()),
        schema("s"),
    ),
    (machine(A=passing(Parameters={"x.=": "maybe if is_present('maybe') else getattr('other', 1)"})), schema("source")),
    (machine(A=passing(Parameters={"x.=": "[item.name.upper() for item in source]"})), schema("source")),
    # what was written on one of the ways
    (
        machine(
            A=choice(asking("$.s"), Default="C"),
            B=passing("C", Result=1, ResultPath="$.made.here"),
            C=reading("$.made.here"),
        ),
        schema("s"),
    ),
    (machine(A=on(action(), "B"), B=reading("$.result.details.anything")), schema("s")),
    (machine(A=on(task(), "B"), B=reading("$.anything")), schema("s")),
    (machine(A=passing("B", Parameters={"n.$": "$.s"}), B=reading("$.n")), schema("s")),
    (machine(A=passing("B", Parameters={"n.=": "{'a': s}"}), B=reading("$.n.a")), schema("s")),
    (machine(A=passing("B", InputPath="$.s", ResultPath="$.t.u"), B=reading("$.t.u")), schema("s")),
    (machine(A={"Type": "Map", "ItemProcessor": machine(C=reading("$.m")), "End": True}), schema("s")),
    (machine(A=passing("B", QueryLanguage="JSONata", Output="{% $x %}"), B=reading("$.m")), schema("s")),
    # what wipes nothing that is read
    (machine(A=wiping("B"), B=reading("$.details.task_id")), schema("source")),
    (machine(A=wiping("B"), B=passing("C", Result=1, ResultPath="$.source"), C=reading("$.source")), schema("source")),
    (machine(A=without(action(), "ResultPath")), schema("source")),
    (catching({"ErrorEquals": ["X"]}, {"ErrorEquals": [ALL]}), None),
    # the rest
    (machine(A=action(ActionUrl=TRANSFER, WaitTime=60)), None),
    (machine(A=action(ActionUrl="https://actions.globus.org/transfer/ls")), None),
    (machine(A=action(RunAs="Curator")), {"properties": {"_tokens": schema("Curator")}}),
    (machine(A=choice(asking("$.x", target="C"), Default="B"), B=passing(), C=on(WAIT, "A")), None),
    (machine(A=passing(Parameters=PRIVATE, ResultPath="$._private_a")), None),
    (machine(A=action(Parameters=PRIVATE)), None),
    (machine(A=passing(Parameters={"_private_a.$": "$._private_b"})), None),
    (machine(A={"Type": "Parallel", "Branches": [done("B"), done("C")], "End": True}), None),
]


@pytest.mark.parametrize(("document", "input_schema"), RIGHT)
def test_nothing_is_told_of_what_is_right(document, input_schema):
    assert check(document, input_schema) == []


def test_each_warning_is_told_of_something():
    codes = list(Code)
    warnings = set(codes[codes.index(Code.UNREACHABLE_STATE) :]) - {Code.NOT_PORTABLE}

    assert warnings - {code for _, _, expected in DOUBTFUL for _, code in expected} == set()


@pytest.mark.parametrize(
    ("document", "sentence"),
    [
        (machine(A=reading("$.sorce")), "Nothing writes `$.sorce`, which is read here. Did you mean `source`?"),
        (
            machine(A=wiping("B"), B=reading("$.source")),
            "The result of this action replaces the whole state, of which `B` then reads `$.source`. "
            "Give it a `ResultPath` such as `$.result`.",
        ),
    ],
)
def test_a_warning_says_what_to_do(document, sentence):
    assert [warning.message for warning in check(document, schema("source"))] == [sentence]


def test_data_that_is_put_into_itself_again_and_again_is_followed_to_an_end():
    document = machine(
        A=passing("B", Parameters={"a.$": "$", "b.$": "$"}, ResultPath="$.c"),
        B=choice(asking("$.c.a.b.x", target="A"), Default="C"),
        C=reading("$.c.c.a.c.b"),
    )

    assert {warning.code for warning in check(document, schema("source"))} == {"busy-loop"}
