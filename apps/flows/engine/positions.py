"""Where a branch stands, and the run around it: all that the next transition depends on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from apps.flows.language.definition import Definition, State
from apps.flows.language.dialect import Dialect
from apps.flows.language.scene import Scene


@dataclass(frozen=True, slots=True, kw_only=True)
class Position:
    """Between two transitions. ``data`` is the raw input of the state, ``retries`` how often each retrier of the state
    has tried it again, ``item`` that of the Map around (``Index``, ``Value``), ``phase`` how far a state is that is
    worked through in several."""

    machine: str
    state: str
    data: Any
    entered_at: datetime
    variables: Mapping[str, Any] = field(default_factory=dict)
    retries: tuple[int, ...] = ()
    item: Mapping[str, Any] | None = None
    phase: str = ""

    def at(self, state: str, data: Any, variables: Mapping[str, Any], now: datetime) -> Position:
        """Newly come to another state of the same machine."""
        return replace(self, state=state, data=data, variables=variables, entered_at=now, retries=(), phase="")

    def as_json(self) -> dict[str, Any]:
        return {
            "machine": self.machine,
            "state": self.state,
            "data": self.data,
            "entered_at": self.entered_at.isoformat(),
            **({"variables": dict(self.variables)} if self.variables else {}),
            **({"retries": list(self.retries)} if self.retries else {}),
            **({"item": dict(self.item)} if self.item else {}),
            **({"phase": self.phase} if self.phase else {}),
        }

    @classmethod
    def from_json(cls, told: Mapping[str, Any]) -> Position:
        """What ``as_json`` wrote."""
        return cls(
            machine=told["machine"],
            state=told["state"],
            data=told["data"],
            entered_at=datetime.fromisoformat(told["entered_at"]),
            variables=told.get("variables", {}),
            retries=tuple(told.get("retries", ())),
            item=told.get("item"),
            phase=told.get("phase", ""),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class World:
    """What stays the same in a run. ``run`` is ``$._context`` of the Globus dialect, ``execution`` and ``machine``
    are parts of ``$$`` of the Amazon States Language."""

    definition: Definition
    run: Mapping[str, Any] = field(default_factory=dict)
    execution: Mapping[str, Any] = field(default_factory=dict)
    machine: Mapping[str, Any] = field(default_factory=dict)

    @property
    def dialect(self) -> Dialect:
        return self.definition.dialect

    def state_at(self, position: Position) -> State:
        return self.definition.state(position.machine, position.state)

    def context_at(self, position: Position) -> dict[str, Any]:
        """What ``$$`` is."""
        return {
            "Execution": self.execution,
            "StateMachine": self.machine,
            "State": {
                "Name": position.state,
                "EnteredTime": position.entered_at.isoformat(),
                "RetryCount": sum(position.retries),
            },
            **({"Map": {"Item": position.item}} if position.item else {}),
        }

    def scene(self, position: Position, data: Any) -> Scene:
        """What paths and expressions see when ``$`` is ``data``."""
        return Scene(
            data=data,
            context=self.context_at(position),
            run=self.run if self.dialect is Dialect.GLOBUS else {},
            dialect=self.dialect,
            variables=position.variables,
        )
