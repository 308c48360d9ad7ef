"""Runs are found, as flows are."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q, QuerySet, TextField
from django.db.models.functions import Cast

from apps.access import services as access
from apps.access.services import Actor
from apps.accounts.models import User
from apps.common.markers import Order, Page, Place, page_from
from apps.flows.models import Run
from apps.flows.services.finding.words import Words, contains, contains_in_json
from apps.flows.types import RUN_ROLES

NEWEST_RUNS = Place((Order("started_at", is_descending=True), Order("pk")))
OF_ALL_RUNS = ("run_manager", "run_monitor")
"""The roles on a flow that are roles on each of its runs."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RunsWanted:
    """Which runs, as with flows. ``roles`` are those on the run, ``roles_by_flow`` those on its flow."""

    roles: Words | None = None
    roles_by_flow: Words | None = None
    flows: tuple[UUID, ...] = ()
    statuses: Words = ()
    labels: Words = ()
    titles: Words = ()
    tags: Words = ()
    started: tuple[datetime | None, datetime | None] = (None, None)
    ended: tuple[datetime | None, datetime | None] = (None, None)
    place: Place = NEWEST_RUNS
    most: int = 20


def find_runs(actor: Actor, wanted: RunsWanted) -> Page[Run]:
    """Runs that the actor owns, those on which they have another role, and those of flows all of whose runs they may
    see. Each way has an index of its own, by which no more is read of it than a page; the first rows of all of them
    are the page."""
    ids: set[UUID] = set()
    for rows in _ways_to_runs(actor, wanted):
        ids.update(wanted.place.of(_filtered(rows, wanted)).values_list("pk", flat=True)[: wanted.most + 1])
    found = Run.objects.filter(pk__in=ids).select_related("flow", "version")
    return page_from(found, wanted.place, wanted.most)


def _ways_to_runs(actor: Actor, wanted: RunsWanted) -> list[QuerySet[Run]]:
    if access.has_every_role(actor):
        return [Run.objects.all()]
    is_any = wanted.roles is None and wanted.roles_by_flow is None
    roles = tuple(RUN_ROLES) if is_any else wanted.roles or ()
    by_flow = OF_ALL_RUNS if is_any else wanted.roles_by_flow or ()
    ways = []
    if "owner" in roles and isinstance(actor, User):
        ways.append(Run.objects.filter(owner=actor))
    if others := [role for role in roles if role != "owner"]:
        ways.append(Run.objects.filter(pk__in=access.ids_with_role(actor, "run", others)))
    if by_flow:
        # They are few, mostly none, and by their names the database reads the runs of each in order from its index.
        flows = list(access.ids_with_role(actor, "flow", by_flow))
        ways += [Run.objects.filter(flow__in=flows)] if flows else []
    return ways


def runs_seen_by(actor: Actor) -> QuerySet[Run]:
    """Their own, those on which they have a role, and all of the flows that give them one on each run."""
    if not isinstance(actor, User):
        return Run.objects.none()
    runs = Run.objects.select_related("flow", "owner")
    if access.has_every_role(actor):
        return runs
    shared = access.ids_with_role(actor, "run", RUN_ROLES["monitor"])
    by_flow = access.ids_with_role(actor, "flow", OF_ALL_RUNS)
    return runs.filter(Q(owner=actor) | Q(pk__in=shared) | Q(flow__in=by_flow))


def _filtered(rows: QuerySet[Run], wanted: RunsWanted) -> QuerySet[Run]:
    if wanted.flows:
        rows = rows.filter(flow__in=wanted.flows)
    if wanted.statuses:
        rows = rows.filter(status__in=wanted.statuses)
    for column, (start, end) in (("started_at", wanted.started), ("ended_at", wanted.ended)):
        bounds = {f"{column}__gte": start, f"{column}__lt": end}
        rows = rows.filter(**{name: bound for name, bound in bounds.items() if bound is not None})
    if wanted.tags:
        as_text = rows.annotate(tags_text=Cast("tags", TextField()))
        rows = as_text.filter(contains_in_json("tags_text", wanted.tags, whole=True))
    return rows.filter(contains("label", wanted.labels), contains("flow_title", wanted.titles))
