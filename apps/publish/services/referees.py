"""Addresses that show a submission to whoever has one, such as a referee who stays unnamed.

Of the secret in it only a digest is kept. What it shows is no more than whoever made it may see at that moment: who
loses their role takes their links with it. Restricted sections are never shown by one.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction

from apps.access.services import Actor
from apps.access.types import parse_principal
from apps.accounts import services as accounts
from apps.accounts.models import User
from apps.accounts.services.secrets import hash_of, new_secret
from apps.common.errors import Invalid, NotAllowed
from apps.publish import patterns, sections
from apps.publish.comparing import label_of
from apps.publish.engine import audiences
from apps.publish.errors import NoSuchLink
from apps.publish.models import Link, Submission
from apps.publish.people import without_people
from apps.publish.services.access import may_submission, require_submission, reviews
from apps.publish.services.audience import document_for
from apps.publish.types import FormDocument

LONGEST = timedelta(days=180)
MOST_OPEN = 50
MOST_LABEL = 100


@dataclass(frozen=True, slots=True)
class ForReferee:
    """``authors`` is empty where they are not to be known; then ``left_out`` are the labels of fields that name people.
    ``files`` are names alone."""

    name: str
    form: str
    number: int
    schema: Mapping[str, Any]
    content: Mapping[str, Any]
    files: tuple[str, ...]
    authors: tuple[str, ...]
    left_out: tuple[str, ...]
    expires_at: datetime


def make_link(
    *,
    submission: Submission,
    actor: User,
    expires_at: datetime,
    now: datetime,
    label: str = "",
    shows_authors: bool = False,
) -> tuple[Link, str]:
    """Make an address, which is told this once and kept nowhere. For the author, and reviewers who were sent it.

    Raises:
        Invalid: it would not expire, or too late; or there are too many.
    """
    _require_maker(actor, submission)
    if not now < expires_at <= now + LONGEST:
        raise Invalid(f"A link expires after {LONGEST.days} days at the latest. Choose fewer.", place="expires_at")
    if submission.links.filter(expires_at__gt=now, withdrawn_at=None).count() >= MOST_OPEN:
        raise Invalid(f"There are {MOST_OPEN} links already. Withdraw one.", place="label")
    secret = new_secret(mark="")
    with transaction.atomic():
        made = Link.objects.create(
            submission=submission,
            digest=hash_of(secret),
            label=" ".join(label.replace("\0", "").split())[:MOST_LABEL],
            shows_authors=shows_authors,
            created_at=now,
            created_by=actor,
            expires_at=expires_at,
        )
        _record("made", made, actor)
    return made, f"{settings.PUBLIC_URL}/publish/referee/{secret}/"


def withdraw_link(*, submission: Submission, link_id: UUID, actor: User, now: datetime) -> Link:
    """From now on the address leads nowhere. For the author, and for who made it.

    Raises:
        NoSuchLink: there is none of that id that is still open.
    """
    found = next((one for one in links_of(submission, actor=actor, now=now) if one.pk == link_id), None)
    if found is None:
        raise NoSuchLink
    with transaction.atomic():
        found.withdrawn_at = now
        found.save(update_fields=["withdrawn_at"])
        _record("withdrawn", found, actor)
    return found


def links_of(submission: Submission, *, actor: User, now: datetime) -> list[Link]:
    """The open ones, the newest first: all of them to the author, to reviewers their own."""
    _require_maker(actor, submission)
    found = submission.links.filter(expires_at__gt=now, withdrawn_at=None).select_related("created_by")
    is_author = may_submission(actor, "author", submission)
    return list(found if is_author else found.filter(created_by=actor))


def may_make_links(actor: Actor, submission: Submission) -> bool:
    return may_submission(actor, "author", submission) or reviews(actor, submission)


def by_secret(secret: str, *, now: datetime) -> ForReferee:
    """What a link shows.

    Raises:
        NoSuchLink: there is none with that secret, or it has expired, was withdrawn, or shows nothing any more.
    """
    rows = Link.objects.select_related("created_by", "submission__form", "submission__form_version")
    link = rows.filter(digest=hash_of(secret), expires_at__gt=now, withdrawn_at=None).first()
    if link is None:
        raise NoSuchLink
    submission = link.submission
    is_gone = submission.state == Submission.State.WITHDRAWN
    if is_gone or not may_make_links(link.created_by, submission):
        raise NoSuchLink
    return _shown(link, submission)


def _shown(link: Link, submission: Submission) -> ForReferee:
    document = document_for(submission)
    schema = document.schema
    content: Any = sections.divided(schema, submission.content)[""]
    left_out: list[str] = []
    if not link.shows_authors:
        content, left_out = without_people(schema, content)
    return ForReferee(
        name=_name(document, content) or document.title,
        form=document.title,
        number=submission.number,
        schema=schema,
        content=content,
        files=_files(submission),
        authors=tuple(_authors(submission)) if link.shows_authors else (),
        left_out=tuple(dict.fromkeys(label_of(schema, pointer) for pointer in left_out)),
        expires_at=link.expires_at,
    )


def _name(document: FormDocument, content: Mapping[str, Any]) -> str:
    """What it is called by what is shown alone."""
    facts = dict.fromkeys(patterns.FACTS, "")
    try:
        return patterns.filled(document.name, facts, content)
    except patterns.Gap:
        return ""


def _files(submission: Submission) -> tuple[str, ...]:
    if submission.files_json:
        return tuple(one.path.name for one in submission.files)
    newest = submission.versions.first()
    return tuple(one["path"].rsplit("/", 1)[-1] for one in newest.files_json) if newest else ()


def _authors(submission: Submission) -> list[str]:
    ids = [parse_principal(one).id for one in audiences.authors_of(submission)]
    names = accounts.names_of(one for one in ids if one is not None)
    return [names[one] for one in ids if one in names]


def _record(what: str, link: Link, actor: User) -> None:
    target = link.submission
    action = f"submission.link_{what}"
    accounts.record(action, kind="submission", id=target.pk, name=str(target), actor=actor, link=str(link.pk))


def _require_maker(actor: User, submission: Submission) -> None:
    require_submission(actor, "viewer", submission)
    if not may_make_links(actor, submission):
        raise NotAllowed("Only the author of a submission and its reviewers make links to it. Ask its author.")
