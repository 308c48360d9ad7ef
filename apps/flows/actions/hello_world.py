"""Says hello, after a while if wanted: to try out what goes around an action."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any, ClassVar

from apps.flows.actions.base import Asking, hosted
from apps.flows.types import Order, Progress, Status

LONGEST_S = 86_400


class HelloWorld(Asking):
    """The body of the hosted one: ``echo_string``, and ``sleep_time`` in seconds."""

    name: ClassVar[str] = "hello_world"
    title: ClassVar[str] = "Hello world"
    subtitle: ClassVar[str] = "Gives back what it was given, at once or after a while."
    aliases: ClassVar[tuple[str, ...]] = hosted("hello_world")

    @property
    def input_schema(self) -> Mapping[str, Any]:
        return {
            "type": "object",
            "properties": {
                "echo_string": {"type": "string", "title": "What it says"},
                "sleep_time": {"type": "number", "minimum": 0, "maximum": LONGEST_S, "title": "After so many seconds"},
                "required_dependent_scope": {"type": "string"},
            },
            "additionalProperties": False,
        }

    def begin(self, order: Order) -> Progress:
        wakes_at = order.now + timedelta(seconds=order.body.get("sleep_time", 0))
        return self._seen(order, wakes_at)

    def look(self, order: Order) -> Progress:
        return self._seen(order, datetime.fromisoformat(order.memo["wakes_at"]))

    def _seen(self, order: Order, wakes_at: datetime) -> Progress:
        if order.now < wakes_at:
            return Progress(status=Status.ACTIVE, look_in=wakes_at - order.now, memo={"wakes_at": wakes_at.isoformat()})
        echoed = order.body.get("echo_string")
        return Progress(details={"Hello": "World", **({"hello": echoed} if echoed is not None else {})})
