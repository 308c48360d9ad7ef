"""Runs are started."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4, uuid5

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone

from apps.access import services as access
from apps.access.types import identity_urn
from apps.accounts import services as accounts
from apps.accounts.models import Identity, User
from apps.common.errors import PortalError
from apps.flows.engine import telling
from apps.flows.engine.journal import Journal
from apps.flows.engine.outcomes import Entry
from apps.flows.engine.positions import Position
from apps.flows.engine.worlds import definition_of
from apps.flows.errors import StateConflict, TooDeep
from apps.flows.language.definition import ROOT
from apps.flows.models import Branch, Flow, Run
from apps.flows.services.access import require_flow
from apps.flows.services.runs import RunChanges
from apps.flows.services.schemas import require_input
from apps.flows.services.scopes import scopes_elsewhere
from apps.flows.tasks import ring_run


def start_run_once(
    *, request_id: str, flow: Flow, actor: User, input: Mapping[str, Any], told: RunChanges, depth: int = 0
) -> tuple[Run, bool]:
    """As ``start_run``; asked for again by the same request id it is the same run, and not new.

    Raises:
        StateConflict: what was asked for by this id had another input.
    """
    run_id = uuid5(flow.pk, f"{actor.pk} {request_id}")
    try:
        with transaction.atomic():
            return start_run(flow=flow, actor=actor, input=input, told=told, run_id=run_id, depth=depth), True
    except IntegrityError:
        pass
    except PortalError:  # Since it was started, the flow or who may start it may have changed.
        if not Run.objects.filter(pk=run_id).exists():
            raise
    known = Run.objects.select_related("flow", "version", "owner").get(pk=run_id)
    if known.input != input:
        raise StateConflict("Another run was started by this request id. Choose a new one.")
    return known, False


def start_run(
    *,
    flow: Flow,
    actor: User,
    input: Mapping[str, Any],
    told: RunChanges | None = None,
    run_id: UUID | None = None,
    depth: int = 0,
) -> Run:
    """Begin a run of the flow's newest version, in the actor's name.

    Who starts it lets flows use the scopes of the providers elsewhere that the definition names, and those of the
    flows that it starts. A run that is an action of another, ``depth`` runs below the first, is nobody's doing now:
    it lets nothing be used.

    Raises:
        TooDeep: too many runs started one another.
        NotAllowed: the actor may not start it.
        InvalidInput: the input is not what the flow asks for.
    """
    if depth > Run.DEEPEST:
        raise TooDeep
    told = told or RunChanges()
    check_run(flow=flow, actor=actor, input=input, told=told)
    assert flow.version is not None  # every flow has one
    now = timezone.now()
    identities = accounts.identities_of(actor)
    urn = identity_urn(identities[0].pk)
    with transaction.atomic():
        if not depth:
            accounts.let_flows_use(user=actor, scopes=scopes_elsewhere(flow, actor), now=now)
        run = Run(
            id=run_id or uuid4(),
            flow=flow,
            version=flow.version,
            flow_title=flow.title,
            owner=actor,
            owner_urn=urn,
            label=(told.label or "")[: Run.LONGEST_LABEL],
            tags=list(told.tags or ()),
            notify_on=list(told.notify_on or ()),
            input=input,
            started_at=now,
            due_at=now,
            deadline=now + _lasts(flow),
            depth=depth,
        )
        run.context = _context(run, actor, identities)
        _begin(run, now)
        access.found(run.resource, {**told.roles, "owner": [urn]})
        ring_run(run.pk)
    return run


def check_run(*, flow: Flow, actor: User, input: Any, told: RunChanges | None = None) -> None:
    """Whether the run could be started; raises what ``start_run`` raises."""
    require_flow(actor, "starter", flow)
    assert flow.version is not None
    require_input(flow.version.input_schema, input)
    (told or RunChanges()).require_right()


def _lasts(flow: Flow) -> timedelta:
    assert flow.version is not None
    told = definition_of(flow.version).timeout_s
    longest = timedelta(days=settings.LONGEST_RUN_DAYS)
    return longest if told is None else min(timedelta(seconds=told), longest)


def _context(run: Run, actor: User, identities: list[Identity]) -> dict[str, Any]:
    """What ``$._context`` is."""
    return {
        "flow_id": str(run.flow_id),
        "run_id": str(run.pk),
        "action_id": str(run.pk),
        "user_id": run.owner_urn,
        "username": identities[0].username,
        "email": actor.email,
        "identities": [identity_urn(one.pk) for one in identities],
        "token_info": {
            "iat": int(run.started_at.timestamp()),
            "nbf": int(run.started_at.timestamp()),
            "exp": int(run.deadline.timestamp()),
        },
    }


def _begin(run: Run, now: datetime) -> None:
    begins_at = definition_of(run.version).root.start_at
    position = Position(machine=ROOT, state=begins_at, data=run.input, entered_at=now)
    journal = Journal(run, now)
    details = {"input": telling.told(run.input)}
    journal.add(Entry(code="FlowStarted", description="The flow run started", details=details))
    run.save(force_insert=True)
    Branch.objects.create(run=run, position=position.as_json(), due_at=now)
    journal.save()
