"""One trigger: what it waits for and starts, why it rests, and what it did."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from apps.common.paging import page_of
from apps.flows import services as flows
from apps.flows.language.documents import to_json
from apps.triggers import services as triggers
from apps.triggers.models import Trigger
from apps.triggers.types import Files
from apps.web.context import Link
from apps.web.files.address import manager_url
from apps.web.links import absolute
from apps.web.tasks.words import span
from apps.web.triggers.base import TriggerPage
from apps.web.triggers.log import firing_lines, shelves_of
from apps.web.triggers.names import UNSEEN_COLLECTION, Names, names_of
from apps.web.triggers.signs import sign_of
from apps.web.triggers.words import place_of, words_of
from apps.web.values import plural, size

SIZE = 25


class OneTrigger(TriggerPage):
    template = "web/triggers/trigger.html"

    def get(self, request: HttpRequest) -> HttpResponse:
        trigger, watched = self.trigger, self.trigger.watched
        firings, pages = page_of(triggers.firings_of(trigger), request, size=SIZE)
        names = names_of([trigger], self.user)
        files = watched if isinstance(watched, Files) else None
        return self.page(
            kind=Trigger.Kind(trigger.kind).label,
            waits_for=words_of(watched, names),
            flow=names.flow(trigger.flow_id),
            sign=sign_of(trigger),
            problem=_problem(trigger),
            is_webhook=trigger.kind == Trigger.Kind.WEBHOOK,
            is_search=trigger.kind == Trigger.Kind.RECORDS,
            address=_address(trigger),
            place=_place(files, names) if files else None,
            facts=_facts_of_files(files) if files else [],
            limits=_limits(trigger),
            template_text=to_json(flows.shown_data(trigger.body)),
            shelves=shelves_of(trigger) if files else [],
            lines=firing_lines(firings, self.user),
            pages=pages,
        )


def webhook_url(trigger: Trigger) -> str:
    return absolute(f"/api/triggers/triggers/{trigger.pk}/webhook")


def feed_url(trigger: Trigger) -> str:
    return absolute(reverse("web:triggers:feed", args=[trigger.pk]))


def _address(trigger: Trigger) -> str:
    """Where it is told that something happened, if it is one that is told."""
    match trigger.kind:
        case Trigger.Kind.WEBHOOK:
            return webhook_url(trigger)
        case Trigger.Kind.MESSAGE:
            return absolute(f"/api/triggers/triggers/{trigger.pk}/messages")
    return ""


def _problem(trigger: Trigger) -> dict[str, str]:
    """Why it rests, if it rests by itself."""
    if not trigger.inactive:
        return {}
    failed = f"{plural(trigger.failures, 'run', 'runs')} in a row failed, or could not be started."
    return {"count": failed if trigger.failures else "", "message": str(trigger.inactive.get("message", ""))}


def _place(files: Files, names: Names) -> Link:
    is_seen = names.collection(files.collection_id) != UNSEEN_COLLECTION
    return Link(place_of(files, names), manager_url(files.collection_id, files.path) if is_seen else "")


def _facts_of_files(files: Files) -> list[tuple[str, str]]:
    """What is not as it is of itself."""
    batch, told = files.batch, [("Settled", f"unchanged for {span(files.settle_s)}" if files.settle_s else "at once")]
    if files.marker:
        told.append(("Marker", files.marker))
    if batch.quiet_s is not None and (batch.count is not None or files.marker):
        told.append(("What is left", f"{span(batch.quiet_s)} after the last"))
    if files.least_bytes:
        told.append(("At least", size(files.least_bytes)))
    if files.most_bytes is not None:
        told.append(("At most", size(files.most_bytes)))
    if files.least_age_s:
        told.append(("Changed", f"at least {span(files.least_age_s)} ago"))
    if files.is_taken_again:
        told.append(("Changed files", "count as new ones"))
    if files.takes_old:
        told.append(("Old files", "those that were there before count, too"))
    if files.is_described:
        told.append(("First file", "its contents are described"))
    return told


def _limits(trigger: Trigger) -> list[str]:
    told = []
    if trigger.most_at_once is not None:
        told.append(f"{plural(trigger.most_at_once, 'run', 'runs')} at once")
    if trigger.most_per_hour is not None:
        told.append(f"{plural(trigger.most_per_hour, 'run', 'runs')} an hour")
    return told
