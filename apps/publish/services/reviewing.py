"""What reviewers look at: what waits for them, what it says, and what happened to it."""

from __future__ import annotations

from django.db.models import QuerySet

from apps.access import services as access
from apps.access.services import Actor
from apps.publish.comparing import label_of
from apps.publish.laying import Line, laid_out
from apps.publish.models import Event, Submission
from apps.publish.services.access import require_submission, reviews
from apps.publish.services.audience import document_for
from apps.publish.services.listing import in_lists
from apps.publish.types import FORM_ROLES, SUBMISSION_ROLES

IN_REVIEW = Submission.State.IN_REVIEW
MOST_EVENTS = 500


def waiting_for(actor: Actor) -> QuerySet[Submission]:
    """What was sent in and the actor may decide about, what waits longest first."""
    forms = access.ids_with_role(actor, "form", FORM_ROLES["reviewer"])
    found = in_lists(Submission.objects.filter(state=IN_REVIEW, form__in=forms))
    if not access.has_every_role(actor):
        found = found.exclude(pk__in=access.ids_with_role(actor, "submission", SUBMISSION_ROLES["editor"]))
    return found.order_by("sent_at", "pk")


def may_decide(actor: Actor, submission: Submission) -> bool:
    """Whether the actor may approve it or send it back now: nobody decides about what they wrote themselves."""
    if submission.state != IN_REVIEW or not reviews(actor, submission):
        return False
    return access.has_every_role(actor) or not access.may(actor, "editor", submission.resource)


def lines_of(submission: Submission, *, actor: Actor) -> list[Line]:
    """What is filled in, line by line."""
    require_submission(actor, "viewer", submission)
    return laid_out(document_for(submission).schema, submission.content)


def events_of(submission: Submission, *, actor: Actor) -> list[Event]:
    """All that happened to it, what happened last first."""
    require_submission(actor, "viewer", submission)
    return list(submission.events.order_by("-at", "-pk")[:MOST_EVENTS])


def label_in(submission: Submission, pointer: str) -> str:
    """What its form calls a place; "" for the whole."""
    return label_of(document_for(submission).schema, pointer)
