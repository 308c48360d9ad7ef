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
from apps.storage import services as storage
from apps.storage.types import FilePath
from apps.triggers import facts
from apps.triggers.errors import InvalidTemplate
from apps.triggers.models import Firing
from apps.triggers.types import Files


@dataclass(frozen=True, slots=True)
class Outcome:
    """``why`` it has not succeeded."""

    has_succeeded: bool
    why: str = ""


def start_run(firing: Firing) -> UUID:
    """Asked for again it is the same run. Its id.

    Raises:
        PortalError: it cannot be started.
    """
    trigger = firing.trigger
    start = filled(trigger.body, _told(firing))
    flow = flows.get_flow(_required(trigger.flow_id), actor=trigger.owner)
    told = replace(start.told, label=start.told.label or trigger.name[: Run.LONGEST_LABEL])
    run, _is_new = flows.start_run_once(
        request_id=f"trigger {trigger.pk} {firing.pk}", flow=flow, actor=trigger.owner, input=start.input, told=told
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


def _told(firing: Firing) -> dict[str, Any]:
    watched = firing.trigger.watched
    told = facts.told(firing)
    if isinstance(watched, Files) and watched.is_described:
        told["described"] = described(watched, firing.trigger.owner, FilePath.parse(told["first"]["path"]))
    return told


def described(files: Files, owner: User, path: FilePath) -> dict[str, Any]:
    """What is in the first file of a batch, as Describe tells it; ``trouble`` in it says why it is not.

    Raises:
        Unavailable: its storage is away.
    """
    collection = storage.get_collection(files.collection_id, actor=owner)
    with storage.opened(collection, actor=owner) as there:
        return storage.describe(there, path).as_json()


def _required(flow_id: UUID | None) -> UUID:
    if flow_id is None:
        raise Invalid("Say which flow is to be started.", place="flow_id")
    return flow_id
