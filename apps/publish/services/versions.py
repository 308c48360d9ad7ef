"""Versions that were published, as each caller may see them."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.utils import timezone

from apps.access import services as access
from apps.access.services import Actor
from apps.common import quick_json
from apps.publish.engine import content
from apps.publish.errors import NoSuchVersion
from apps.publish.models import Submission, Version
from apps.publish.services.access import may_submission
from apps.search.models import Index
from apps.search.types import Record, VisibleEntry


@dataclass(frozen=True, slots=True)
class Shown:
    """A version as somebody sees it. ``record`` is None of one that was withdrawn: then it is a tombstone."""

    version: Version
    record: Record | None
    is_newest: bool


def get_version(submission_id: UUID, number: int | None, *, actor: Actor) -> Shown:
    """The version of that number, or the newest, with those of its entries that the actor sees.

    A withdrawn one tells those that it was there who could see it until then.

    Raises:
        NoSuchVersion: there is none, or the actor sees nothing of it.
    """
    versions = Version.objects.select_related("submission__form", "form_version", "index", "collection")
    published = versions.filter(submission_id=submission_id).exclude(state=Version.State.COMING)
    newest = published.first()
    found = newest if number is None else published.filter(number=number).first()
    if found is None or newest is None:
        raise NoSuchVersion
    entries = entries_for(found, actor)
    if not entries:
        raise NoSuchVersion
    is_withdrawn = found.state == Version.State.WITHDRAWN
    return Shown(found, None if is_withdrawn else Record(found.subject, entries), found.pk == newest.pk)


def versions_of(submission: Submission, *, actor: Actor) -> list[Version]:
    """All that were published of which the actor sees something, the newest first."""
    published = submission.versions.exclude(state=Version.State.COMING).select_related("form_version")
    return [version for version in published if entries_for(version, actor)]


def submission_of(*, index: Index, subject: str, actor: Actor) -> Submission | None:
    """What a record of an index was published by; None if by nothing, or by what the actor may see nothing of."""
    rows = Version.objects.filter(index=index, subject=subject).exclude(state=Version.State.COMING)
    version = rows.select_related("submission__form", "submission__form_version", "submission__author").first()
    return version.submission if version is not None and entries_for(version, actor) else None


def sees_history(actor: Actor, submission: Submission) -> bool:
    """Whether its history may be told: to those who write it, were shown it, or review it."""
    return may_submission(actor, "viewer", submission)


def entries_for(version: Version, actor: Actor) -> tuple[VisibleEntry, ...]:
    """Those that the actor sees of it now, or saw until it was withdrawn."""
    principals, now = access.principals_of(actor), timezone.now()
    return tuple(
        VisibleEntry(part.entry_id, quick_json.dumps(content.of_part(version, part)).decode())
        for part in sorted(version.parts, key=lambda part: part.entry_id)
        if access.has_every_role(actor) or not principals.isdisjoint(version.visible_to(part, now))
    )
