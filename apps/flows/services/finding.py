"""Flows and runs are found: page by page, by questions that the database answers from its indexes."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import reduce
from operator import or_
from uuid import UUID

from django.db.models import CharField, OuterRef, Q, QuerySet, Subquery, TextField, Value
from django.db.models.functions import Cast, Replace

from apps.access import services as access
from apps.access.models import Role
from apps.access.services import Actor
from apps.accounts.models import User
from apps.common.markers import Order, Page, Place, page_from
from apps.flows.models import Flow, Run
from apps.flows.types import FLOW_ROLES, RUN_ROLES

NEWEST_FLOWS = Place((Order("updated_at", is_descending=True), Order("pk")))
NEWEST_RUNS = Place((Order("started_at", is_descending=True), Order("pk")))
OF_ALL_RUNS = ("run_manager", "run_monitor")
"""The roles on a flow that are roles on each of its runs."""
Words = tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FlowsWanted:
    """Which flows: each filter that names something must hold, by one of what it names. ``roles`` are those that were
    given to the actor; nothing is any of them."""

    roles: Words = ()
    anywhere: Words = ()
    titles: Words = ()
    subtitles: Words = ()
    descriptions: Words = ()
    keywords: Words = ()
    scopes: Words = ()
    place: Place = NEWEST_FLOWS
    most: int = 20


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


def find_flows(actor: Actor, wanted: FlowsWanted) -> Page[Flow]:
    rows = flows_seen_by(actor, wanted.roles or None)
    rows = rows.filter(
        _contains("title", wanted.titles),
        _contains("subtitle", wanted.subtitles),
        _contains("description", wanted.descriptions),
    )
    if wanted.keywords:
        as_text = rows.annotate(keywords_text=Cast("keywords", TextField()))
        rows = as_text.filter(_any(wanted.keywords, lambda word: Q(keywords_text__icontains=json.dumps(word)[1:-1])))
    if wanted.scopes or wanted.anywhere:
        rows = rows.annotate(digits=Replace(Cast("pk", CharField()), Value("-"), Value("")))
        rows = rows.filter(_any(wanted.scopes, lambda word: Q(digits__icontains=_digits_of_scope(word))))
        rows = rows.filter(_any(wanted.anywhere, lambda word: _anywhere(word, actor)))
    columns = {order.column for order in wanted.place.orders}
    if columns & {"owner_name", "administrator_name"}:
        rows = rows.annotate(**_principals_to_order_by(actor))
    return page_from(rows.select_related("version"), wanted.place, wanted.most)


def flows_seen_by(actor: Actor, roles: Iterable[str] | None = None) -> QuerySet[Flow]:
    """Those on which the actor was given one of these roles, or any by which one sees them."""
    held = access.ids_with_role(actor, "flow", FLOW_ROLES["viewer"] if roles is None else roles)
    return Flow.objects.filter(pk__in=held, deleted_at=None)


def _anywhere(word: str, actor: Actor) -> Q:
    """Who administers a flow is told to its administrators alone: others do not find it by that."""
    named = Q(role_name="owner") | Q(role_name="administrator", resource_id__in=_administered(actor))
    by_people = Role.objects.filter(named, resource_kind="flow", principal__icontains=word)
    plain = [Q(**{f"{column}__icontains": word}) for column in ("title", "subtitle", "description")]
    digits = Q(digits__icontains=word.replace("-", ""))
    return reduce(or_, [*plain, digits, Q(pk__in=by_people.order_by().values("resource_id"))])


def _digits_of_scope(word: str) -> str:
    """A scope's name holds the id of its flow twice; nothing else in it tells one flow from another."""
    return word.rpartition("/flow_")[2].removesuffix("_user").replace("_", "").replace("-", "").rpartition("/")[2]


def _administered(actor: Actor) -> QuerySet[Role, UUID]:
    return access.ids_with_role(actor, "flow", FLOW_ROLES["administrator"])


def _principals_to_order_by(actor: Actor) -> dict[str, Subquery]:
    held = Role.objects.filter(resource_kind="flow", resource_id=OuterRef("pk")).order_by("created_at", "id")
    told = held.filter(role_name="administrator", resource_id__in=_administered(actor))
    return {
        "owner_name": Subquery(held.filter(role_name="owner").values("principal")[:1]),
        "administrator_name": Subquery(told.values("principal")[:1]),
    }


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
        ways.append(Run.objects.filter(flow__in=access.ids_with_role(actor, "flow", by_flow)))
    return ways


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
        rows = as_text.filter(_any(wanted.tags, lambda word: Q(tags_text__icontains=json.dumps(word))))
    return rows.filter(_contains("label", wanted.labels), _contains("flow_title", wanted.titles))


def _contains(column: str, words: Sequence[str]) -> Q:
    return _any(words, lambda word: Q(**{f"{column}__icontains": word}))


def _any(words: Sequence[str], found: Callable[[str], Q]) -> Q:
    return reduce(or_, map(found, words), Q())
