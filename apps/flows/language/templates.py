"""Templates: ``Parameters``, ``ResultSelector``, ``ItemSelector`` and their like, filled in from what a state sees.

In both dialects ``"k.$"`` takes a path or an intrinsic function and ``"k.="`` an expression, at any depth; the rest is
constant. ``__Private_Parameters`` names what is not shown and is itself left out.
"""

from __future__ import annotations

from typing import Any

from apps.flows.language.expressions import evaluate
from apps.flows.language.failures import ErrorName, StateFailure, shown
from apps.flows.language.intrinsics import call
from apps.flows.language.meter import Meter
from apps.flows.language.paths import find
from apps.flows.language.scene import Scene

PRIVATE = "__Private_Parameters"
REFERENCE = ".$"
EXPRESSION = ".="

MAX_DEPTH = 64
_BUDGET = 32_000_000  # several times the largest state that is allowed


def fill(template: Any, scene: Scene) -> Any:
    """The template with its references and expressions replaced by their values.

    Raises StateFailure: ``States.ParameterPathFailure`` for a path that leads nowhere, ``States.IntrinsicFailure`` for
    a function that fails, ``States.Runtime`` for the rest, such as a value that grows without end.
    """
    found: list[Any] = []
    filled = _fill(template, scene, found, 0)
    if len(found) > 1:  # one alone is no larger than the data
        meter = Meter(_BUDGET, "The parameters grow too large")
        for each in found:
            meter.weigh(each)
    return filled


def _fill(template: Any, scene: Scene, found: list[Any], depth: int) -> Any:
    if depth > MAX_DEPTH:
        raise StateFailure(ErrorName.RUNTIME, f"A template is nested deeper than {MAX_DEPTH}.")
    if isinstance(template, list):
        return [_fill(each, scene, found, depth + 1) for each in template]
    if not isinstance(template, dict):
        return template
    filled = {}
    for key, value in template.items():
        if key.endswith((REFERENCE, EXPRESSION)):
            filled[key[:-2]] = value = _value(key, value, scene)
            if isinstance(value, dict | list | str):
                found.append(value)
        elif key != PRIVATE:
            filled[key] = _fill(value, scene, found, depth + 1)
    return filled


def _value(key: str, source: Any, scene: Scene) -> Any:
    if not isinstance(source, str):
        raise StateFailure(ErrorName.RUNTIME, f"{shown(key)} takes a string, not {shown(source)}.")
    if key.endswith(EXPRESSION):
        return evaluate(source, scene)
    return find(source, scene, missing=ErrorName.PARAMETER_PATH) if source.startswith("$") else call(source, scene)
