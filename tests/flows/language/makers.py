"""Small definitions."""

from __future__ import annotations

from typing import Any

URL = "https://actions.globus.org/hello_world"


def machine(**states: Any) -> dict[str, Any]:
    """It starts at the first."""
    return {"StartAt": next(iter(states)), "States": states}


def action(**fields: Any) -> dict[str, Any]:
    """An action of Globus that ends the flow."""
    return {"Type": "Action", "ActionUrl": URL, "Parameters": {}, "ResultPath": "$.result", "End": True, **fields}


def task(**fields: Any) -> dict[str, Any]:
    return {"Type": "Task", "Resource": "arn:aws:states:::x", "End": True, **fields}


def passing(next_state: str = "", **fields: Any) -> dict[str, Any]:
    return {"Type": "Pass", **({"Next": next_state} if next_state else {"End": True}), **fields}


def choice(*rules: Any, **fields: Any) -> dict[str, Any]:
    return {"Type": "Choice", "Choices": list(rules), **fields}


def done(name: str) -> dict[str, Any]:
    """A machine of one state."""
    return machine(**{name: {"Type": "Succeed"}})


def without(fields: dict[str, Any], *names: str) -> dict[str, Any]:
    return {name: value for name, value in fields.items() if name not in names}
