"""Lists of flows, of runs, and of the log of a run, as parameters ask for them (F2, F9, F13)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Generic, TypeVar
from uuid import UUID

from django.http import QueryDict

from apps.common.errors import Invalid
from apps.common.markers import Asked, Order, Place, marker_of
from apps.common.parsing import is_true, number_in
from apps.flows.forms.parameters import Parameters
from apps.flows.services import FlowsWanted, InputsWanted, RunsWanted
from apps.flows.services.finding import NEWEST_FLOWS, NEWEST_RUNS
from apps.flows.types import FLOW_ROLES, RUN_ROLES, Status

Wanted = TypeVar("Wanted", FlowsWanted, RunsWanted, InputsWanted)
LINES, MOST_LINES = 10, 100
FLOW_ORDERS = {
    "id": Order("pk"),
    "scope_string": Order("pk"),  # the id is all that differs in it
    "flow_owner": Order("owner_name", may_lack=True),
    "flow_owners": Order("owner_name", may_lack=True),
    "flow_administrators": Order("administrator_name", may_lack=True),
    "title": Order("title"),
    "created_at": Order("created_at"),
    "updated_at": Order("updated_at"),
}
RUN_ORDERS = {
    "id": Order("pk"),
    "start_time": Order("started_at"),
    "completion_time": Order("ended_at", may_lack=True),
    "status": Order("status"),
    "label": Order("label"),
}
_FLOW_ROLES = {f"flow_{role}": role for role in ("viewer", "starter", "administrator", "owner")}
_FLOW_ROLES |= {role: role for role in ("run_manager", "run_monitor")}
_RUN_ROLES = {f"run_{role}": role for role in ("owner", "manager", "monitor")}
_ROLES_BY_FLOW = {f"flow_{role}": role for role in ("run_manager", "run_monitor")}
_STATUSES = {status.value: status.value for status in Status} | {"ENDED": Status.SUCCEEDED.value}
_FLOW_WORDS = ("fulltext", "title", "subtitle", "description", "keywords", "scope_string")
_FLOW_FILTERS = [f"filter_{name}" for name in ("role", "roles", *_FLOW_WORDS)]
_RUN_FILTERS = [
    f"filter_{name}"
    for name in ("role", "roles", "flow_id", "status", "label", "flow_title", "tags", "start_time", "completion_time")
]


@dataclass(frozen=True, slots=True)
class Listing(Generic[Wanted]):
    """A list as it is wanted, and as it was asked for: the marker of the next page says that again."""

    wanted: Wanted
    asked: Asked

    def marker(self, following: Place | None) -> str | None:
        return marker_of(self.asked, following) if following else None


def flows_listing(told: QueryDict) -> Listing[FlowsWanted]:
    """
    Raises:
        Invalid: a parameter cannot be read.
    """
    asked = Parameters(told)
    asked.require_known(_FLOW_FILTERS)
    roles = asked.choices("filter_roles", _FLOW_ROLES)
    for least in asked.choices("filter_role", _FLOW_ROLES):  # the old way to ask: this role or one above it
        roles = (*roles, *FLOW_ROLES[least])
    words = {name: asked.words(f"filter_{name}") for name in _FLOW_WORDS}
    wanted = FlowsWanted(
        roles=roles,
        anywhere=words["fulltext"],
        titles=words["title"],
        subtitles=words["subtitle"],
        descriptions=words["description"],
        keywords=words["keywords"],
        scopes=words["scope_string"],
        place=asked.place(FLOW_ORDERS, NEWEST_FLOWS),
        most=asked.most,
    )
    return Listing(wanted, asked.asked)


def runs_listing(told: QueryDict, *, flow_id: UUID | None = None) -> Listing[RunsWanted]:
    """Those of one flow, if it is named.

    Raises:
        Invalid: a parameter cannot be read.
    """
    asked = Parameters(told)
    asked.require_known(_RUN_FILTERS)
    named = asked.choices("filter_roles", {name: name for name in (*_RUN_ROLES, *_ROLES_BY_FLOW)})
    roles = tuple(_RUN_ROLES[name] for name in named if name in _RUN_ROLES)
    by_flow = tuple(_ROLES_BY_FLOW[name] for name in named if name in _ROLES_BY_FLOW)
    for least in asked.choices("filter_role", _RUN_ROLES):
        roles = (*roles, *RUN_ROLES[least])
    is_any = not roles and not by_flow
    wanted = RunsWanted(
        roles=None if is_any else roles,
        roles_by_flow=None if is_any else by_flow,
        flows=(flow_id,) if flow_id else asked.ids("filter_flow_id"),
        statuses=asked.choices("filter_status", _STATUSES),
        labels=asked.words("filter_label"),
        titles=asked.words("filter_flow_title"),
        tags=asked.words("filter_tags"),
        started=asked.span("filter_start_time"),
        ended=asked.span("filter_completion_time"),
        place=asked.place(RUN_ORDERS, NEWEST_RUNS),
        most=asked.most,
    )
    return Listing(wanted, asked.asked)


@dataclass(frozen=True, slots=True)
class LogWanted:
    """``after`` is the number of the last line that was told, 0 if none was."""

    most: int
    after: int
    newest_first: bool


def log_wanted(told: QueryDict) -> LogWanted:
    """
    Raises:
        Invalid: a parameter cannot be read.
    """
    most = number_in(told.get("limit"), "limit", otherwise=LINES)
    if not 1 <= most <= MOST_LINES:
        raise Invalid(f"Write a number from 1 to {MOST_LINES}.", place="limit")
    marker = told.get("marker") or told.get("pagination_token")
    return LogWanted(most, number_in(marker, "marker", otherwise=0), is_true(told.get("reverse_order", "")))
