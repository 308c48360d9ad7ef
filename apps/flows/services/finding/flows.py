"""Flows are found: page by page, by questions that the database answers from its indexes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import reduce
from operator import or_
from uuid import UUID

from django.db.models import CharField, OuterRef, Q, QuerySet, Subquery, TextField, Value
from django.db.models.functions import Cast, Replace

from apps.access import services as access
from apps.access.models import Role
from apps.access.services import Actor
from apps.common.markers import Order, Page, Place, page_from
from apps.flows.models import Flow
from apps.flows.services.finding.words import Words, any_of, contains, contains_in_json
from apps.flows.types import FLOW_ROLES

NEWEST_FLOWS = Place((Order("updated_at", is_descending=True), Order("pk")))


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


def find_flows(actor: Actor, wanted: FlowsWanted) -> Page[Flow]:
    rows = flows_seen_by(actor, wanted.roles or None)
    rows = rows.filter(
        contains("title", wanted.titles),
        contains("subtitle", wanted.subtitles),
        contains("description", wanted.descriptions),
    )
    if wanted.keywords:
        as_text = rows.annotate(keywords_text=Cast("keywords", TextField()))
        rows = as_text.filter(contains_in_json("keywords_text", wanted.keywords, whole=False))
    if wanted.scopes or wanted.anywhere:
        rows = rows.annotate(digits=Replace(Cast("pk", CharField()), Value("-"), Value("")))
        rows = rows.filter(any_of(wanted.scopes, lambda word: Q(digits__icontains=_digits_of_scope(word))))
        rows = rows.filter(any_of(wanted.anywhere, lambda word: _anywhere(word, actor)))
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
