"""What a turn begins, and how it goes with that: a transfer, or a run of a flow."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any
from uuid import UUID, uuid5

from apps.accounts.models import User
from apps.common.errors import Invalid
from apps.common.parsing import uuid_in
from apps.flows import forms as flow_forms
from apps.flows import services as flows
from apps.flows.models import Run
from apps.storage import services as storage
from apps.storage.models import Collection
from apps.timers.models import Timer, Turn
from apps.transfer import forms as transfer_forms
from apps.transfer import services as transfer
from apps.transfer.models import Task


def check(*, kind: str, owner: User, body: Mapping[str, Any], flow_id: UUID | None) -> None:
    """Whether a turn could be begun now.

    Raises:
        PortalError: why it could not, by the places of the body.
    """
    if kind == Timer.Kind.FLOW:
        start = flow_forms.start_of(dict(body))
        flow = flows.get_flow(_required(flow_id), actor=owner)
        flows.check_run(flow=flow, actor=owner, input=start.input, told=start.told)
        return
    transfer_forms.transfer_of(dict(body))
    _collections(body, owner)


def begin_now(turn: Turn) -> UUID:
    """Begin what the turn is for; asked for again it is the same. Its id.

    Raises:
        PortalError: it cannot be begun.
    """
    timer = turn.timer
    return _start(timer, turn) if timer.kind == Timer.Kind.FLOW else _submit(timer, turn)


def outcome_of(turn: Turn) -> flows.Outcome | None:
    """None: it goes on."""
    assert turn.begun_id is not None  # it was begun
    if turn.timer.kind == Timer.Kind.FLOW:
        return flows.outcome_of(turn.begun_id)
    task = Task.objects.filter(pk=turn.begun_id).first()
    if task is None:
        return flows.Outcome(has_succeeded=False, why="The task was deleted.")
    return flows.Outcome(task.status == Task.Status.SUCCEEDED, task.fatal_message) if task.is_over else None


def _start(timer: Timer, turn: Turn) -> UUID:
    start = flow_forms.start_of(timer.body)
    flow = flows.get_flow(_required(timer.flow_id), actor=timer.owner)
    told = replace(start.told, label=start.told.label or timer.name[: Run.LONGEST_LABEL])
    run, _is_new = flows.start_run_once(
        request_id=f"timer {timer.pk} {turn.at.isoformat()}", flow=flow, actor=timer.owner, input=start.input, told=told
    )
    return run.pk


def _submit(timer: Timer, turn: Turn) -> UUID:
    asked = transfer_forms.transfer_of(timer.body)
    source, destination = _collections(timer.body, timer.owner)
    label = asked.label or timer.name
    once = replace(asked, label=label, deadline=None, submission_id=uuid5(timer.pk, turn.at.isoformat()))
    task, _is_new = transfer.submit_transfer(actor=timer.owner, source=source, destination=destination, asked=once)
    return task.pk


def _collections(body: Mapping[str, Any], owner: User) -> tuple[Collection, Collection]:
    source, destination = (
        storage.get_collection(uuid_in(body.get(name), name), actor=owner)
        for name in ("source_endpoint", "destination_endpoint")
    )
    return source, destination


def _required(flow_id: UUID | None) -> UUID:
    if flow_id is None:
        raise Invalid("Say which flow is to be started.", place="flow_id")
    return flow_id
