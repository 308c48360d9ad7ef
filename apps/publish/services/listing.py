"""Submissions in lists: without what is filled in, which may be megabytes of each."""

from __future__ import annotations

from collections.abc import Collection

from django.db.models import QuerySet

from apps.access import services as access
from apps.access.services import Actor
from apps.common.markers import Order, Page, Place, page_from
from apps.publish.models import Form, Submission

NEWEST = (Order("saved_at", is_descending=True), Order("id"))
FROM_THE_NEWEST = Place(NEWEST)
_LONG = ("content", "typed", "proposed", "files_json", "wanted_json", "note")


def find_submissions(
    *, actor: Actor, states: Collection[str] = (), form: Form | None = None
) -> QuerySet[Submission, Submission]:
    """Those that the actor writes or was shown, what was saved last first; ``states`` () are all. Who may see
    everything is told of no more: what others write is not theirs."""
    mine = access.ids_given(access.principals_of(actor), "submission")
    found = in_lists(Submission.objects.filter(pk__in=mine))
    found = found.filter(state__in=states) if states else found
    return found.filter(form=form) if form else found


def page_of_submissions(
    *, actor: Actor, states: Collection[str] = (), place: Place = FROM_THE_NEWEST, most: int
) -> Page[Submission]:
    """So many of them, from a place on."""
    return page_from(find_submissions(actor=actor, states=states), place, most)


def in_lists(rows: QuerySet[Submission, Submission]) -> QuerySet[Submission, Submission]:
    """With their forms, and with nothing that is long."""
    return rows.select_related("form", "form_version").defer(*_LONG, "form_version__document")
