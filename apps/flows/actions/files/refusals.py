"""What a collection or a task refuses, told as the Transfer API tells it."""

from __future__ import annotations

from collections.abc import Callable

from apps.common.errors import Invalid, PortalError, Unavailable
from apps.common.http import status_of
from apps.flows.types import Order, Progress
from apps.transfer.forms import documents


def attempted(order: Order, act: Callable[[], Progress]) -> Progress:
    """What ``act`` says; a failed action, if it is refused.

    Raises:
        Invalid: the body says something that cannot be. Unavailable: it can be tried again.
    """
    try:
        return act()
    except (Invalid, Unavailable):
        raise
    except PortalError as problem:
        return refused(problem, order)


def refused(problem: PortalError, order: Order) -> Progress:
    told = documents.error(problem, status_of(problem), order.request_id)
    return Progress.failed(**{**told, "message": problem.message})
