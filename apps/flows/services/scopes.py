"""The scope that each flow has of its own: it allows to start it."""

from __future__ import annotations

from uuid import UUID

from apps.accounts.services import scopes
from apps.flows.models import Flow


def scope_of(flow_id: UUID) -> str:
    """``https://auth.globus.org/scopes/<id>/flow_<id with underscores>_user``"""
    return scopes.url(flow_id, _suffix(flow_id))


def words_of_scope(owner: UUID, suffix: str) -> str | None:
    """What a scope allows; None if there is no such flow or scope."""
    if suffix != _suffix(owner):
        return None
    flow = Flow.objects.filter(pk=owner, deleted_at=None).first()
    return f"Run the flow “{flow.title}” as you" if flow else None


def _suffix(flow_id: UUID) -> str:
    return f"flow_{str(flow_id).replace('-', '_')}_user"
