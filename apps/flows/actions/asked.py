"""What actions do again and again while they work: look whether somebody wants them to stop."""

from __future__ import annotations

from collections.abc import Callable

from apps.common.beats import seldom
from apps.common.errors import PortalError
from apps.flows.models import Action
from apps.flows.types import Order

LOOKS_EVERY_S = 1.0


class Stopped(PortalError):
    """The action was canceled, or another process has it now."""

    code = "flows.stopped"


def stopping(order: Order) -> Callable[[], None]:
    """What an action calls, as often as it likes, while it works: it raises ``Stopped`` when the action is to stop."""

    def look() -> None:
        held = Action.objects.filter(pk=order.id, attempts=order.attempt, cancel_at=None, completed_at=None)
        if not held.exists():
            raise Stopped

    return seldom(look, every_s=LOOKS_EVERY_S)
