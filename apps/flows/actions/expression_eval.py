"""Expressions, as an action: what definitions used before there was a state for it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from apps.common.errors import Invalid
from apps.flows.actions.base import Asking, hosted
from apps.flows.language import paths
from apps.flows.language.expressions import evaluate
from apps.flows.language.failures import StateFailure
from apps.flows.language.scene import Scene
from apps.flows.types import Order, Progress

MOST = 100
ONE: dict[str, Any] = {
    "expression": {"type": "string", "title": "Expression"},
    "arguments": {"type": "object", "title": "Values of the names in it"},
    "result_path": {"type": "string", "title": "Where the value goes in the result", "default": "$.result"},
}


class ExpressionEvaluation(Asking):
    """One expression, or several whose values are put together."""

    name: ClassVar[str] = "expression_eval"
    title: ClassVar[str] = "Expression"
    subtitle: ClassVar[str] = "Works out expressions over the values that it is given."
    is_synchronous: ClassVar[bool] = True
    aliases: ClassVar[tuple[str, ...]] = hosted("expression_eval")

    @property
    def input_schema(self) -> Mapping[str, Any]:
        one = {"type": "object", "properties": ONE, "required": ["expression"], "additionalProperties": False}
        many = {"type": "array", "items": one, "minItems": 1, "maxItems": MOST}
        return {
            "type": "object",
            "properties": {**ONE, "expressions": many},
            "oneOf": [{"required": ["expression"]}, {"required": ["expressions"]}],
            "additionalProperties": False,
        }

    def begin(self, order: Order) -> Progress:
        """
        Raises:
            Invalid: an expression has no value; the message says which and why.
        """
        details: Any = {}
        for told in order.body.get("expressions", [order.body]):
            try:
                value = evaluate(told["expression"], Scene(data=told.get("arguments", {})))
                details = paths.put(told.get("result_path", "$.result"), details, value)
            except StateFailure as failure:
                raise Invalid(failure.cause, place="expression") from failure
        return Progress(details=details)
