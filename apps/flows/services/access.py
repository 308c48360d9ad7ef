"""Who may do what with flows and runs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from apps.access import services as access
from apps.access.models import Role
from apps.access.services import Actor
from apps.access.types import Resource, parse_principal
from apps.common.errors import NotAllowed
from apps.flows.errors import NoSuchFlow, NoSuchRun
from apps.flows.models import Flow, Run

Roles = Mapping[str, Iterable[str]]
"""Principals by role."""


def may_flow(actor: Actor, role: str, flow: Flow) -> bool:
    return access.may(actor, role, flow.resource)


def may_run(actor: Actor, role: str, run: Run) -> bool:
    """A run's own roles, and those that its flow gives on all of its runs."""
    return access.may(actor, role, run.resource) or (
        role in {"manager", "monitor"} and access.may(actor, f"run_{role}", run.flow.resource)
    )


def require_flow(actor: Actor, role: str, flow: Flow) -> None:
    """
    Raises:
        NoSuchFlow: they may not even see it.
        NotAllowed: they see it, and lack the role.
    """
    if may_flow(actor, role, flow):
        return
    if not may_flow(actor, "viewer", flow):
        raise NoSuchFlow
    words = {"starter": "start this flow", "administrator": "change this flow", "owner": "give this flow away"}
    raise NotAllowed(f"You may not {words.get(role, 'do this')}. Ask its administrators for the role {role}.")


def require_run(actor: Actor, role: str, run: Run) -> None:
    """
    Raises:
        NoSuchRun: they may not even see it.
        NotAllowed: they see it, and lack the role.
    """
    if may_run(actor, role, run):
        return
    if not may_run(actor, "monitor", run):
        raise NoSuchRun
    raise NotAllowed("You may see this run and not steer it. Ask its owner to make you a manager.")


def give_roles(resource: Resource, roles: Roles, actor: Actor) -> None:
    """Let exactly these principals have each of the roles that are named; others keep who has them."""
    held = access.roles_on(resource)
    for name, principals in roles.items():
        wanted = dict.fromkeys(str(parse_principal(one)) for one in principals)
        for role in held:
            if role.role_name == name and role.principal not in wanted:
                access.withdraw(role.pk, resource=resource, actor=actor)
        has_it = {role.principal for role in held if role.role_name == name}
        for principal in wanted:
            if principal not in has_it:
                access.grant(resource, name, principal, actor=actor)


def principals_with(resource: Resource) -> dict[str, list[str]]:
    """Principals by role, the eldest first."""
    return by_role(access.roles_on(resource))


def by_role(held: Iterable[Role]) -> dict[str, list[str]]:
    """Principals by role, in the order in which they are told."""
    found: dict[str, list[str]] = {}
    for role in held:
        found.setdefault(role.role_name, []).append(role.principal)
    return found
