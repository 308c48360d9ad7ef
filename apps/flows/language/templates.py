"""Templates: ``Parameters``, ``ResultSelector``, ``ItemSelector`` and their like, filled in from what a state sees.

In both dialects ``"k.$"`` takes a path or an intrinsic function and ``"k.="`` an expression, at any depth; the rest is
constant. ``__Private_Parameters`` names what is not shown and is itself left out.
"""

from __future__ import annotations

from typing import Any

from apps.common.places import pointer_to
from apps.flows.language.dialect import Dialect
from apps.flows.language.expressions import check_expression, evaluate
from apps.flows.language.failures import ErrorName, StateFailure, shown
from apps.flows.language.finding import Finding, Severity
from apps.flows.language.intrinsics import call, check_intrinsic
from apps.flows.language.meter import Meter
from apps.flows.language.paths import check_path, find
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
            filled[bare(key)] = value = _value(key, value, scene)
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


def private_names(template: Any) -> frozenset[str]:
    """All names that a template calls private, at any depth, as they are once it is filled in: without ``.$``."""
    names: set[str] = set()
    waiting = [template]
    while waiting:
        each = waiting.pop()
        if isinstance(each, dict):
            names |= _private_in(each)
            waiting.extend(each.values())
        elif isinstance(each, list):
            waiting.extend(each)
    return frozenset(names)


def without_private(template: Any) -> Any:
    """The template as those see it who may not know its private parameters: without them, but with their names."""
    if isinstance(template, list):
        return [without_private(each) for each in template]
    if not isinstance(template, dict):
        return template
    hidden = _private_in(template)
    return {key: without_private(value) for key, value in template.items() if bare(key) not in hidden}


def _private_in(template: dict[str, Any]) -> set[str]:
    named = template.get(PRIVATE)
    return {bare(name) for name in named if isinstance(name, str)} if isinstance(named, list) else set()


def bare(key: str) -> str:
    """The name of a parameter, without what says how its value is found."""
    return key[:-2] if key.endswith((REFERENCE, EXPRESSION)) else key


def check_template(template: Any, pointer: str, dialect: Dialect | None = None, *, depth: int = 0) -> list[Finding]:
    """Everything that is wrong with a template, or legal there and usually wrong."""
    if depth > MAX_DEPTH:
        return [Finding(pointer, "too-deep", f"A template is nested deeper than {MAX_DEPTH}. Flatten it.")]
    found: list[Finding] = []
    if isinstance(template, list):
        for at, each in enumerate(template):
            found += check_template(each, pointer_to(pointer, at), dialect, depth=depth + 1)
    elif isinstance(template, dict):
        for key, value in template.items():
            found += _check_member(key, value, pointer_to(pointer, key), dialect, depth)
        found += _check_names(template, pointer)
    return found


def _check_member(key: str, value: Any, place: str, dialect: Dialect | None, depth: int) -> list[Finding]:
    if key == PRIVATE:
        return []
    if not key.endswith((REFERENCE, EXPRESSION)):
        return _check_constant(key, value, place) or check_template(value, place, dialect, depth=depth + 1)
    if not isinstance(value, str):
        return [Finding(place, "wrong-kind", f"{shown(key)} takes a string: a path, a function or an expression.")]
    if key.endswith(EXPRESSION):
        code, trouble = "bad-expression", check_expression(value)
    elif value.startswith("$"):
        code, trouble = "bad-path", check_path(value, dialect)
    else:
        code, trouble = "bad-intrinsic", check_intrinsic(value)
    return [Finding(place, code, trouble)] if trouble else []


def _check_constant(key: str, value: Any, place: str) -> list[Finding]:
    looks_like_path = isinstance(value, str) and value.startswith(("$.", "$$.", "States.")) and " " not in value
    if not looks_like_path:
        return []
    message = f"{shown(value)} is passed on as it stands. If its value is meant, write {shown(key + REFERENCE)}."
    return [Finding(place, "path-as-constant", message, Severity.WARNING)]


def _check_names(template: dict[str, Any], pointer: str) -> list[Finding]:
    names = [bare(key) for key in template]
    found = []
    for name in sorted({name for name in names if names.count(name) > 1}):
        message = f"{shown(name)} is given twice, as a constant and as a reference. Keep one."
        found.append(Finding(pointer, "duplicate-parameter", message))
    private, place = template.get(PRIVATE, []), pointer_to(pointer, PRIVATE)
    if not isinstance(private, list) or not all(isinstance(name, str) for name in private):
        return [*found, Finding(place, "wrong-kind", f"{PRIVATE} is a list of names.")]
    for name in sorted(_private_in(template) - set(names)):
        message = f"There is no parameter {shown(name)} beside {PRIVATE}. Nothing is hidden by it."
        found.append(Finding(place, "unknown-private-parameter", message, Severity.WARNING))
    return found
