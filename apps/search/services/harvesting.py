"""What everybody may see, for programs that come again: by when it was written, whichever index it is of.

All of it is told as to nobody: the order comes from the column ``is_public``, what is told from the entries that an
unknown visitor sees. What is hidden, or hidden later, has no place in it. Engines are not asked, but for ``newest`` of
a question.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth.models import AnonymousUser
from django.db.models import Min, Q, QuerySet

from apps.search.models import Entry, Index
from apps.search.services.finding import records
from apps.search.services.following import answering
from apps.search.services.indexes import open_indexes
from apps.search.types import Record, Request

CHUNK = 500
MOST_LOOKED_AT = 5000
"""Of the newest records, for those that answer a question."""
Mark = tuple[str, str, int]
"""Where a walk has come to: the index, when the last entry was written, and its number."""
Row = tuple[str, datetime, int]


@dataclass(frozen=True, slots=True)
class Harvested:
    """A record as nobody sees it; ``written`` is when something of that was last written."""

    index: Index
    record: Record
    written: datetime


@dataclass(frozen=True, slots=True)
class Span:
    """When a record was written: from ``since`` on, and before ``until``."""

    since: datetime | None = None
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Batch:
    """``next`` is where to go on; None behind the last."""

    found: tuple[Harvested, ...]
    next: Mark | None = None


def public_indexes() -> list[Index]:
    """Those that nobody in particular may see, in an order that stays."""
    return sorted((index for index, _ in open_indexes(actor=AnonymousUser())), key=lambda index: str(index.pk))


def harvest(*, indexes: Iterable[Index], span: Span, after: Mark | None, limit: int) -> Batch:
    """The next records behind a mark, index by index, the first written first. A subject comes once: at its newest."""
    heads: list[tuple[Index, Row]] = []
    for index in indexes:
        if after and str(index.pk) < after[0]:
            continue
        behind = after if after and str(index.pk) == after[0] else None
        for row in _heads(index, span, behind):
            heads.append((index, row))
            if len(heads) > limit:
                return Batch(tuple(_harvested(heads[:limit])), _mark(*heads[limit - 1]))
    return Batch(tuple(_harvested(heads)))


def harvested(*, index: Index, subject: str) -> Harvested | None:
    """One record, or None where nobody sees it."""
    row = _public(index).filter(subject=subject).order_by("-updated_at", "-id").values_list(*_ROW).first()
    return next(_harvested([(index, row)]), None) if row else None


def public_among(*, index: Index, subjects: Iterable[str]) -> set[str]:
    """Those of these subjects of which everybody sees something."""
    return set(_public(index).filter(subject__in=list(subjects)).values_list("subject", flat=True))


def earliest() -> datetime | None:
    """When the oldest of what everybody sees was written."""
    firsts = (_public(index).aggregate(first=Min("updated_at"))["first"] for index in public_indexes())
    return min((first for first in firsts if first), default=None)


def count_public(index: Index) -> int:
    """How many entries of it everybody sees: no fewer than subjects."""
    return _public(index).count()


def public_subjects(index: Index, *, start: int, size: int) -> Iterator[tuple[str, datetime]]:
    """A slice of what everybody sees, the first written first; a subject of several entries may come several times."""
    rows = _public(index).order_by("updated_at", "id").values_list("subject", "updated_at")
    return rows[start : start + size].iterator()


def newest(*, index: Index, request: Request | None, limit: int) -> list[Harvested]:
    """The newest records that everybody sees; with a question, those of the newest few thousand that answer it."""
    found: list[tuple[Index, Row]] = []
    after: Row | None = None
    for _ in range(MOST_LOOKED_AT // CHUNK):
        rows = _public(index).order_by("-updated_at", "-id").values_list(*_ROW)
        before = Q(updated_at__lt=after[1]) | Q(updated_at=after[1], id__lt=after[2]) if after else Q()
        chunk = list(rows.filter(before)[: CHUNK if request else limit])
        found += [(index, row) for row in _answering(index, _newest_of(index, chunk), request)]
        if len(found) >= limit or len(chunk) < CHUNK:
            break
        after = chunk[-1]
    return list(_harvested(found[:limit]))


_ROW = ("subject", "updated_at", "id")


def _public(index: Index) -> QuerySet[Entry]:
    return Entry.objects.filter(index=index, is_public=True)


def _heads(index: Index, span: Span, after: Mark | None) -> Iterator[Row]:
    rows = _public(index).order_by("updated_at", "id").values_list(*_ROW)
    if span.since:
        rows = rows.filter(updated_at__gte=span.since)
    if span.until:
        rows = rows.filter(updated_at__lt=span.until)
    behind = _behind(datetime.fromisoformat(after[1]), after[2]) if after else Q()
    while chunk := list(rows.filter(behind)[:CHUNK]):
        yield from _newest_of(index, chunk)
        behind = _behind(chunk[-1][1], chunk[-1][2])


def _behind(written: datetime, number: int) -> Q:
    """``updated_at`` alone is what the database finds the place by."""
    return Q(updated_at__gte=written) & (Q(updated_at__gt=written) | Q(id__gt=number))


def _newest_of(index: Index, rows: Sequence[Row]) -> list[Row]:
    """Those rows that are the newest of their subject."""
    newest: dict[str, tuple[datetime, int]] = {}
    for subject, written, number in _public(index).filter(subject__in={row[0] for row in rows}).values_list(*_ROW):
        newest[subject] = max(newest.get(subject, (written, number)), (written, number))
    return [row for row in rows if newest.get(row[0]) == (row[1], row[2])]


def _answering(index: Index, rows: Sequence[Row], request: Request | None) -> list[Row]:
    if request is None or not rows:
        return list(rows)
    found = answering(index=index, request=request, subjects=[row[0] for row in rows], actor=AnonymousUser())
    answers = {record.subject for record in found}
    return [row for row in rows if row[0] in answers]


def _harvested(heads: Sequence[tuple[Index, Row]]) -> Iterator[Harvested]:
    """What was hidden a moment ago is left out."""
    seen: dict[Index, dict[str, Record]] = {}
    for index in dict.fromkeys(index for index, _ in heads):
        subjects = [row[0] for of, row in heads if of == index]
        seen[index] = records(index=index, subjects=subjects, actor=AnonymousUser())
    for index, (subject, written, _) in heads:
        if record := seen[index].get(subject):
            yield Harvested(index, record, written)


def _mark(index: Index, row: Row) -> Mark:
    return str(index.pk), row[1].isoformat(), row[2]
