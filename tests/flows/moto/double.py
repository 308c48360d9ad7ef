"""A task that both interpreters have: it gives what it is told to give, or fails as often as it is told to."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from apps.flows.actions.base import Asking
from apps.flows.types import Order, Progress

RESOURCE = "arn:aws:lambda:us-east-1:000000000000:function:double"


class Failed(Exception):
    """As it was told to."""


def answer(body: Any, asked: dict[str, int]) -> Any:
    """``give``, or the body itself without it; but it fails ``fails`` times first, counted by ``key`` in ``asked``."""
    if not isinstance(body, dict):
        return body
    key = str(body.get("key", ""))
    asked[key] = asked.get(key, 0) + 1
    if asked[key] <= body.get("fails", 0):
        raise Failed("as told")
    return body.get("give", body)


class Double(Asking):
    """The same as an action of ours."""

    name: ClassVar[str] = "double"
    title: ClassVar[str] = "Double"
    is_synchronous: ClassVar[bool] = True
    aliases: ClassVar[tuple[str, ...]] = (RESOURCE,)
    input_schema: ClassVar[Mapping[str, Any]] = {}
    asked: ClassVar[dict[str, dict[str, int]]] = {}

    def begin(self, order: Order) -> Progress:
        assert order.origin is not None
        try:
            return Progress(details=answer(order.body, self.asked.setdefault(order.origin.run_id, {})))
        except Failed as failed:
            return Progress.failed(str(failed))
