"""Expressions: the values of ``"name.="``, in the Python-like language of Globus, in both of its forms.

The new form names members of the data as variables, ``input.path + '/' + name``; the old one puts paths into
back-quotes, ```$.input.path` + '/'``. Both may stand in one expression. Functions are ``pathsplit``, ``is_present``,
``getattr``, ``str``, ``int``, ``float``, ``bool``, ``len`` and ``list``. A name or path that leads nowhere is
``States.ParameterPathFailure``, as it is beside ``.$``; what else goes wrong is ``States.Runtime``.
"""

from __future__ import annotations

import math
import posixpath
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from simpleeval import InvalidExpression, NameNotDefined

from apps.flows.language.dialect import Dialect
from apps.flows.language.evaluator import Evaluator
from apps.flows.language.failures import ErrorName, StateFailure, shown
from apps.flows.language.meter import Meter
from apps.flows.language.parsing import parsed
from apps.flows.language.paths import find, is_there
from apps.flows.language.queries import paid_by
from apps.flows.language.scene import Scene

_BUDGET = 32_000_000  # two seconds at worst; several times what a large state weighs
_READING = 64
_FAULTS = (ArithmeticError, InvalidExpression, RecursionError, TypeError, ValueError)


def check_expression(text: Any) -> str | None:
    """What is wrong with an expression, in a sentence; None if nothing is that can be seen without data."""
    try:
        parsed(text)
    except StateFailure as failure:
        return failure.cause
    return None


def evaluate(text: str, scene: Scene) -> Any:
    """What an expression is worth: a JSON value. It ends soon, whatever it holds, or raises StateFailure."""
    expression = parsed(text)
    meter = Meter(_BUDGET, f"The expression {shown(text)} makes too much")
    try:
        with paid_by(meter):
            names, functions = _Names(scene, expression.paths), _functions(scene, meter)
            value = Evaluator(names, functions, meter).run(expression.tree)
            meter.weigh(value)
            return _as_json(value)
    except NameNotDefined as error:
        cause = f"{shown(text)}: nothing in the state's data is named {shown(error.name)}."
        raise StateFailure(ErrorName.PARAMETER_PATH, cause) from error
    except LookupError as error:
        cause = f"{shown(text)} asks for what is not there: {error}."
        raise StateFailure(ErrorName.PARAMETER_PATH, cause) from error
    except _FAULTS as error:
        raise StateFailure(ErrorName.RUNTIME, f"{shown(text)} has no value: {error}.") from error


class _Names:
    """What the names of an expression stand for: paths in back-quotes, the run, members of the data."""

    def __init__(self, scene: Scene, paths: Mapping[str, str]) -> None:
        self._scene = scene
        self._paths = paths
        self._found: dict[str, Any] = {}

    def __getitem__(self, name: str) -> Any:
        if name not in self._found:  # a comprehension asks again for each item
            self._found[name] = self._find(name)
        return self._found[name]

    def _find(self, name: str) -> Any:
        if name in self._paths:
            return find(self._paths[name], self._scene, missing=ErrorName.PARAMETER_PATH)
        if name == "_context" and self._scene.dialect is Dialect.GLOBUS:
            return dict(self._scene.run)
        if not isinstance(self._scene.data, dict):
            raise KeyError(name)
        return self._scene.data[name]


def _functions(scene: Scene, meter: Meter) -> dict[str, Callable[..., Any]]:
    return {
        "pathsplit": pathsplit,
        "is_present": partial(_is_present, scene, meter),
        "getattr": partial(_getattr, scene, meter),
        "int": int,
        "float": float,
        "bool": bool,
        "len": len,
        "list": list,
    }


def pathsplit(path: str) -> list[str]:
    """What comes before the last name of a path, and that name. The root ``/~/`` is never split; a path that ends in
    a slash has an empty last name."""
    head, tail = posixpath.split(path)
    if path == "/~":
        return ["/~/", ""]
    return ["/~/" if head == "/~" else head, tail]


def _is_present(scene: Scene, meter: Meter, reference: str) -> bool:
    return is_there(_path_of(reference, meter), scene)


def _getattr(scene: Scene, meter: Meter, reference: str, default: Any = None) -> Any:
    path = _path_of(reference, meter)
    return find(path, scene) if is_there(path, scene) else default


def _path_of(reference: str, meter: Meter) -> str:
    """Functions take paths without their ``$.``. Reading one costs, and an expression may make many."""
    if not isinstance(reference, str):
        raise ValueError("is_present and getattr take a path as a string, such as 'input.path'")
    meter.spend(_READING * len(reference))
    return reference if reference.startswith("$") else f"$.{reference}"


def _as_json(value: Any) -> Any:
    """The value as JSON has it: tuples are lists, names are strings, numbers are finite."""
    if isinstance(value, list | tuple):
        return [_as_json(each) for each in value]
    if isinstance(value, dict):
        if not all(isinstance(key, str) for key in value):
            raise TypeError("the names in an object must be strings")
        return {key: _as_json(each) for key, each in value.items()}
    if isinstance(value, float) and not math.isfinite(value):
        raise ValueError("a number is not finite")
    return value
