"""The operators of expressions: Python's, within bounds.

What would grow is measured before it is made: ``'a' * 10**9``, ``10 ** 10 ** 10``, ``'%999999999d' % 1``.
"""

from __future__ import annotations

import ast
import operator
import re
from collections.abc import Callable, Mapping
from typing import Any

from apps.flows.language.failures import ErrorName, StateFailure
from apps.flows.language.meter import PER_VALUE, Meter
from apps.flows.language.methods import MAX_WIDTH

MAX_BITS = 4096  # of a whole number: more than any double holds, and still written down at once

_SIZED = (str, list, tuple, dict)
_REPEATED = (str, list, tuple)

_FORMAT = re.compile(r"%%|%[-+ #0]*\d{0,3}(?:\.\d{1,3})?[sdifgeGExX]")
_SPEC = re.compile(r"(?:.?[<>=^])?[-+ ]?#?0?\d{0,3}[,_]?(?:\.\d{1,2})?[bcdeEfFgGnosxX%]?", re.DOTALL)

Operator = Callable[[Any, Any], Any]


def _too_large(what: str) -> StateFailure:
    return StateFailure(ErrorName.RUNTIME, f"An expression makes {what} that is too large.")


def _number(value: Any) -> Any:
    """The value itself, unless it is a number that JSON does not have or that is too large."""
    if isinstance(value, complex) or (isinstance(value, int) and value.bit_length() > MAX_BITS):
        raise _too_large("a number")
    return value


class Operators:
    """The operators of one evaluation. What they make is paid for with its meter."""

    def __init__(self, meter: Meter) -> None:
        self._meter = meter
        self.table: Mapping[type, Callable[..., Any]] = {
            **{node: self._arithmetic(each) for node, each in _ARITHMETIC.items()},
            **{node: self._comparison(each) for node, each in _COMPARISONS.items()},
            **_PLAIN,
            ast.Mult: self.multiply,
            ast.Pow: self.power,
            ast.LShift: self.shift,
            ast.Mod: self.modulo,
            ast.In: lambda left, right: self.contains(right, left),
            ast.NotIn: lambda left, right: not self.contains(right, left),
        }

    def _arithmetic(self, function: Operator) -> Operator:
        def bounded(left: Any, right: Any) -> Any:
            for each in (left, right):
                if isinstance(each, _SIZED):
                    self._meter.spend(len(each))
            return _number(function(left, right))

        return bounded

    def _comparison(self, function: Operator) -> Operator:
        def paid(left: Any, right: Any) -> Any:
            self._meter.weigh(left)
            return function(left, right)

        return paid

    def multiply(self, left: Any, right: Any) -> Any:
        for many, times in ((left, right), (right, left)):
            if isinstance(many, _REPEATED) and isinstance(times, int):
                self._meter.spend(max(0, times) * (len(many) + 1) * (1 if isinstance(many, str) else PER_VALUE))
                repeated = many * max(0, times)
                self._meter.weigh(repeated)
                return repeated
        return _number(left * right)

    @staticmethod
    def power(base: Any, exponent: Any) -> Any:
        if isinstance(base, int) and isinstance(exponent, int) and base.bit_length() * exponent > MAX_BITS * 16:
            raise _too_large("a number")
        return _number(base**exponent)

    @staticmethod
    def shift(value: Any, by: Any) -> Any:
        if isinstance(by, int) and by > MAX_BITS:
            raise _too_large("a number")
        return _number(value << by)

    def modulo(self, left: Any, right: Any) -> Any:
        if not isinstance(left, str):
            return left % right
        if "%" in _FORMAT.sub("", left):
            raise StateFailure(ErrorName.RUNTIME, "A `%` of a text is followed by a format such as `s`, `d` or `.2f`.")
        self._meter.spend(left.count("%") * MAX_WIDTH)
        self._meter.weigh([left, right])
        return left % right

    def contains(self, container: Any, value: Any) -> bool:
        if isinstance(value, _SIZED) and not isinstance(container, str):
            self._meter.weigh(container)
        else:
            self._meter.spend(len(container))
        return value in container

    def format(self, value: Any, spec: str) -> str:
        """What ``f'{value:spec}'`` gives."""
        if not _SPEC.fullmatch(spec):
            raise StateFailure(ErrorName.RUNTIME, "A format is like those of Python, with a width below 1000.")
        self._meter.spend(MAX_WIDTH)
        return format(value, spec) if spec else self.text(value)

    def text(self, value: Any = "") -> str:
        """What ``str(value)`` gives."""
        self._meter.weigh(value)
        return str(value)


_ARITHMETIC: dict[type, Operator] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Div: operator.truediv,
    ast.FloorDiv: operator.floordiv,
    ast.RShift: operator.rshift,
    ast.BitAnd: operator.and_,
    ast.BitOr: operator.or_,
    ast.BitXor: operator.xor,
}
_COMPARISONS: dict[type, Operator] = {
    ast.Eq: operator.eq,
    ast.NotEq: operator.ne,
    ast.Lt: operator.lt,
    ast.LtE: operator.le,
    ast.Gt: operator.gt,
    ast.GtE: operator.ge,
}
_PLAIN: dict[type, Callable[..., Any]] = {
    ast.Is: operator.is_,
    ast.IsNot: operator.is_not,
    ast.Not: operator.not_,
    ast.USub: operator.neg,
    ast.UAdd: operator.pos,
    ast.Invert: operator.invert,
}
