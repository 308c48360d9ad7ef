"""What the steps have in common."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any, ClassVar

from apps.flows.actions.base import Asking
from apps.flows.types import Order
from apps.publish.engine import publishing
from apps.publish.models import Version

SOON = timedelta(seconds=1)


class Step(Asking):
    """One step, which may be done twice. What cannot be done is a ``PortalError``; then all is undone."""

    is_synchronous: ClassVar[bool] = True

    @property
    def input_schema(self) -> Mapping[str, Any]:
        return {
            "type": "object",
            "properties": {"submission": {"type": "string", "format": "uuid", "title": "Submission"}},
            "required": ["submission"],
            "additionalProperties": False,
        }


def version_of(order: Order, *, or_done: bool = False) -> Version:
    """What the run of this order publishes; raises WrongState."""
    run_id = order.origin.run_id if order.origin else None
    return publishing.coming(order.body["submission"], run_id, or_done=or_done)
