"""Submissions page by page."""

from __future__ import annotations

from collections.abc import Collection

from apps.access import services as access
from apps.access.services import Actor
from apps.common.markers import Order, Page, Place, page_from
from apps.publish.models import Submission

NEWEST = (Order("saved_at", is_descending=True), Order("id"))
FROM_THE_NEWEST = Place(NEWEST)


def page_of_submissions(
    *, actor: Actor, states: Collection[str] = (), place: Place = FROM_THE_NEWEST, most: int
) -> Page[Submission]:
    """Those that the actor writes or was shown, what was saved last first; ``states`` () are all."""
    mine = access.resources_with_role(actor, "submission")
    found = Submission.objects.select_related("form", "form_version", "author").filter(pk__in=list(mine))
    return page_from(found.filter(state__in=states) if states else found, place, most)
