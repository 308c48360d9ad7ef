"""Actions that are tasks of the mover: submitted once, awaited, canceled."""

from __future__ import annotations

import uuid
from datetime import timedelta
from typing import Any

from apps.common.errors import NotAllowed
from apps.flows.actions.base import Asking
from apps.flows.actions.files.refusals import attempted
from apps.flows.types import Order, Progress, Status
from apps.transfer import services as transfer
from apps.transfer.errors import TaskOver
from apps.transfer.forms import task_documents
from apps.transfer.models import Task

SOON = timedelta(milliseconds=300)
"""A small task may end before it is written down that the action awaits it: it is looked at once more."""
MOST_EVENTS = 10
NO_MAIL = {f"notify_on_{ending}": False for ending in ("succeeded", "failed", "inactive")}
"""A task of an action is not written about, unless its body says so: who started the run is told how that went."""
TEXT, FLAG = {"type": "string"}, {"type": "boolean"}
OPTIONS: dict[str, Any] = {
    "DATA_TYPE": TEXT,
    "label": {"type": "string", "maxLength": 255, "title": "Label"},
    "deadline": {"type": ["string", "null"], "title": "Deadline", "description": "When the task is given up."},
    "notify_on_succeeded": FLAG,
    "notify_on_failed": FLAG,
    "notify_on_inactive": FLAG,
    "skip_activation_check": FLAG,
}


class TaskAction(Asking):
    """An action that is a task of its actor. A subclass says in ``submitted`` which one."""

    def begin(self, order: Order) -> Progress:
        if order.actor is None:
            raise NotAllowed("Tasks belong to somebody. Sign in.")
        return attempted(order, lambda: seen(self.submitted(order), look_in=SOON))

    def submitted(self, order: Order) -> Task:
        """The task of this order: the same one, however often it is asked for."""
        raise NotImplementedError

    def look(self, order: Order) -> Progress:
        return seen(_task_of(order))

    def cancel(self, order: Order) -> Progress:
        task = _task_of(order)
        try:
            transfer.cancel_task(task)
        except TaskOver:
            task.refresh_from_db()
        return seen(task)


def submission_id(order: Order) -> uuid.UUID:
    """The same for the same request."""
    return uuid.uuid5(uuid.NAMESPACE_URL, f"action {order.request_id}")


def label_of(order: Order) -> str:
    """What the task is called: as its body says, else as the action is, else by its flow."""
    origin = order.origin
    by_flow = f"{origin.flow_title}: {origin.state_name}" if origin else ""
    return str(order.body.get("label") or order.label or by_flow)[:255]


def seen(task: Task, *, look_in: timedelta | None = None) -> Progress:
    """How it goes."""
    memo = {"task_id": str(task.pk)}
    details = _details(task)
    if task.status == Task.Status.SUCCEEDED:
        return Progress(details=details, memo=memo)
    if task.is_over:
        return Progress.failed(f"{task.fatal_message} {details['advice']}".strip(), **details)
    # A task that is paused is ACTIVE, too: its owner resumes the task, and nothing has to be done to the action.
    awaits, said = f"transfer:{task.pk}", details["nice_status_short_description"] or ""
    return Progress(
        status=Status.ACTIVE, details=details, display_status=said, awaits=awaits, look_in=look_in, memo=memo
    )


def _details(task: Task) -> dict[str, Any]:
    """The document of the task, with its last faults, and what is to be done about its failure."""
    faults = transfer.events_of(task, errors=True)[:MOST_EVENTS]
    told = {**task_documents.task(task), "event_list": [task_documents.event(one) for one in faults]}
    return {**told, "advice": transfer.advice_on(task.fatal_code)} if task.fatal_code else told


def _task_of(order: Order) -> Task:
    return transfer.get_task(uuid.UUID(order.memo["task_id"]), actor=order.actor)
