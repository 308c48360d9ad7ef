"""A simulation as JSON, to be kept by whoever looks at it, and back."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from apps.flows.engine.outcomes import Entry
from apps.flows.engine.positions import Position, World
from apps.flows.engine.simulation import Ended, Forked, SimulatedBranch, Simulation, Stage


def as_json(told: Simulation) -> dict[str, Any]:
    """All but the definition."""
    return {
        "run": dict(told.world.run),
        "execution": dict(told.world.execution),
        "machine": dict(told.world.machine),
        "now": told.now.isoformat(),
        "branches": [_branch(one) for one in told.branches],
        "entries": [[at.isoformat(), branch, _entry(entry)] for at, branch, entry in told.entries],
        "ended": told.ended and {"output": told.ended.output, "error": told.ended.error, "cause": told.ended.cause},
        "branches_begun": told.branches_begun,
    }


def from_json(told: dict[str, Any], world: World) -> Simulation:
    """What ``as_json`` wrote; ``world`` has the definition."""
    known = World(definition=world.definition, run=told["run"], execution=told["execution"], machine=told["machine"])
    return Simulation(
        world=known,
        now=datetime.fromisoformat(told["now"]),
        branches=[_branch_in(one) for one in told["branches"]],
        entries=[(datetime.fromisoformat(at), branch, Entry(**entry)) for at, branch, entry in told["entries"]],
        ended=told["ended"] and Ended(**told["ended"]),
        branches_begun=told["branches_begun"],
    )


def _entry(entry: Entry) -> dict[str, Any]:
    return {"code": entry.code, "description": entry.description, "details": entry.details}


def _branch(one: SimulatedBranch) -> dict[str, Any]:
    return {
        "id": one.id,
        "position": one.position.as_json(),
        "stage": one.stage.value,
        "parent": one.parent,
        "number": one.number,
        "until": one.until and one.until.isoformat(),
        "asked": one.asked,
        "fork": one.fork and _fork(one.fork),
    }


def _fork(fork: Forked) -> dict[str, Any]:
    return {
        "items": fork.items,
        "most_at_once": fork.most_at_once,
        "tolerated": fork.tolerated,
        "begun": fork.begun,
        "outputs": list(fork.outputs.items()),
        "failures": fork.failures,
    }


def _branch_in(told: dict[str, Any]) -> SimulatedBranch:
    fork = told["fork"]
    if fork:
        failures = [(error, cause) for error, cause in fork["failures"]]
        fork = Forked(**{**fork, "outputs": dict(fork["outputs"]), "failures": failures})
    return SimulatedBranch(
        id=told["id"],
        position=Position.from_json(told["position"]),
        stage=Stage(told["stage"]),
        parent=told["parent"],
        number=told["number"],
        until=told["until"] and datetime.fromisoformat(told["until"]),
        asked=told["asked"],
        fork=fork,
    )
