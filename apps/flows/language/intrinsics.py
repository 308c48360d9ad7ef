"""The intrinsic functions of the Amazon States Language: ``"k.$": "States.Format('{}', $.name)"``.

They do what the specification and AWS' documentation say. Where these are silent, or AWS does otherwise, what AWS was
seen to do is done here: a number with a fraction is rounded half up; ``StringSplit`` splits at each of its characters
and drops what is empty; ``StringToJson('')`` is null; ``Format`` writes an object as ``{a=1, b=[]}``.
"""

from __future__ import annotations

from typing import Any

from apps.flows.language.failures import ErrorName, StateFailure, shown
from apps.flows.language.functions import FUNCTIONS
from apps.flows.language.functions.texts import template_of
from apps.flows.language.invocations import Argument, Constant, Invocation, PathArgument, read_invocation
from apps.flows.language.meter import Meter
from apps.flows.language.paths import find
from apps.flows.language.scene import Scene

_BUDGET = 32_000_000  # several times the largest state that is allowed


def check_intrinsic(text: Any) -> str | None:
    """What is wrong with an intrinsic function, in a sentence; None if nothing is that can be seen without data."""
    if not isinstance(text, str):
        return f"An intrinsic function is a string such as `States.UUID()`, not {shown(text)}."
    try:
        _check(read_invocation(text))
    except StateFailure as failure:
        return failure.cause
    return None


def call(text: str, scene: Scene) -> Any:
    """What an intrinsic function gives.

    Raises StateFailure: ``States.IntrinsicFailure``, or ``States.ParameterPathFailure`` for an argument that is a path
    and leads nowhere.
    """
    invocation = read_invocation(text)
    _check(invocation)
    meter = Meter(_BUDGET, f"{shown(text)} makes too much", ErrorName.INTRINSIC)
    try:
        return _value(invocation, scene, meter)
    except (ArithmeticError, RecursionError, TypeError, ValueError) as error:
        raise StateFailure(ErrorName.INTRINSIC, f"{shown(text)} fails: {error}.") from error


def _value(argument: Argument, scene: Scene, meter: Meter) -> Any:
    if isinstance(argument, Constant):
        return argument.value
    if isinstance(argument, PathArgument):
        return find(argument.path, scene, missing=ErrorName.PARAMETER_PATH)
    values = [_value(each, scene, meter) for each in argument.arguments]
    meter.weigh(values)
    function = FUNCTIONS[argument.name].call
    if argument.name == "States.Format":
        first = argument.arguments[0]
        values[0] = first.template if isinstance(first, Constant) else template_of(values[0])
    return function(*values)


def _check(invocation: Invocation) -> None:
    function = FUNCTIONS.get(invocation.name)
    if function is None:
        cause = f"There is no intrinsic function {shown(invocation.name)}. Those there are begin with `States.`."
        raise StateFailure(ErrorName.INTRINSIC, cause)
    if not function.least <= len(invocation.arguments) <= function.most:
        cause = f"{invocation.name} takes {function.counts} arguments, not {len(invocation.arguments)}."
        raise StateFailure(ErrorName.INTRINSIC, cause)
    for each in invocation.arguments:
        if isinstance(each, Invocation):
            _check(each)
