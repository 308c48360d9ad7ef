"""Mails about what happens to a submission."""

from __future__ import annotations

import logging
from collections.abc import Iterable

from django.conf import settings
from django.core.mail import send_mail
from django.template.loader import render_to_string

from apps.access.types import parse_principal
from apps.accounts import services as accounts
from apps.publish.engine import audiences
from apps.publish.engine.planning import url_of
from apps.publish.models import Event, Submission
from apps.publish.services.access import principals_with
from apps.publish.services.delays import helpers_of

Kind = Event.Kind
MOST_MAILS = 100
log = logging.getLogger(__name__)
_ENDINGS: dict[str, str] = {
    Kind.SENT: "waits for your review",
    Kind.APPROVED: "was approved",
    Kind.SENT_BACK: "was sent back",
    Kind.PUBLISHED: "is published",
    Kind.STUCK: "cannot go on now",
    Kind.UNDONE: "was not published",
    Kind.WITHDRAWN: "was withdrawn",
}
_TEMPLATES: dict[str, str] = {Kind.SENT: "review.txt", Kind.STUCK: "stuck.txt"}


def tell_of(event: Event) -> None:
    """Write to the reviewers when something is sent in, to who can help when it is stuck, and to who wrote it when
    something is done with it; never to who did it.

    A mail server that is away takes nothing from the submission: the mails are lost, and the log says so.
    """
    if event.kind not in _ENDINGS:
        return
    submission = event.submission
    told = {
        "event": event,
        "submission": submission,
        "author": _name(submission.author_urn),
        "by": _name(event.by),
        "open_comments": submission.comments.filter(is_settled=False).count(),
        "link": _link(event),
        "facility": settings.FACILITY,
    }
    template = f"publish/email/{_TEMPLATES.get(event.kind, 'author.txt')}"
    subject = " ".join(f"{submission} {_ENDINGS[event.kind]}".split())  # in one line: a header has no other
    try:
        for address in _addresses(event)[:MOST_MAILS]:
            send_mail(subject, render_to_string(template, told), None, [address])
    except OSError as error:
        log.warning("what happened to submission %s could not be told to all: %s", submission.pk, error)


def _addresses(event: Event) -> list[str]:
    """Nobody reviews what they wrote: who may do both is not asked to."""
    submission = event.submission
    if event.kind == Kind.STUCK:
        return _written_to(helpers_of(submission))
    authors = _written_to(audiences.authors_of(submission))
    if event.kind == Kind.SENT:
        reviewers = _written_to(principals_with(submission.form.resource, "reviewer"))
        return [one for one in reviewers if one not in authors]
    own = _written_to([event.by]) if event.by else []
    return [one for one in authors if one not in own]


def _written_to(principals: Iterable[str]) -> list[str]:
    return accounts.addresses_of(parse_principal(one).id for one in principals)


def _name(principal: str) -> str:
    """ "" for the portal itself, and for who is gone."""
    key = parse_principal(principal).id if principal else None
    return accounts.names_of([key]).get(key, "") if key else ""


def _link(event: Event) -> str:
    """The page on which one goes on; two of them are of an app above."""
    submission: Submission = event.submission
    if event.kind in {Kind.PUBLISHED, Kind.WITHDRAWN}:
        return url_of(submission.pk, event.number)
    page = "review" if event.kind == Kind.SENT else "drafts"
    return f"{settings.PUBLIC_URL}/publish/{page}/{submission.pk}/"
