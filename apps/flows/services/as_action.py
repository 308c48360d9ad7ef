"""A flow as an action of another, in process: what F17 of the API is to those who come over HTTP."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar
from uuid import UUID

from apps.flows.actions.base import Asking
from apps.flows.actions.flows import FLOW, flow_at
from apps.flows.errors import NoSuchFlow, StateConflict
from apps.flows.models import Run
from apps.flows.services.flows import get_flow
from apps.flows.services.run_details import details_of
from apps.flows.services.runs import RunChanges, get_run
from apps.flows.services.starting import start_run_once
from apps.flows.services.steering import cancel_run, resume_run
from apps.flows.types import Order, Progress, Status


class FlowAction(Asking):
    """A run of the flow that the address names, of its newest version. The body is its input.

    It is one of whoever the action acts as, who must be among the flow's starters, and it ends as it does: its output
    is ``details.output``. A run that waits for its owner lets the one above wait for theirs, and goes on when that
    one is resumed; one that was paused is just not over yet.
    """

    name: ClassVar[str] = FLOW
    title: ClassVar[str] = "Flow"
    subtitle: ClassVar[str] = "Runs another flow of this portal."

    @property
    def input_schema(self) -> Mapping[str, Any]:
        return {"type": "object"}

    def begin(self, order: Order) -> Progress:
        """
        Raises:
            NoSuchFlow, NotAllowed: the actor may not start it.
            InvalidInput: the body is not what it asks for.
            TooDeep: too many runs started one another.
        """
        flow_id, origin = flow_at(order.url), order.origin
        if flow_id is None:
            raise NoSuchFlow
        run, _ = start_run_once(
            request_id=order.request_id,
            flow=get_flow(flow_id, actor=order.actor),
            actor=order.actor,
            input=order.body,
            told=RunChanges(label=_label(order)),
            depth=origin.depth + 1 if origin else 0,
        )
        return _seen(run)

    def look(self, order: Order) -> Progress:
        """How it goes; one that waits for its owner is told that they have come back."""
        run = _run_of(order)
        if run.halt is not None and order.memo["is_halted"]:
            resume_run(run=run, actor=order.actor)
            run = _run_of(order)
        return _seen(run)

    def cancel(self, order: Order) -> Progress:
        try:
            cancel_run(run=_run_of(order), actor=order.actor)
        except StateConflict:
            pass  # It is over, which is then told.
        return _seen(_run_of(order))


def _run_of(order: Order) -> Run:
    return get_run(UUID(order.memo["action_id"]), actor=order.actor)


def _label(order: Order) -> str:
    by_flow = f"{order.origin.flow_title}: {order.origin.state_name}" if order.origin else ""
    return (order.label or by_flow)[: Run.LONGEST_LABEL]


def _seen(run: Run) -> Progress:
    details = details_of(run, run.log.last())
    how: dict[str, Any] = {"display_status": run.get_status_display(), "awaits": f"run:{run.pk}"}
    how["memo"] = {"action_id": str(run.pk), "is_halted": run.halt is not None}
    if run.status == Run.Status.FAILED:
        details["message"] = f"{run.error_name}: {run.error_cause}"
    if run.is_over:
        return Progress(status=Status(run.status), details=details, **how)
    if run.halt is not None:
        needed = {name: value for name, value in details.items() if name != "state_name"}
        return Progress(status=Status.INACTIVE, details=needed, **how)
    return Progress(status=Status.ACTIVE, details=details, **how)
