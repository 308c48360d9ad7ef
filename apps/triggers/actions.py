"""What a firing starts, and how it goes with that: a run of a flow, with an input that a template makes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from apps.accounts.models import User
from apps.common.errors import Invalid
from apps.flows import forms as flow_forms
from apps.flows import services as flows
from apps.flows.forms import Start
from apps.flows.language.failures import StateFailure
from apps.flows.language.scene import Scene
from apps.flows.language.templates import fill
from apps.flows.models import Run
from apps.triggers.errors import InvalidTemplate
from apps.triggers.models import Firing
from apps.triggers.telling import told


@dataclass(frozen=True, slots=True)
class Outcome:
    """``why`` it has not succeeded."""

    has_succeeded: bool
    why: str = ""


def start_run(firing: Firing) -> UUID:
    """Asked for again it is the same run. Its id.

    Raises:
        NothingToTell: there is nothing to be started for.
        PortalError: it cannot be started.
    """
    trigger = firing.trigger
    start = filled(trigger.body, told(firing))
    flow = flows.get_flow(_required(trigger.flow_id), actor=trigger.owner)
    named = replace(start.told, label=start.told.label or trigger.name[: Run.LONGEST_LABEL])
    run, _is_new = flows.start_run_once(
        request_id=f"trigger {trigger.pk} {firing.pk}", flow=flow, actor=trigger.owner, input=start.input, told=named
    )
    return run.pk


def check(*, owner: User, flow_id: UUID | None, body: Mapping[str, Any], happened: Mapping[str, Any]) -> Start:
    """What the flow would be started with if this happened.

    Raises:
        PortalError: why it could not, by the places of the body.
    """
    start = filled(body, happened)
    flow = flows.get_flow(_required(flow_id), actor=owner)
    flows.check_run(flow=flow, actor=owner, input=start.input, told=start.told)
    return start


def filled(body: Mapping[str, Any], happened: Mapping[str, Any]) -> Start:
    """
    Raises:
        InvalidTemplate: it asks for something that is not there.
        Invalid: what it makes is nothing that a flow could be started with.
    """
    try:
        return flow_forms.start_of(fill(dict(body), Scene(data=dict(happened))))
    except StateFailure as failure:
        raise InvalidTemplate(f"The template of the input cannot be filled in: {failure.cause}", place="body") from None


def outcome_of(firing: Firing) -> Outcome | None:
    """None: it goes on."""
    assert firing.run_id is not None  # it goes on
    run = Run.objects.filter(pk=firing.run_id).first()
    if run is None:
        return Outcome(has_succeeded=False, why="The run was deleted.")
    return Outcome(run.status == Run.Status.SUCCEEDED, run.error_cause) if run.is_over else None


def _required(flow_id: UUID | None) -> UUID:
    if flow_id is None:
        raise Invalid("Say which flow is to be started.", place="flow_id")
    return flow_id
