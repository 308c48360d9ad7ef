"""Scopes of flows: the one that each has of its own, which allows to start it, and those that its actions need."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from apps.accounts.models import User
from apps.accounts.services import scopes
from apps.flows.actions import provider_at
from apps.flows.actions.flows import flow_at
from apps.flows.engine.worlds import definition_of
from apps.flows.language.definition import Action
from apps.flows.language.reading import read
from apps.flows.language.scopes import scopes_of
from apps.flows.models import Flow
from apps.flows.services.access import may_flow


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


def scopes_elsewhere(flow: Flow, actor: User) -> list[str]:
    """Those that the flow, and the flows that it starts, name for action providers elsewhere, which are called as the
    actor who runs them."""
    found, seen, left = dict[str, None](), {flow.pk}, [flow]
    while left:
        actions = _called_as_user(left.pop())
        found |= dict.fromkeys(one.scope for one in actions if one.scope and provider_at(one.url) is None)
        started = {flow_id for one in actions if (flow_id := flow_at(one.url)) is not None} - seen
        seen |= started
        if started:  # seldom; to ask for nothing takes a tenth of what starting a run does
            several = Flow.objects.select_related("version").filter(pk__in=started, deleted_at=None)
            left += [one for one in several if may_flow(actor, "starter", one)]
    return list(found)


def _called_as_user(flow: Flow) -> list[Action]:
    assert flow.version is not None  # every flow has one
    states = definition_of(flow.version).states
    return [one for one in states if isinstance(one, Action) and one.run_as == "User"]


def _scope_of_action(url: str) -> str | None:
    """That of an action or flow of the portal, whose address stands in a definition as it is here."""
    flow_id = flow_at(url)
    if flow_id is not None:
        return scope_of(flow_id)
    is_here = "//" not in url or "/api/actions/" in url
    provider = provider_at(url) if is_here else None
    return scope_of_provider(provider.name) if provider else None


def scope_of_provider(name: str) -> str:
    """Of a built-in action: it allows to run it."""
    return scopes.url(scopes.ACTIONS, name)


def _suffix(flow_id: UUID) -> str:
    return f"flow_{str(flow_id).replace('-', '_')}_user"
