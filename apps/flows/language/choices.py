"""The rules of ``Choice`` states: checked, read, decided. What they mean is told in ``rules``."""

from __future__ import annotations

from typing import Any

from apps.common.places import pointer_to
from apps.flows.language.dialect import Dialect
from apps.flows.language.failures import shown
from apps.flows.language.finding import Finding, InvalidDefinition
from apps.flows.language.moments import moment
from apps.flows.language.paths import check_path
from apps.flows.language.patterns import check_pattern
from apps.flows.language.rules import COMPARISONS, KINDS, PATHS, TESTS, Comparison, Every, Nature, Not, Rule, Some
from apps.flows.language.scene import Scene

__all__ = ["ABOUT", "Rule", "check_rule", "holds", "read_rule"]

MAX_DEPTH = 32

ABOUT = frozenset({"Next", "Comment", "Assign", "Output"})
"""What a rule of ``Choices`` may hold beside its test."""

_JOINTS: dict[str, type[Every] | type[Some]] = {"And": Every, "Or": Some}


def holds(rule: Rule, scene: Scene) -> bool:
    """Tell whether a rule is met. Raises StateFailure, ``States.Runtime``, when a path leads nowhere."""
    return rule.holds(scene)


def read_rule(document: Any, pointer: str = "") -> Rule:
    """Make a rule of JSON. Raises InvalidDefinition with all that ``check_rule`` finds."""
    if findings := check_rule(document, pointer):
        raise InvalidDefinition(findings)
    return _read(document)


def _read(document: dict[str, Any]) -> Rule:
    if "Not" in document:
        return Not(_read(document["Not"]))
    for name, joint in _JOINTS.items():
        if name in document:
            return joint(tuple(_read(each) for each in document[name]))
    (test,) = TESTS & document.keys()
    variable, value = document["Variable"], document[test]
    if test in PATHS:
        return Comparison(variable, PATHS[test], value, is_path=True)
    return Comparison(variable, test, value) if test in COMPARISONS else Nature(variable, test, value)


def check_rule(document: Any, pointer: str, dialect: Dialect | None = None, *, depth: int = 0) -> list[Finding]:
    """Everything that is wrong with one rule. ``depth`` 0 is a rule of ``Choices``, which alone may have ``Next``."""
    if not isinstance(document, dict):
        return [Finding(pointer, "rule-not-an-object", "A rule is an object such as {Variable, StringEquals, Next}.")]
    if depth > MAX_DEPTH:
        return [Finding(pointer, "rule-too-deep", f"Rules are nested deeper than {MAX_DEPTH}. Split them into states.")]
    tests = sorted(document.keys() & {"Not", *_JOINTS, *TESTS})
    if len(tests) != 1:
        told = f"This one has {', '.join(tests)}." if tests else "This one has none, such as StringEquals or And."
        return [Finding(pointer, "rule-without-one-test", f"A rule has exactly one test. {told}")]
    found = _check_members(document, tests[0], pointer, depth)
    if tests[0] in TESTS:
        return found + _check_test(document, tests[0], pointer, dialect)
    inner, place = document[tests[0]], pointer_to(pointer, tests[0])
    if tests[0] == "Not":
        return found + check_rule(inner, place, dialect, depth=depth + 1)
    if not isinstance(inner, list) or not inner:
        return [*found, Finding(place, "no-rules", f"{tests[0]} takes a list of at least one rule.")]
    for at, rule in enumerate(inner):
        found += check_rule(rule, pointer_to(place, at), dialect, depth=depth + 1)
    return found


def _check_members(document: dict[str, Any], test: str, pointer: str, depth: int) -> list[Finding]:
    known = {test, "Comment"} | (ABOUT if depth == 0 else set()) | ({"Variable"} if test in TESTS else set())
    found = []
    for name in sorted(document.keys() - known):
        if name == "Next":
            code, message = (
                "next-in-inner-rule",
                "Only a rule that stands directly in Choices has Next. Remove it here.",
            )
        else:
            code, message = "unknown-field", f"A rule with {test} has no field {shown(name)}. Remove it."
        found.append(Finding(pointer_to(pointer, name), code, message))
    return found


def _check_test(document: dict[str, Any], test: str, pointer: str, dialect: Dialect | None) -> list[Finding]:
    found = []
    if "Variable" not in document:
        message = "A test has a Variable: the path of the value to look at."
        found.append(Finding(pointer, "no-variable", message))
    elif trouble := check_path(document["Variable"], dialect):
        found.append(Finding(pointer_to(pointer, "Variable"), "bad-path", trouble))
    if trouble := _trouble_of_operand(test, document[test], dialect):
        found.append(Finding(pointer_to(pointer, test), "bad-path" if test in PATHS else "bad-operand", trouble))
    return found


def _trouble_of_operand(test: str, value: Any, dialect: Dialect | None) -> str | None:
    if test in PATHS:
        return check_path(value, dialect)
    if test not in COMPARISONS:
        return None if isinstance(value, bool) else f"{test} takes true or false."
    is_kind, what = KINDS[COMPARISONS[test][0]]
    is_right = moment(value, dialect or Dialect.GLOBUS) is not None if test.startswith("Timestamp") else is_kind(value)
    if not is_right:
        return f"{test} takes {what}."
    return check_pattern(value) if test == "StringMatches" else None
