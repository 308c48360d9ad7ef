"""Warnings where what is private would be shown: in a state of which the log tells."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any  # Any: JSON

from apps.flows.language.checking.codes import Code
from apps.flows.language.checking.spot import Spot
from apps.flows.language.checking.walk import WrittenState
from apps.flows.language.failures import shown
from apps.flows.language.finding import Finding
from apps.flows.language.paths import compiled
from apps.flows.language.templates import EXPRESSION, PRIVATE, REFERENCE

HIDDEN = "_private"
"""What begins like this is not shown, wherever it stands in the state."""


def privacy_warnings(state: WrittenState) -> Iterator[Finding]:
    """Of the states that write their parameters into the data."""
    if state.body["Type"] not in ("Pass", "ExpressionEval") or not state.speaks_jsonpath:
        return
    target = state.body.get("ResultPath", "$")
    if "Parameters" in state.body and "Result" not in state.body and target is not None and not is_hidden(target):
        yield from _shown(state.body["Parameters"], state.spot.within("Parameters"), target)


def is_hidden(path: str) -> bool:
    return any(isinstance(key, str) and key.startswith(HIDDEN) for key in compiled(path).keys)


def _shown(template: Any, spot: Spot, target: str) -> Iterator[Finding]:
    if isinstance(template, list):
        for number, each in enumerate(template):
            yield from _shown(each, spot.within(number), target)
    if not isinstance(template, dict):
        return
    told = template.get(PRIVATE)
    private = {_bare(name) for name in told if isinstance(name, str)} if isinstance(told, list) else set()
    for name, value in template.items():
        bare = _bare(name)
        if bare.startswith(HIDDEN) or name == PRIVATE:
            continue
        if bare in private or (name.endswith(REFERENCE) and _reads_hidden(value)):
            message = f"{shown(bare)} is private, but is shown at {shown(target)}. {_INSTEAD}"
            yield spot.within(name).warning(Code.PRIVATE_MADE_PUBLIC, message)
        else:
            yield from _shown(value, spot.within(name), target)


_INSTEAD = f"Put it where a name begins with `{HIDDEN}`, such as `$.{HIDDEN}_parameters`."


def _bare(name: str) -> str:
    return name.removesuffix(REFERENCE).removesuffix(EXPRESSION)


def _reads_hidden(value: Any) -> bool:
    return isinstance(value, str) and value.startswith("$") and is_hidden(value)
