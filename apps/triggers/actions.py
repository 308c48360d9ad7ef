"""What a firing starts: a run of a flow, with an input that a template makes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any
from uuid import UUID

from apps.accounts.models import User
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


def start_for(firing: Firing) -> Start:
    """What the flow is started with.

    Raises:
        NothingToTell: there is nothing to be started for.
        PortalError: it cannot be started.
    """
    return filled(firing.trigger.body, told(firing))


def start_run(firing: Firing, start: Start) -> UUID:
    """Asked for again it is the same run. Its id.

    Raises:
        PortalError: it cannot be started.
    """
    trigger = firing.trigger
    flow = flows.get_flow(trigger.flow_id, actor=trigger.owner)
    named = replace(start.told, label=start.told.label or trigger.name[: Run.LONGEST_LABEL])
    run, _is_new = flows.start_run_once(
        request_id=f"trigger {trigger.pk} {firing.pk}", flow=flow, actor=trigger.owner, input=start.input, told=named
    )
    return run.pk


def check(start: Start, *, owner: User, flow_id: UUID) -> None:
    """
    Raises:
        PortalError: the flow could not be started so.
    """
    flow = flows.get_flow(flow_id, actor=owner)
    flows.check_run(flow=flow, actor=owner, input=start.input, told=start.told)


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
