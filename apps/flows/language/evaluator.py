"""Evaluates expressions that were parsed: ``simpleeval``, kept to values of JSON and to a budget.

Globus itself uses simpleeval, so ``or``, slices and comprehensions mean the same here. What differs, and why:

* ``a.b`` is only ever the member of an object. simpleeval asks Python for an attribute first, so that a member named
  ``items`` or ``count`` could not be reached, and ``__class__`` could.
* Functions are called and are no values. Methods are those of ``methods``.
* Every step and every value that is made is paid for; simpleeval walks whole values at each step instead.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Mapping
from typing import Any, Protocol

from simpleeval import MAX_COMPREHENSION_LENGTH, EvalWithCompoundTypes, NameNotDefined

from apps.flows.language.failures import ErrorName, StateFailure, shown
from apps.flows.language.meter import Meter
from apps.flows.language.methods import call_method
from apps.flows.language.operators import Operators

_STEP = 32
_MAX_ITEMS = 100_000  # that comprehensions go through: simpleeval's 10,000 are fewer than a large listing has


class Names(Protocol):
    """What names stand for. Raises KeyError for others."""

    def __getitem__(self, name: str, /) -> Any: ...


class Evaluator(EvalWithCompoundTypes):
    """Evaluates one expression, once."""

    def __init__(self, names: Names, functions: Mapping[str, Callable[..., Any]], meter: Meter) -> None:
        self._operators = Operators(meter)
        self._meter = meter
        super().__init__(operators=self._operators.table, functions={}, names=names)
        self.functions = {**functions, "str": self._operators.text}
        self._max_count = MAX_COMPREHENSION_LENGTH - _MAX_ITEMS

    def run(self, tree: ast.expr) -> Any:
        return self._eval(tree)

    def _check_disallowed_items(self, item: Any) -> None:  # noqa: ARG002 - simpleeval asks at each step
        self._meter.spend(_STEP)

    def _eval_name(self, node: ast.Name) -> Any:
        try:
            return self.names[node.id]
        except KeyError:
            raise NameNotDefined(node.id, self.expr) from None

    def _eval_attribute(self, node: ast.Attribute) -> Any:
        value = self._eval(node.value)
        if isinstance(value, dict) and node.attr in value:
            return value[node.attr]
        cause = f"Nothing is named {shown(node.attr)} in {shown(ast.unparse(node.value))}."
        raise StateFailure(ErrorName.PARAMETER_PATH, cause)

    def _eval_call(self, node: ast.Call) -> Any:
        arguments = [self._eval(each) for each in node.args]
        if isinstance(node.func, ast.Attribute):
            return call_method(self._eval(node.func.value), node.func.attr, arguments, self._meter)
        assert isinstance(node.func, ast.Name)  # parsing refuses the rest
        self._meter.spend(sum(len(each) for each in arguments if isinstance(each, str)))
        try:
            made = self.functions[node.func.id](*arguments)
        except TypeError as error:
            raise TypeError(f"{node.func.id} does not take these arguments") from error
        return self._weighed(made, node.func.id != "getattr")

    def _eval_formattedvalue(self, node: ast.FormattedValue) -> str:
        spec = self._eval(node.format_spec) if node.format_spec else ""
        return self._operators.format(self._eval(node.value), spec)

    def _eval_subscript(self, node: ast.Subscript) -> Any:
        return self._weighed(super()._eval_subscript(node), isinstance(node.slice, ast.Slice))

    def _eval_joinedstr(self, node: ast.JoinedStr) -> Any:
        return self._weighed(super()._eval_joinedstr(node))

    def _eval_dict(self, node: ast.Dict) -> Any:
        return self._weighed(super()._eval_dict(node))

    def _eval_list(self, node: ast.List) -> Any:
        return self._weighed(super()._eval_list(node))

    def _eval_tuple(self, node: ast.Tuple) -> Any:
        return self._weighed(super()._eval_tuple(node))

    def _eval_comprehension(self, node: ast.AST) -> Any:
        return self._weighed(super()._eval_comprehension(node))

    def _weighed(self, made: Any, is_new: bool = True) -> Any:
        if is_new:
            self._meter.weigh(made)
        return made
