"""What is run: the same for the engine and for moto's interpreter, but for what a task is called."""

from __future__ import annotations

from typing import Any

HELLO = "https://actions.globus.org/hello_world"


def hello(resource: str = HELLO) -> dict[str, Any]:
    task = {"Type": "Task", "Resource": resource, "Parameters": {"echo_string": "hi"}, "End": True}
    return {"StartAt": "Greet", "States": {"Greet": task}}


def greeting(times: int) -> dict[str, Any]:
    """One action after the other."""
    states = {
        f"S{number}": {
            "Type": "Action",
            "ActionUrl": HELLO,
            "Parameters": {},
            "ResultPath": "$.told",
            "Next": following,
        }
        for number, following in ((number, f"S{number + 1}") for number in range(times))
    }
    return {"StartAt": "S0", "States": {**states, f"S{times}": {"Type": "Pass", "End": True}}}


def counting(to: int) -> dict[str, Any]:
    """Two pure states for each number."""
    again = [{"Variable": "$.n", "NumericLessThan": to, "Next": "Add"}]
    states = {
        "Add": {"Type": "Pass", "Parameters": {"n.$": "States.MathAdd($.n, 1)"}, "Next": "More"},
        "More": {"Type": "Choice", "Choices": again, "Default": "Done"},
        "Done": {"Type": "Succeed"},
    }
    return {"QueryLanguage": "JSONPath", "StartAt": "Add", "States": states}


def transferring(source: str, destination: str) -> dict[str, Any]:
    item = {"source_path": "/file", "destination_path.$": "$.to"}
    body = {"source_endpoint": source, "destination_endpoint": destination, "DATA": [item]}
    url = "https://transfer.actions.globus.org/transfer"
    copy = {"Type": "Action", "ActionUrl": url, "Parameters": body, "ResultPath": "$.done", "End": True}
    return {"StartAt": "Copy", "States": {"Copy": copy}}


def waiting() -> dict[str, Any]:
    return {"StartAt": "Nap", "States": {"Nap": {"Type": "Wait", "Seconds": 20_000_000, "End": True}}}
