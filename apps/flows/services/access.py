"""Who may do what with flows and runs."""

from __future__ import annotations

from apps.access import services as access
from apps.access.services import Actor
from apps.common.errors import NotAllowed
from apps.flows.errors import NoSuchFlow, NoSuchRun
from apps.flows.models import Flow, Run


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
