"""Simulations: a definition run with made-up answers of actions, step by step. Nothing is touched."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.utils import timezone

from apps.access.types import identity_urn
from apps.accounts import services as accounts
from apps.accounts.models import User
from apps.common.errors import TooLarge
from apps.flows.engine.outcomes import ActionEnded
from apps.flows.engine.positions import World
from apps.flows.engine.simulation import SimulatedBranch, Simulation
from apps.flows.engine.simulation_json import as_json, from_json
from apps.flows.language.reading import read
from apps.flows.services.schemas import require_input

__all__ = ["Simulation", "begin_simulation", "simulation_as_json", "simulation_from_json", "step_simulation"]

MOST_BRANCHES = 500
NO_ID = UUID(int=0)
ENDINGS = {
    "succeeded": ("SUCCEEDED", ""),
    "failed": ("FAILED", ""),
    "unable": ("FAILED", "ActionUnableToRun"),
    "late": ("ACTIVE", "ActionTimeout"),
}
"""How an action may end: its status, and the error that it is of its own."""


class SimulationTooLarge(TooLarge):
    """The simulation has more branches than can be followed. Give it fewer items."""

    code = "flows.simulation_too_large"


def begin_simulation(*, definition: Any, schema: Any, input: Any, actor: User) -> Simulation:
    """At the first state, of which nothing is done yet.

    Raises:
        InvalidDefinition, InvalidInput.
    """
    plan = read(definition)
    require_input(schema or {}, input)
    now = timezone.now()
    who = accounts.known_by(actor)
    context = {
        "flow_id": str(NO_ID),
        "run_id": str(NO_ID),
        "action_id": str(NO_ID),
        "user_id": identity_urn(who.pk),
        "username": who.username,
        "email": actor.email,
        "identities": [identity_urn(who.pk)],
    }
    execution = {"Id": str(NO_ID), "Input": input, "Name": "simulated", "StartTime": now.isoformat()}
    machine = {"Id": str(NO_ID), "Name": "simulated"}
    world = World(definition=plan, run=context, execution=execution, machine=machine)
    return Simulation.begin(world, input, now)


def step_simulation(simulation: Simulation, *, ending: str = "", details: Any = None) -> None:
    """One transition. Where an action waits, ``ending`` is one of ``ENDINGS``, ``details`` what it tells."""
    simulation.step(_answer(simulation.waiting, ending, details) if ending in ENDINGS else None)
    if len(simulation.branches) > MOST_BRANCHES:
        raise SimulationTooLarge


def simulation_as_json(simulation: Simulation) -> dict[str, Any]:
    return as_json(simulation)


def simulation_from_json(told: dict[str, Any], definition: Any) -> Simulation:
    """``told`` must be what ``simulation_as_json`` gave, and the definition the same."""
    return from_json(told, World(definition=read(definition)))


def _answer(branch: SimulatedBranch | None, ending: str, details: Any) -> ActionEnded:
    status, error = ENDINGS[ending]
    message = details.get("message", "") if isinstance(details, dict) else ""
    document = {
        "action_id": f"simulated-{branch.id if branch else 0}",
        "status": status,
        "display_status": status,
        "details": details,
    }
    has_succeeded = ending == "succeeded"
    return ActionEnded(document=document, has_succeeded=has_succeeded, error=error, cause=str(message))
