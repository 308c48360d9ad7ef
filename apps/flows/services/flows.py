"""Flows: made, changed, found, deleted."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from apps.access import services as access
from apps.access.services import Actor, Roles
from apps.accounts import services as accounts
from apps.accounts.models import User
from apps.flows.errors import NoSuchFlow
from apps.flows.language.checking import check
from apps.flows.language.finding import Finding, InvalidDefinition, errors_in
from apps.flows.models import Flow, Version
from apps.flows.services.access import may_flow, require_flow
from apps.flows.services.schemas import schema_findings


@dataclass(frozen=True, slots=True, kw_only=True)
class FlowChanges:
    """What is said of a flow; None is not said. ``roles`` are principals by role."""

    title: str | None = None
    subtitle: str | None = None
    description: str | None = None
    keywords: list[str] | None = None
    definition: Mapping[str, Any] | None = None
    input_schema: Mapping[str, Any] | None = None
    roles: Roles = field(default_factory=dict)


def check_flow(definition: Any, input_schema: Any = None) -> list[Finding]:
    """All errors and warnings of a definition and its input schema. Anything at all may be asked about."""
    return [*check(definition, input_schema), *schema_findings(input_schema)]


def create_flow(*, actor: User, told: FlowChanges, flow_id: UUID | None = None) -> Flow:
    """A new flow of the actor, as its first version.

    Raises:
        InvalidDefinition: the definition or the schema is none; the error has all findings.
    """
    definition, schema = told.definition or {}, told.input_schema or {}
    _require_right(definition, schema)
    now = timezone.now()
    with transaction.atomic():
        flow = Flow(created_at=now, updated_at=now)
        if flow_id is not None:
            flow.pk = flow_id
        _describe(flow, told)
        flow.account = accounts.make_program(id=flow.pk, name=flow.title)
        flow.save(force_insert=True)
        flow.version = _new_version(flow, definition, schema, actor, now)
        flow.save(update_fields=["version"])
        access.found(flow.resource, {**told.roles, "owner": [access.principal_of(actor)]})
        accounts.record("flow.made", kind="flow", id=flow.pk, name=flow.title, actor=actor)
    return flow


def change_flow(*, flow: Flow, actor: User, told: FlowChanges) -> Flow:
    """Change what is said. Another definition or schema makes a new version; runs go on with theirs.

    Raises:
        NotAllowed: the actor is no administrator; or no owner, and names another one than themselves.
        InvalidDefinition: see ``create_flow``.
    """
    require_flow(actor, "owner" if _gives_away(told, flow, actor) else "administrator", flow)
    now = timezone.now()
    with transaction.atomic():
        held = Flow.objects.select_for_update(of=("self",)).select_related("version").get(pk=flow.pk)
        assert held.version is not None
        definition = held.version.definition if told.definition is None else told.definition
        schema = held.version.input_schema if told.input_schema is None else told.input_schema
        if _digest(definition, schema) != held.version.digest:
            _require_right(definition, schema)
            held.version = _new_version(held, definition, schema, actor, now)
        if told.title not in {None, held.title}:
            accounts.rename_program(held.account, name=told.title)
        _describe(held, told)
        held.updated_at = now
        held.save()
        access.give_roles(held.resource, told.roles, actor)
        accounts.record("flow.changed", kind="flow", id=held.pk, name=held.title, actor=actor)
    return held


def delete_flow(*, flow: Flow, actor: User) -> Flow:
    """Nobody finds it or starts it any more. Its runs go on, and stay to be looked at. For administrators."""
    require_flow(actor, "administrator", flow)
    with transaction.atomic():
        flow.deleted_at = timezone.now()
        flow.save(update_fields=["deleted_at"])
        accounts.record("flow.deleted", kind="flow", id=flow.pk, name=flow.title, actor=actor)
    return flow


def get_flow(flow_id: UUID, *, actor: Actor) -> Flow:
    """
    Raises:
        NoSuchFlow: there is none, or the actor may not see it.
    """
    flow = Flow.objects.select_related("version").filter(pk=flow_id, deleted_at=None).first()
    if flow is None or not may_flow(actor, "viewer", flow):
        raise NoSuchFlow
    return flow


def versions_of(flow: Flow) -> QuerySet[Version, Version]:
    """All of them, the newest first; what they say is read when it is asked for."""
    return flow.versions.defer("definition", "input_schema")


def _gives_away(told: FlowChanges, flow: Flow, actor: Actor) -> bool:
    """Whether somebody else than the actor is to own it: administrators may take a flow over themselves."""
    wanted = set(told.roles.get("owner", ()))
    return not wanted <= access.principals_of(actor) | set(access.principals_with(flow.resource).get("owner", ()))


def _require_right(definition: Any, schema: Any) -> None:
    findings = check_flow(definition, schema)
    if errors_in(findings):
        raise InvalidDefinition(findings)


def _describe(flow: Flow, told: FlowChanges) -> None:
    for name in ("title", "subtitle", "description", "keywords"):
        value = getattr(told, name)
        if value is not None:
            setattr(flow, name, value)


def _new_version(flow: Flow, definition: Any, schema: Any, actor: User, now: datetime) -> Version:
    newest = flow.versions.first()
    return Version.objects.create(
        flow=flow,
        number=newest.number + 1 if newest else 1,
        definition=definition,
        input_schema=schema,
        digest=_digest(definition, schema),
        created_at=now,
        created_by=access.principal_of(actor),
    )


def _digest(definition: Any, schema: Any) -> str:
    return hashlib.sha256(json.dumps([definition, schema]).encode()).hexdigest()
