"""Questions to people are found, as flows are."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from apps.access import services as access
from apps.access.services import Actor
from apps.common.markers import Order, Page, Place, page_from
from apps.flows.models import WebInput
from apps.flows.services.finding.words import Words

NEWEST_INPUTS = Place((Order("created_at", is_descending=True), Order("pk")))


@dataclass(frozen=True, slots=True, kw_only=True)
class InputsWanted:
    """Which questions: each filter that names something must hold. ``roles`` are those that were given to the actor."""

    roles: Words = ()
    statuses: Words = (WebInput.Status.OPEN.value,)
    flows: tuple[UUID, ...] = ()
    runs: tuple[UUID, ...] = ()
    place: Place = NEWEST_INPUTS
    most: int = 20


def find_inputs(actor: Actor, wanted: InputsWanted) -> Page[WebInput]:
    held = access.ids_with_role(actor, "web_input", wanted.roles or None)
    rows = WebInput.objects.filter(pk__in=held, status__in=wanted.statuses)
    if wanted.flows:
        rows = rows.filter(action__run__flow__in=wanted.flows)
    if wanted.runs:
        rows = rows.filter(action__run__in=wanted.runs)
    return page_from(rows.select_related("action__run"), wanted.place, wanted.most)
