"""One expression of JSONata, evaluated once, within bounds. Importing this needs the extra ``jsonata``.

``jsonata-python`` ends what recurses or runs too long between two of its steps. What a single step may do is bounded
here: numbers, ranges, texts that are put together, padding, and regular expressions, which RE2 runs in linear time.
"""

from __future__ import annotations

import math
import random
import sys
from collections.abc import Callable, Mapping
from typing import Any, NoReturn

import re2

from apps.flows.language.failures import ErrorName, StateFailure, shown
from apps.flows.language.functions import FUNCTIONS
from apps.flows.language.meter import Meter

_recursion_limit = sys.getrecursionlimit()
from jsonata.jsonata import Jsonata  # noqa: E402 - it sets the limit of the whole process to 10,000,
from jsonata.utils import Utils  # noqa: E402

sys.setrecursionlimit(_recursion_limit)  # at which Python's own stack may end in a crash

TIMEOUT_MS = 1_000
MAX_RANGE = 100_000
MAX_WIDTH = 10_000
_MATCH = 128
MAX_BITS = 1_100  # of a whole number: a little more than JSON's doubles reach


class Queried(Jsonata):
    """An expression that was read. ``value`` may be asked for once: the time runs from the beginning."""

    def __init__(self, text: str, meter: Meter) -> None:
        self._meter = meter
        self._text = text
        try:
            super().__init__(text, regex_engine=_regular_expression, timeout=TIMEOUT_MS)
        except Exception as error:  # the parser fails with whatever its code meets
            raise self._failure("cannot be read", error) from error
        self.set_output_convert_nulls(False)  # else what is undefined looks like null
        for name, function in _FUNCTIONS.items():
            self.register_lambda(name, function)

    def value(self, variables: Mapping[str, Any]) -> Any:
        """What the expression is worth: a JSON value. Raises StateFailure, ``States.QueryEvaluationError``."""
        known = {name: Utils.NULL_VALUE if value is None else value for name, value in variables.items()}
        try:
            made = self.evaluate(None, known)
            if made is None:
                raise ValueError("it gives nothing (undefined)")
            self._meter.weigh(made)
            return _as_json(made)
        except StateFailure:
            raise
        except Exception as error:  # the interpreter fails with whatever its code meets
            raise self._failure("fails", error) from error

    def _failure(self, what: str, error: Exception) -> StateFailure:
        why = str(error).partition("\n")[0].rstrip(".") or type(error).__name__
        return StateFailure(ErrorName.QUERY, f"{shown(f'{{%{self._text}%}}')} {what}: {why}.")

    # --- bounds on single steps -----------------------------------------------------------------------------------

    def evaluate_string_concat(self, lhs: Any, rhs: Any) -> str:
        text: str = super().evaluate_string_concat(lhs, rhs)
        self._meter.spend(len(text))
        return text

    def evaluate_range_expression(self, lhs: Any, rhs: Any) -> Any:
        if isinstance(lhs, int) and isinstance(rhs, int):
            if rhs - lhs >= MAX_RANGE:
                raise ValueError(f"a range has at most {MAX_RANGE} numbers")
            self._meter.spend(max(0, rhs - lhs))
        return super().evaluate_range_expression(lhs, rhs)

    def evaluate_numeric_expression(self, lhs: Any, rhs: Any, op: Any) -> Any:
        number = super().evaluate_numeric_expression(lhs, rhs, op)
        if isinstance(number, int) and number.bit_length() > MAX_BITS:
            raise ValueError("a number is too large")
        return number

    def apply_inner(self, proc: Any, args: Any, input: Any, environment: Any) -> Any:
        if not isinstance(proc, Jsonata.JFunction):
            return super().apply_inner(proc, args, input, environment)
        self._pay(proc.function_name, args if isinstance(args, list) else [])
        made = super().apply_inner(proc, args, input, environment)
        self._meter.weigh(made)
        return made

    def _pay(self, function: str, arguments: list[Any]) -> None:
        """Pay before a function of the library runs, where it may cost much more than what it gives."""
        match function, arguments:
            case "pad", [_, int() | float() as width, *_] if abs(width) > MAX_WIDTH:
                raise ValueError(f"a text is padded to at most {MAX_WIDTH} characters")
            case "replace" | "match" | "split", [str() as text, pattern, *more]:
                longer = len(more[0]) if more and isinstance(more[0], str) else 0
                for _ in pattern.finditer(text) if not isinstance(pattern, str) else range(text.count(pattern)):
                    self._meter.spend(_MATCH + longer)
            case "join", [list() as texts, str() as separator, *_]:
                self._meter.spend(len(texts) * len(separator))
            case "distinct", [list() as values]:
                self._meter.spend(len(values) ** 2)  # it compares each with each


def _regular_expression(pattern: str, flags: Any) -> Any:
    options = re2.Options()
    options.case_sensitive = not flags.case_insensitive
    options.log_errors = False
    return re2.compile(f"(?m){pattern}" if flags.multiline else pattern, options)


def _as_json(value: Any) -> Any:
    if isinstance(value, list):
        return [_as_json(each) for each in value]
    if isinstance(value, dict):
        return {str(key): _as_json(each) for key, each in value.items()}
    if value is Utils.NULL_VALUE or value is None:  # within data, null is None
        return None
    if isinstance(value, float) and not math.isfinite(value):
        raise ValueError("a number is not finite")
    if not isinstance(value, str | int | float | bool):
        raise TypeError("it gives a function, which is no value of JSON")
    return value


def _parse(text: Any) -> Any:
    value = FUNCTIONS["States.StringToJson"].call(text)
    return Utils.NULL_VALUE if value is None else value


def _random(seed: Any = None) -> float:
    return random.Random(seed).random()  # noqa: S311 - no secrets are made of it


def _no_eval(*_: Any) -> NoReturn:
    raise ValueError("there is no `$eval`; use `$parse` for JSON")


_FUNCTIONS: dict[str, Callable[..., Any]] = {
    "partition": FUNCTIONS["States.ArrayPartition"].call,
    "range": FUNCTIONS["States.ArrayRange"].call,
    "hash": FUNCTIONS["States.Hash"].call,
    "uuid": FUNCTIONS["States.UUID"].call,
    "random": _random,
    "parse": _parse,
    "eval": _no_eval,
}
"""What Step Functions adds to JSONata, and what it takes away."""
