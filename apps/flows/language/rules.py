"""Rules, as they are decided: tests of one value, joined by ``And``, ``Or`` and ``Not``.

As both languages have it: a comparison of the wrong type is false (and its ``Not`` true); a ``Variable``, or the path
of an operand, that leads nowhere is ``States.Runtime``, save for ``IsPresent``, which asks just that. Strings compare
by code point, numbers by value. A path that may match many gives a list, of which every comparison is false.
"""

from __future__ import annotations

import operator
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from apps.flows.language.moments import moment
from apps.flows.language.paths import find, is_there
from apps.flows.language.patterns import matches
from apps.flows.language.scene import Scene

_ORDERS: dict[str, Callable[[Any, Any], bool]] = {
    "Equals": operator.eq,
    "LessThan": operator.lt,
    "GreaterThan": operator.gt,
    "LessThanEquals": operator.le,
    "GreaterThanEquals": operator.ge,
}


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _is_string(value: Any) -> bool:
    return isinstance(value, str)


def _is_boolean(value: Any) -> bool:
    return isinstance(value, bool)


@dataclass(frozen=True)
class Comparison:
    """Compares the value at ``variable`` with ``operand``, or with the value at that path."""

    variable: str
    operator: str
    operand: Any
    is_path: bool = False

    def holds(self, scene: Scene) -> bool:
        value = find(self.variable, scene)
        operand = find(self.operand, scene) if self.is_path else self.operand
        kind, order = COMPARISONS[self.operator]
        if kind == "Timestamp":
            value, operand = moment(value, scene.dialect), moment(operand, scene.dialect)
            return value is not None and operand is not None and order(value, operand)
        is_kind = KINDS[kind][0]
        return is_kind(value) and is_kind(operand) and order(value, operand)


@dataclass(frozen=True)
class Nature:
    """Tells what the value at ``variable`` is, and compares the answer with ``expected``."""

    variable: str
    operator: str
    expected: bool

    def holds(self, scene: Scene) -> bool:
        if self.operator == "IsPresent":
            return is_there(self.variable, scene) is self.expected
        value = find(self.variable, scene)
        if self.operator == "IsTimestamp":
            return (moment(value, scene.dialect) is not None) is self.expected
        return NATURES[self.operator](value) is self.expected


@dataclass(frozen=True)
class Every:
    """``And``. Rules after the first that does not hold are not looked at."""

    rules: tuple[Rule, ...]

    def holds(self, scene: Scene) -> bool:
        return all(rule.holds(scene) for rule in self.rules)


@dataclass(frozen=True)
class Some:
    """``Or``. Rules after the first that holds are not looked at."""

    rules: tuple[Rule, ...]

    def holds(self, scene: Scene) -> bool:
        return any(rule.holds(scene) for rule in self.rules)


@dataclass(frozen=True)
class Not:
    rule: Rule

    def holds(self, scene: Scene) -> bool:
        return not self.rule.holds(scene)


Rule = Comparison | Nature | Every | Some | Not

KINDS: dict[str, tuple[Callable[[Any], bool], str]] = {
    "String": (_is_string, "a string"),
    "Numeric": (_is_number, "a number"),
    "Boolean": (_is_boolean, "true or false"),
    "Timestamp": (_is_string, "a timestamp such as `2026-03-14T01:59:00Z`"),
}
COMPARISONS: dict[str, tuple[str, Callable[[Any, Any], bool]]] = {
    **{
        f"{kind}{name}": (kind, order) for name, order in _ORDERS.items() for kind in ("String", "Numeric", "Timestamp")
    },
    "BooleanEquals": ("Boolean", operator.eq),
    "StringMatches": ("String", matches),
}
NATURES: dict[str, Callable[[Any], bool]] = {
    "IsNull": lambda value: value is None,
    "IsNumeric": _is_number,
    "IsString": _is_string,
    "IsBoolean": _is_boolean,
}
PATHS = {f"{name}Path": name for name in COMPARISONS if name != "StringMatches"}
TESTS = frozenset([*COMPARISONS, *PATHS, *NATURES, "IsPresent", "IsTimestamp"])
