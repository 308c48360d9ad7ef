"""Flows that fork, wait, try again and call elsewhere, beside the ready-made ones.

Each comes to the same end however often it is run.
"""

from __future__ import annotations

import itertools
from typing import Any

HELLO = "https://actions.globus.org/hello_world"
LS = "https://transfer.actions.globus.org/ls"
PATIENT = {"WaitTime": 86_400}
"""Else an action fails that did not end within five minutes, which a portal that is killed all the time may take."""


def hello(seconds: float, **more: Any) -> dict[str, Any]:
    body = {"echo_string": "hi", "sleep_time": seconds}
    return {"Type": "Action", "ActionUrl": HELLO, "Parameters": body, "ResultPath": "$.hello", **PATIENT, **more}


def remote(url: str, **more: Any) -> dict[str, Any]:
    return {"Type": "Action", "ActionUrl": url, "Parameters": {"a": 1}, "ResultPath": "$.told", **PATIENT, **more}


def machine(*states: tuple[str, dict[str, Any]]) -> dict[str, Any]:
    """The states, one after the other."""
    named = dict(states)
    for (name, _), (following, _) in itertools.pairwise(states):
        named[name] = {"Next": following, **named[name]}
    return {"StartAt": states[0][0], "States": {**named, states[-1][0]: {**states[-1][1], "End": True}}}


def counting() -> dict[str, Any]:
    more = {"Type": "Choice", "Choices": [{"Variable": "$.n", "NumericLessThan": 30, "Next": "Add"}], "Default": "Nap"}
    add = {"Type": "Pass", "Parameters": {"n.$": "States.MathAdd($.n, 1)"}, "Next": "More"}
    start = {"Type": "Pass", "Result": {"n": 0}, "Next": "Add"}
    nap = {"Type": "Wait", "Seconds": 1, "Next": "Done"}
    states = {"Start": start, "Add": add, "More": more, "Nap": nap, "Done": {"Type": "Succeed"}}
    return {"StartAt": "Start", "States": states}


def forking(url: str) -> dict[str, Any]:
    branches = [
        machine(("Sleep", hello(1)), ("After", {"Type": "Pass"})),
        machine(("Wait", {"Type": "Wait", "Seconds": 1}), ("Call", remote(url))),
        machine(("CallTwice", remote(url)), ("Greet", hello(0))),
    ]
    return machine(("All", {"Type": "Parallel", "Branches": branches, "ResultPath": "$.all"}), ("Last", hello(0)))


def spreading(url: str) -> dict[str, Any]:
    each = machine(("CallEach", remote(url)), ("GreetEach", hello(0.2)))
    told = {"ItemsPath": "$.items", "MaxConcurrency": 2, "ItemProcessor": each, "ResultPath": "$.each"}
    return machine(("Make", {"Type": "Pass", "Result": {"items": [{}, {}, {}, {}]}}), ("Each", {"Type": "Map", **told}))


def gathering(collection: str, url: str) -> dict[str, Any]:
    """Its items are read from a file, and its results written to others."""
    reader = {"Resource": "vitrine:collection:getObject", "Parameters": {"Bucket": collection, "Key": "items.jsonl"}}
    writer = {"Resource": "vitrine:collection:putObject", "Parameters": {"Bucket": collection, "Prefix": "results"}}
    told = {
        "ItemReader": {**reader, "ReaderConfig": {"InputType": "JSONL"}},
        "ItemProcessor": machine(("CallOne", remote(url)), ("Keep", {"Type": "Pass", "OutputPath": "$.n"})),
        "ResultWriter": {**writer, "WriterConfig": {"Transformation": "COMPACT"}},
        "ResultSelector": {"bucket.$": "$.ResultWriterDetails.Bucket"},  # the rest is of the run's own
    }
    return machine(("Gather", {"Type": "Map", **told}))


def trying(collection: str) -> dict[str, Any]:
    look = {"Type": "Action", "ActionUrl": LS, "Parameters": {"endpoint_id": collection, "path": "/nowhere"}}
    look["Retry"] = [{"ErrorEquals": ["States.ALL"], "IntervalSeconds": 1, "BackoffRate": 1, "MaxAttempts": 2}]
    look["Catch"] = [{"ErrorEquals": ["States.ALL"], "ResultPath": "$.error", "Next": "Greet"}]
    return machine(("Look", look), ("Greet", hello(0.5)))
