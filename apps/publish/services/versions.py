"""Versions that were published, as each caller may see them."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils import timezone

from apps.access import services as access
from apps.access.services import Actor
from apps.common import quick_json
from apps.publish import document as documents
from apps.publish.engine import content
from apps.publish.errors import NoSuchVersion
from apps.publish.models import Submission, Version
from apps.publish.services.access import may_submission
from apps.publish.types import FormDocument, Part
from apps.search.models import Index
from apps.search.types import Record, VisibleEntry

State = Version.State
_LONG = (
    *("content", "before_json", "files_json", "undo_json", "form_version__document"),
    *(f"submission__{name}" for name in ("content", "typed", "proposed", "files_json", "form_version__document")),
)
"""What no list tells of. Who sees which part stands beside its content."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A version as somebody sees it. ``record`` is None of one that was withdrawn: then it is a tombstone.

    ``main`` is its main entry alone, which a citation is written from, also that of a tombstone; None where the actor
    sees no more of it than restricted sections: its name is not theirs to know then, either.
    """

    version: Version
    record: Record | None
    main: Record | None
    is_newest: bool


def files_at(version: Version) -> str:
    """Under which name its content lists its files; "" if it does not, or if that is what its author wrote."""
    at = documents.read(version.form_version.document).files_at
    return "" if at in version.content else at


def get_version(submission_id: UUID, number: int | None, *, actor: Actor) -> Shown:
    """The version of that number, or the newest, with those of its entries that the actor sees.

    A withdrawn one tells those that it was there who could see it until then.

    Raises:
        NoSuchVersion: there is none, or the actor sees nothing of it.
    """
    published = _published(Q(submission_id=submission_id))
    newest = published.first()
    found = newest if number is None else published.filter(number=number).first()
    if found is None or newest is None:
        raise NoSuchVersion
    parts = parts_for(found, actor)
    if not parts:
        raise NoSuchVersion
    main = [part for part in parts if not part.entry_id]
    return Shown(
        found,
        record=None if found.state == State.WITHDRAWN else _record(found, parts),
        main=_record(found, main) if main else None,
        is_newest=found.pk == newest.pk,
    )


def versions_of(submission: Submission, *, actor: Actor) -> list[Version]:
    """All that were published of which the actor sees something, the newest first. What they hold is not read."""
    return seen_versions(submission.pk, actor=actor)


def seen_versions(submission_id: UUID, *, actor: Actor) -> list[Version]:
    """The same by the submission's id; none where there is no such submission."""
    rows, principals = _published(Q(submission_id=submission_id)).defer(*_LONG), access.principals_of(actor)
    return [version for version in rows if parts_for(version, actor, principals=principals)]


def submission_of(*, index: Index, subject: str, actor: Actor) -> Submission | None:
    """What a record of an index was published by; None if by nothing, or by what the actor may see nothing of."""
    version = version_at(index=index, subject=subject, actor=actor)
    return version.submission if version else None


def version_at(*, index: Index, subject: str, actor: Actor) -> Version | None:
    """The version that a record of an index is; None if it was not published by a form, or the actor may see nothing
    of that. Where a subject was published anew after it had been withdrawn, it is the later one."""
    rows = _published(Q(index=index, subject=subject, state=State.PUBLISHED)).order_by("-published_at", "-number")
    version = rows.first()
    return version if version is not None and parts_for(version, actor) else None


def index_of(submission_id: UUID, number: int | None) -> Index | None:
    """The index that a version was published to, the newest where none is named. It is told to nobody by this: who
    looks at an index as somebody else does so at its versions, too, and may see none of them themselves."""
    rows = _published(Q(submission_id=submission_id))
    version = (rows if number is None else rows.filter(number=number)).first()
    return version.index if version else None


def document_of_version(version: Version) -> FormDocument:
    """The form's document with which it was filled in, read."""
    return documents.read(version.form_version.document)


def sees_history(actor: Actor, submission: Submission) -> bool:
    """Whether its history may be told: to those who write it, were shown it, or review it."""
    return may_submission(actor, "viewer", submission)


def _published(which: Q) -> QuerySet[Version]:
    """The newest first."""
    rows = Version.objects.filter(which).exclude(state=State.COMING)
    related = ("submission__form", "submission__form_version", "submission__author", "form_version")
    return rows.select_related(*related, "index", "collection")


def sees_main(version: Version, actor: Actor) -> bool:
    """Whether the actor sees more of it than restricted sections: then its name is theirs to know, too."""
    return any(not part.entry_id for part in parts_for(version, actor))


def parts_for(version: Version, actor: Actor, *, principals: frozenset[str] | None = None) -> list[Part]:
    """Those that the actor sees of it now, or saw until it was withdrawn; the main one first. Who asks for many says
    once what the actor counts as."""
    principals, now = access.principals_of(actor) if principals is None else principals, timezone.now()
    return [
        part
        for part in sorted(version.parts, key=lambda part: part.entry_id)
        if access.has_every_role(actor) or not principals.isdisjoint(version.visible_to(part, now))
    ]


def _record(version: Version, parts: list[Part]) -> Record:
    written = version.published_at.isoformat() if version.published_at else ""
    told = ((part.entry_id, quick_json.dumps(content.of_part(version, part)).decode()) for part in parts)
    return Record(version.subject, tuple(VisibleEntry(entry_id, text, updated_at=written) for entry_id, text in told))
