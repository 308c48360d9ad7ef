"""What was withdrawn of what everybody saw, for harvesters that have it still."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth.models import AnonymousUser
from django.db.models import Exists, OuterRef, Q, QuerySet

from apps.publish.models import Version
from apps.publish.services.versions import parts_for
from apps.search import services as search
from apps.search.models import Index

CHUNK = 100
_LONG = ("content", "before_json", "files_json", "undo_json")
Mark = tuple[datetime, int]
"""When one was withdrawn, and its number."""


@dataclass(frozen=True, slots=True)
class Tombstone:
    """``number`` tells apart what was withdrawn at one instant."""

    index: Index
    subject: str
    withdrawn_at: datetime
    number: int


def tombstones(*, indexes: Iterable[Index], span: search.Span, after: Mark | None) -> Iterator[Tombstone]:
    """Those of the indexes, the first withdrawn first; behind a mark, if told."""
    rows = _withdrawn().filter(index__in=list(indexes))
    if span.since:
        rows = rows.filter(withdrawn_at__gte=span.since)
    if span.until:
        rows = rows.filter(withdrawn_at__lt=span.until)
    while chunk := list(rows.filter(_behind(after))[:CHUNK]):
        yield from _tombstones(chunk)
        after = _mark(chunk[-1])


def tombstone(*, index: Index, subject: str) -> Tombstone | None:
    """That of one record; None where everybody sees the record, or never did."""
    return next(_tombstones(_withdrawn().filter(index=index, subject=subject)), None)


def _withdrawn() -> QuerySet[Version]:
    """Of several versions of one submission the newest, which alone was in the index."""
    same = Version.objects.filter(submission_id=OuterRef("submission_id")).exclude(state=Version.State.COMING)
    newest = ~Exists(same.filter(number__gt=OuterRef("number")))
    rows = Version.objects.filter(newest, state=Version.State.WITHDRAWN).select_related("index").defer(*_LONG)
    return rows.order_by("withdrawn_at", "pk")


def _mark(version: Version) -> Mark | None:
    return (version.withdrawn_at, version.pk) if version.withdrawn_at else None


def _behind(after: Mark | None) -> Q:
    return Q(withdrawn_at__gt=after[0]) | Q(withdrawn_at=after[0], pk__gt=after[1]) if after else Q()


def _tombstones(versions: Iterable[Version]) -> Iterator[Tombstone]:
    """Of those that everybody saw, and that are not in their index again."""
    graves = list(filter(None, map(_tombstone, versions)))
    indexes = dict.fromkeys(one.index for one in graves)
    living = {
        index: search.public_among(index=index, subjects=(one.subject for one in graves if one.index == index))
        for index in indexes
    }
    return (one for one in graves if one.subject not in living[one.index])


def _tombstone(version: Version) -> Tombstone | None:
    if version.index is None or version.withdrawn_at is None or not parts_for(version, AnonymousUser()):
        return None
    return Tombstone(version.index, version.subject, version.withdrawn_at, version.pk)
