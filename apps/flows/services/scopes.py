"""Scopes of flows: the one that each has of its own, which allows to start it, and those that its actions need."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from apps.accounts.services import scopes
from apps.flows.actions import provider_at
from apps.flows.language.definition import Action, Definition
from apps.flows.language.reading import read
from apps.flows.language.scopes import scopes_of
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


def scopes_needed(definition: Any) -> dict[str, list[str]]:
    """By whom its actions run as.

    Raises:
        InvalidDefinition: it is none.
    """
    return scopes_of(read(definition), _scope_of_action)


def scopes_elsewhere(definition: Definition) -> list[str]:
    """Those that the definition names for action providers elsewhere, which are called as who runs the flow."""
    states = (state for machine in definition.machines.values() for state in machine.states.values())
    actions = [one for one in states if isinstance(one, Action) and one.scope and one.run_as == "User"]
    return list(dict.fromkeys(one.scope for one in actions if provider_at(one.url) is None))


def _scope_of_action(url: str) -> str | None:
    """That of an action of the portal, whose address stands in a definition as it is here."""
    is_here = "//" not in url or "/api/actions/" in url
    provider = provider_at(url) if is_here else None
    return scope_of_provider(provider.name) if provider else None


def scope_of_provider(name: str) -> str:
    """Of a built-in action: it allows to run it."""
    return scopes.url(scopes.ACTIONS, name)


def _suffix(flow_id: UUID) -> str:
    return f"flow_{str(flow_id).replace('-', '_')}_user"
