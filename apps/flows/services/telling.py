"""Flows and runs as one person is told of them: who has which role, and what of it is theirs to see.

Many are told of by as many questions to the database as one.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import F

from apps.access import services as access
from apps.access.models import Role
from apps.access.services import Actor, by_role
from apps.flows.engine.telling import told, without_private
from apps.flows.models import Flow, LogEntry, Run, WebInput
from apps.flows.services.finding import OF_ALL_RUNS
from apps.flows.services.private import shown_definition
from apps.flows.types import FLOW_ROLES, RUN_ROLES

Principals = Mapping[str, Sequence[str]]
"""By role, the eldest first."""


@dataclass(frozen=True, slots=True)
class FlowTold:
    """``roles`` are those that the reader was given, the highest first."""

    flow: Flow
    principals: Principals
    roles: tuple[str, ...]

    def may(self, role: str) -> bool:
        return not set(FLOW_ROLES[role]).isdisjoint(self.roles)

    @property
    def owner(self) -> str:
        return next(iter(self.principals.get("owner", ())), "")

    def who(self, role: str) -> list[str]:
        """Who has the role. That is told to those who administer the flow."""
        return list(self.principals.get(role, ())) if self.may("administrator") else []

    @property
    def definition(self) -> Any:
        """Without its private parts, unless the reader administers the flow."""
        assert self.flow.version is not None  # every flow has one
        return (
            self.flow.version.definition
            if self.may("administrator")
            else shown_definition(self.flow.version.definition)
        )


@dataclass(frozen=True, slots=True)
class RunTold:
    """``roles`` are those that the reader was given on the run, ``roles_by_flow`` those on its flow, the highest first.
    ``latest`` is the last line of its log, ``question`` the id of an open one that it asks people."""

    run: Run
    principals: Principals
    roles: tuple[str, ...]
    roles_by_flow: tuple[str, ...]
    latest: LogEntry | None
    question: UUID | None

    @property
    def may_manage(self) -> bool:
        return not set(RUN_ROLES["manager"]).isdisjoint(self.roles) or "run_manager" in self.roles_by_flow

    def who(self, role: str) -> list[str]:
        """Who has the role. That is told to those who manage the run."""
        return list(self.principals.get(role, ())) if self.may_manage else []


def tell_of_flows(flows: Iterable[Flow], actor: Actor) -> list[FlowTold]:
    several = list(flows)
    reader = Reader(actor)
    held = access.roles_on_each("flow", [flow.pk for flow in several])
    return [FlowTold(flow, by_role(held[flow.pk]), reader.given(held[flow.pk], FLOW_ROLES)) for flow in several]


def tell_of_flow(flow: Flow, actor: Actor) -> FlowTold:
    return tell_of_flows([flow], actor)[0]


def tell_of_runs(runs: Iterable[Run], actor: Actor) -> list[RunTold]:
    several = list(runs)
    reader = Reader(actor)
    held = access.roles_on_each("run", [run.pk for run in several])
    by_flow = access.roles_on_each("flow", {run.flow_id for run in several})
    latest, questions = _latest(several), _questions(several)
    return [
        RunTold(
            run=run,
            principals=by_role(held[run.pk]),
            roles=reader.given(held[run.pk], RUN_ROLES),
            roles_by_flow=reader.given(by_flow[run.flow_id], OF_ALL_RUNS),
            latest=latest.get(run.pk),
            question=questions.get(run.pk),
        )
        for run in several
    ]


def tell_of_run(run: Run, actor: Actor) -> RunTold:
    return tell_of_runs([run], actor)[0]


def shown_run_definition(run: Run, actor: Actor) -> Any:
    """The definition that the run goes by, as the reader of it may see it."""
    definition = run.version.definition
    return definition if access.may(actor, "administrator", run.flow.resource) else shown_definition(definition)


def shown_data(value: Any, *, is_short: bool = False) -> Any:
    """Input or output of a run, without its private parts; what is long may be told by its size instead."""
    return told(value) if is_short else without_private(value)


class Reader:
    """Who reads, and which roles they were given."""

    def __init__(self, actor: Actor) -> None:
        self._principals = access.principals_of(actor)
        self._has_all = access.has_every_role(actor)

    def given(self, held: Iterable[Role], ladder: Iterable[str]) -> tuple[str, ...]:
        mine = {role.role_name for role in held if role.principal in self._principals}
        return tuple(name for name in ladder if self._has_all or name in mine)


def _latest(runs: Sequence[Run]) -> dict[UUID, LogEntry]:
    lines = LogEntry.objects.filter(run__in=[run.pk for run in runs], number=F("run__log_count")).order_by()
    return {line.run_id: line for line in lines}


def _questions(runs: Sequence[Run]) -> dict[UUID, UUID]:
    going = [run.pk for run in runs if not run.is_over]
    asked = WebInput.objects.filter(action__run__in=going, status=WebInput.Status.OPEN).order_by("-created_at")
    return dict(asked.values_list("action__run", "pk"))
