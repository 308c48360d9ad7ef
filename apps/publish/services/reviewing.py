"""What reviewers look at: what waits for them, and how it differs from what was published last."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import QuerySet

from apps.access import services as access
from apps.access.services import Actor
from apps.publish.comparing import Difference, differences, label_of
from apps.publish.laying import Line, laid_out
from apps.publish.models import Event, Submission, Version
from apps.publish.services.access import require_submission, reviews
from apps.publish.services.audience import document_for
from apps.publish.services.listing import in_lists
from apps.publish.types import FORM_ROLES, SUBMISSION_ROLES

IN_REVIEW = Submission.State.IN_REVIEW
MOST_EVENTS = 500


@dataclass(frozen=True, slots=True)
class Compared:
    """With the version that was published before."""

    version: Version
    differences: tuple[Difference, ...]


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


def compare_with_last(submission: Submission, *, actor: Actor) -> Compared | None:
    """None if nothing was published before."""
    require_submission(actor, "viewer", submission)
    published = submission.versions.filter(number__lt=submission.number).exclude(state=Version.State.COMING)
    last = published.first()
    if last is None:
        return None
    schema = document_for(submission).schema
    return Compared(last, tuple(differences(schema, last.content, submission.content)))


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
