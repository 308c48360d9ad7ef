"""What hosted Globus Flows would refuse, told when it is asked for."""

from __future__ import annotations

import pytest

from apps.flows.language.checking import check
from tests.flows.language.makers import action, choice, done, machine, passing, task

PORTABLE = machine(
    Look=choice({"Variable": "$.x", "StringEquals": "y", "Next": "Act"}, Default="Stop"),
    Act=action(Catch=[{"ErrorEquals": ["States.ALL"], "Next": "Stop", "ResultPath": "$.e"}], WaitTime=60),
    Stop={"Type": "Fail", "Error": "Stopped"},
)
FOREIGN = [
    ({**machine(A=passing()), "TimeoutSeconds": 5}, {"/TimeoutSeconds"}),
    (machine(A=task()), {"/States/A/Type"}),
    (machine(A={"Type": "Succeed"}), {"/States/A/Type"}),
    (machine(A={"Type": "Map", "ItemProcessor": done("B"), "End": True}), {"/States/A/Type"}),
    (machine(A=action(Retry=[{"ErrorEquals": ["X"]}])), {"/States/A/Retry"}),
    (machine(A=action(ActionUrl="/api/actions/hello_world/")), {"/States/A/ActionUrl"}),
    (machine(A=passing(Result=[1])), {"/States/A/Result"}),
    (machine(A=passing(OutputPath="$.x")), {"/States/A/OutputPath"}),
    (machine(A=passing(Parameters={"a": [{"b.$": "States.UUID()"}]})), {"/States/A/Parameters/a/0/b.$"}),
    (
        machine(A=choice({"Variable": "$.x", "IsNull": True, "Next": "B", "Assign": {}}, Default="B"), B=passing()),
        {"/States/A/Choices/0/Assign"},
    ),
]


def test_a_flow_of_globus_is_portable():
    assert check(PORTABLE, is_portable=True) == []


@pytest.mark.parametrize(("document", "pointers"), FOREIGN)
def test_what_globus_does_not_know_is_told_when_asked_for(document, pointers):
    found = check(document, is_portable=True)

    assert {(note.pointer, note.code) for note in found} == {(pointer, "not-portable") for pointer in pointers}
    assert check(document) == []


def test_a_note_says_what_to_write_instead():
    (note,) = check(machine(A=task()), is_portable=True)

    expected = "Hosted Globus Flows does not know: states of the type `Task`. Write `Action`, with `ActionUrl`."
    assert note.message == expected
