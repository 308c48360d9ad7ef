"""Rules and errors in a few words, for the arrows of a graph."""

from __future__ import annotations

import json
from collections.abc import Sequence

from apps.flows.language.definition import Way
from apps.flows.language.rules import Comparison, Every, Nature, Not, Rule, Some

_LONGEST = 60
_SIGNS = {
    "LessThanEquals": "≤",
    "GreaterThanEquals": "≥",
    "LessThan": "<",
    "GreaterThan": ">",
    "Matches": "~",
    "Equals": "=",
}
_NATURES = {
    "IsPresent": "is present",
    "IsNull": "is null",
    "IsNumeric": "is a number",
    "IsString": "is a string",
    "IsBoolean": "is a boolean",
    "IsTimestamp": "is a time",
}


def label_of(way: Way) -> str:
    """When a choice is taken."""
    if way.rule is not None:
        return _cut(_words(way.rule))
    condition = way.condition if isinstance(way.condition, str) else json.dumps(way.condition)
    return _cut(condition.removeprefix("{%").removesuffix("%}").strip())


def errors_label(errors: Sequence[str]) -> str:
    return _cut("any error" if "States.ALL" in errors else ", ".join(errors))


def _words(rule: Rule) -> str:
    match rule:
        case Comparison():
            return f"{rule.variable} {_sign(rule.operator)} {_operand(rule)}"
        case Nature():
            words = _NATURES[rule.operator]
            return f"{rule.variable} {words if rule.expected else words.replace('is', 'is not', 1)}"
        case Every():
            return " and ".join(_grouped(each) for each in rule.rules)
        case Some():
            return " or ".join(_grouped(each) for each in rule.rules)
        case Not():
            return f"not {_grouped(rule.rule)}"


def _grouped(rule: Rule) -> str:
    return f"({_words(rule)})" if isinstance(rule, Every | Some) else _words(rule)


def _sign(operator: str) -> str:
    return next(sign for name, sign in _SIGNS.items() if operator.endswith(name))


def _operand(rule: Comparison) -> str:
    return str(rule.operand) if rule.is_path else json.dumps(rule.operand, ensure_ascii=False)


def _cut(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"
