"""The feed of a standing search: what it found last, as its owner may see it now, for whoever has its key."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.views.decorators.http import require_safe

from apps.search import services as search
from apps.search.forms import url
from apps.search.models import Index
from apps.search.services import Harvested
from apps.triggers import services as triggers
from apps.triggers.models import Trigger
from apps.triggers.types import Records
from apps.web.failures import as_pages
from apps.web.harvest.feed import MOST, answer
from apps.web.links import absolute


@require_safe
@as_pages
def feed(request: HttpRequest, trigger_id: UUID) -> HttpResponseBase:
    """Nobody signs in: programs that read feeds know an address."""
    trigger = triggers.trigger_of_feed(trigger_id, key=request.GET.get("key", ""))
    records = trigger.watched
    assert isinstance(records, Records)  # no other kind has a feed
    index = search.get_index(name=records.index, actor=trigger.owner)
    state = url.parse(records.query, is_page=True)
    presentation = search.presentation(index=index, actor=trigger.owner)
    found = list(_found(trigger, index))
    told: HttpResponse = answer(
        index, state, presentation, found, at=absolute(request.get_full_path()), title=trigger.name, now=timezone.now()
    )
    told.headers["Cache-Control"] = "private, no-store"
    return told


def _found(trigger: Trigger, index: Index) -> Iterator[Harvested]:
    """The newest first, each once."""
    seen = set[str]()
    for firing in triggers.firings_of(trigger)[:MOST]:
        subjects = [one for one in firing.facts["subjects"] if one not in seen]
        seen.update(subjects)
        for record in triggers.records_of(trigger, index=index, subjects=subjects):
            yield Harvested(index, record, firing.at)
        if len(seen) >= MOST:
            return
