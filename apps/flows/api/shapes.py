"""How answers are written: the documents of Globus Flows, with the keys that its clients read."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from apps.access.types import identity_urn
from apps.flows import services as flows
from apps.flows.actions.flows import url_of_flow
from apps.flows.models import LogEntry
from apps.flows.services import FlowTold, RunTold

_ROLES_ON_FLOW = {
    **{role: f"flow_{role}" for role in ("owner", "administrator", "starter", "viewer")},
    **{role: role for role in ("run_manager", "run_monitor")},
}
_ROLES_ON_RUN = {role: f"run_{role}" for role in ("owner", "manager", "monitor")}


def moment(value: datetime | None) -> str | None:
    return value.astimezone(UTC).isoformat(timespec="microseconds") if value else None


def flow(one: FlowTold) -> dict[str, Any]:
    assert one.flow.version is not None  # every flow has one
    return {
        **_described(one),
        "definition": one.definition,
        "input_schema": one.flow.version.input_schema,
        "globus_auth_username": f"{one.flow.pk}@clients.auth.globus.org",
        "principal_urn": identity_urn(one.flow.pk),
        "flow_url": url_of_flow(one.flow.pk),
        "action_url": url_of_flow(one.flow.pk),
        "synchronous": False,
        "log_supported": True,
        "types": ["Action"],
        "api_version": "1.0",
        **_people(one),
        "subscription_id": None,
        "authentication_policy_id": None,
        "is_high_assurance": False,
    }


def _described(one: FlowTold) -> dict[str, Any]:
    flow = one.flow
    return {
        "id": str(flow.pk),
        "title": flow.title,
        "subtitle": flow.subtitle,
        "description": flow.description,
        "keywords": flow.keywords,
        "flow_owner": one.owner,
        "created_by": one.owner,
        "created_at": moment(flow.created_at),
        "updated_at": moment(flow.updated_at),
        "globus_auth_scope": flows.scope_of(flow.pk),
    }


def _people(one: FlowTold) -> dict[str, Any]:
    """Under the names of today, and those of old clients."""
    viewers, starters, administrators = (one.who(role) for role in ("viewer", "starter", "administrator"))
    roles = [word for role, word in _ROLES_ON_FLOW.items() if role in one.roles]
    return {
        "flow_viewers": viewers,
        "flow_starters": starters,
        "flow_administrators": administrators,
        "run_managers": one.who("run_manager"),
        "run_monitors": one.who("run_monitor"),
        "visible_to": viewers,
        "runnable_by": starters,
        "administered_by": administrators,
        "user_role": roles[0] if roles else "flow_viewer",
        "user_roles": roles,
    }


def deleted(one: FlowTold) -> dict[str, Any]:
    return {**flow(one), "DELETED": True, "deleted_at": moment(one.flow.deleted_at)}


def run(one: RunTold, *, is_short: bool = False) -> dict[str, Any]:
    """``is_short`` is for lists: outputs that are long are told by their size."""
    run, managers, monitors = one.run, one.who("manager"), one.who("monitor")
    roles = [word for role, word in _ROLES_ON_RUN.items() if role in one.roles]
    roles += [f"flow_{role}" for role in one.roles_by_flow]
    return {
        "run_id": str(run.pk),
        "action_id": str(run.pk),
        "flow_id": str(run.flow_id),
        "flow_title": run.flow_title,
        "flow_last_updated": moment(run.version.created_at),
        "start_time": moment(run.started_at),
        "completion_time": moment(run.ended_at),
        "status": run.status,
        "display_status": run.status,
        "label": run.label,
        "tags": run.tags,
        "details": flows.details_of(run, one.latest, is_short=is_short),
        "run_owner": run.owner_urn,
        "run_managers": managers,
        "run_monitors": monitors,
        "created_by": run.owner_urn,
        "creator_id": run.owner_urn,
        "release_after": None,
        "manage_by": managers,
        "monitor_by": monitors,
        "blocking_web_input_id": str(one.question) if one.question else None,
        "user_role": roles[0] if roles else "run_monitor",
        "user_roles": roles,
    }


def flow_description(one: FlowTold) -> dict[str, Any]:
    return _described(one)


def line(entry: LogEntry) -> dict[str, Any]:
    return {
        "time": moment(entry.at),
        "code": entry.code,
        "description": entry.description,
        "details": entry.details,
    }


def page(name: str, documents: list[dict[str, Any]], *, most: int, marker: str | None) -> Mapping[str, Any]:
    return {name: documents, "limit": most, "has_next_page": marker is not None, "marker": marker}
