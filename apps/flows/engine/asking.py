"""Between a branch and its action: the row that asks for it, and the event that its end is."""

from __future__ import annotations

import uuid
from datetime import datetime, timedelta
from typing import Any

from apps.access.types import identity_urn
from apps.common.durations import duration_text
from apps.flows.actions import provider_at
from apps.flows.engine.failing import LATE, SILENT
from apps.flows.engine.outcomes import Act, ActionEnded
from apps.flows.models import Action, Branch, Run

LEASE = timedelta(seconds=15)


def action_for(branch: Branch, asked: Act, now: datetime, holder: str) -> Action:
    """The action that the branch waits for from now on, in the holder's hands unless it is for other workers.

    Its request id follows from where the run stands, so that it is the same however often this transition is made.
    """
    run: Run = branch.run
    provider = provider_at(asked.url)
    is_flow = asked.run_as == "Flow"
    is_here = bool(holder) and not (provider and provider.queue)
    request_id = str(uuid.uuid5(run.pk, f"{branch.pk} {branch.visit}"))
    return Action(
        provider=provider.name if provider else "",
        url=asked.url,
        scope=asked.scope,
        queue=provider.queue if provider else "",
        run=run,
        branch=branch,
        visit=branch.visit,
        state_name=branch.position["state"][:200],
        creator=identity_urn(run.flow_id) if is_flow else run.owner_urn,
        run_as=asked.run_as,
        user=run.flow.account if is_flow else run.owner,
        request_id=request_id,
        body=asked.body,
        label=run.label,
        started_at=now,
        due_at=now,
        timeout_at=asked.timeout_at,
        heartbeat_s=asked.heartbeat_s,
        heard_at=now,
        attempts=1 if is_here else 0,
        lease=holder if is_here else "",
        lease_until=now + LEASE if is_here else None,
    )


def late_at(action: Action, now: datetime) -> datetime | None:
    """When an action that is under way will have taken too long, if nothing more is heard of it."""
    silent_at = None
    if action.heartbeat_s is not None:
        silent_at = _heard_at(action, now) + timedelta(seconds=action.heartbeat_s)
    return min((at for at in (action.timeout_at, silent_at) if at is not None), default=None)


def _heard_at(action: Action, now: datetime) -> datetime:
    """When its provider last answered, or the process that has it in hand last kept its lease. Nobody expects to hear
    of one that waits for a person."""
    if action.status == Action.Status.INACTIVE:
        return now
    answered_at = action.heard_at or action.started_at
    return max(answered_at, action.lease_until - LEASE) if action.lease_until else answered_at


def event_of(action: Action, now: datetime) -> ActionEnded:
    """The end of the action; of one that is still under way, that it has taken too long."""
    if action.is_over:
        cause = action.details.get("message", "") if isinstance(action.details, dict) else ""
        return ActionEnded(
            document=document_of(action),
            has_succeeded=action.status == Action.Status.SUCCEEDED,
            error=action.error_name,
            cause=str(cause),
        )
    if action.timeout_at is None or action.timeout_at > now:
        silent = f"Nothing was heard of {action.provider or action.url} for {action.heartbeat_s:g} seconds."
        return ActionEnded(document=document_of(action), has_succeeded=False, error=SILENT, cause=silent)
    waited = f"{action.provider or action.url} did not end by {now.isoformat(timespec='seconds')}."
    return ActionEnded(document=document_of(action), has_succeeded=False, error=LATE, cause=waited)


def document_of(action: Action) -> dict[str, Any]:
    """The status of an action, as the protocol writes it."""
    return {
        "action_id": action.memo.get("action_id", str(action.pk)),
        "status": action.status,
        "display_status": action.display_status or action.status,
        "start_time": action.started_at.isoformat(),
        "completion_time": action.completed_at.isoformat() if action.completed_at else None,
        "details": action.details,
        "creator_id": action.creator,
        "label": action.label or None,
        "monitor_by": action.monitor_by,
        "manage_by": action.manage_by,
        "release_after": duration_text(action.release_after_s),
        **({"state_name": action.state_name} if action.state_name else {}),
    }
