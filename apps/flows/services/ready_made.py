"""The flows that come with the portal: found and started by everybody who is signed in."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import UUID, uuid5

from django.db import transaction

from apps.access.types import ALL_AUTHENTICATED
from apps.accounts import services as accounts
from apps.accounts.models import PORTAL
from apps.flows.models import Flow
from apps.flows.services.flows import FlowChanges, change_flow, create_flow

FOLDER = Path(__file__).resolve().parent.parent / "ready_made"
ROLES = {"viewer": [ALL_AUTHENTICATED], "starter": [ALL_AUTHENTICATED]}


def ready_made_id(name: str) -> UUID:
    """The id that a flow has in every portal, by the name of its file."""
    return uuid5(PORTAL, name)


def install_flows() -> list[tuple[Flow, str]]:
    """Install what is not there, and bring what is there to this release; each with what was done.

    What is the same already is left alone, and what an administrator deleted stays deleted. Its versions stay, so
    that runs go on with theirs.
    """
    return [_installed(name, told) for name, told in _ready_made()]


def _ready_made() -> Iterator[tuple[str, FlowChanges]]:
    for file in sorted(FOLDER.glob("*.json")):
        yield file.stem, FlowChanges(**json.loads(file.read_text(encoding="utf-8")))


@transaction.atomic
def _installed(name: str, told: FlowChanges) -> tuple[Flow, str]:
    flow = Flow.objects.select_related("version").filter(builtin=name).first()
    if flow is None:
        return _new(name, told), "installed"
    if flow.deleted_at is not None or not _differs(flow, told):
        return flow, "left alone"
    return change_flow(flow=flow, actor=accounts.portal(), told=told), "updated"


def _new(name: str, told: FlowChanges) -> Flow:
    flow = create_flow(actor=accounts.portal(), told=_with_roles(told), flow_id=ready_made_id(name))
    flow.builtin = name
    flow.save(update_fields=["builtin"])
    return flow


def _with_roles(told: FlowChanges) -> FlowChanges:
    """Who may find and start it is said once: an administrator may have changed it since."""
    return FlowChanges(**{**_said(told), "roles": ROLES})


def _differs(flow: Flow, told: FlowChanges) -> bool:
    assert flow.version is not None  # every flow has one
    now = {"definition": flow.version.definition, "input_schema": flow.version.input_schema}
    return any((now[name] if name in now else getattr(flow, name)) != value for name, value in _said(told).items())


def _said(told: FlowChanges) -> dict[str, Any]:
    names = ("title", "subtitle", "description", "keywords", "definition", "input_schema")
    return {name: getattr(told, name) for name in names}
