"""The records of a list, an answer at a time: those that everybody sees, and behind them the tombstones."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import islice

from apps.publish import services as publish
from apps.search import services as search
from apps.search.models import Index
from apps.search.services import Batch, Harvested, Mark, Span
from apps.search.types import Record

_TOMBSTONES = "tombstones"
"""In a mark, where else an index stands."""


def batch(indexes: Sequence[Index], span: Span, after: Mark | None, *, limit: int) -> Batch:
    """The records behind a mark. A record of no entries is a tombstone."""
    found: tuple[Harvested, ...] = ()
    if after is None or after[0] != _TOMBSTONES:
        living = search.harvest(indexes=indexes, span=span, after=after, limit=limit)
        if living.next:
            return living
        found, after = living.found, None
    graves = list(islice(_tombstones(indexes, span, after), limit - len(found) + 1))
    kept = graves[: limit - len(found)]
    found = (*found, *(withdrawn(one) for one in kept))
    return Batch(found, _mark(kept) if len(graves) > len(kept) else None)


def withdrawn(one: publish.Tombstone) -> Harvested:
    return Harvested(one.index, Record(one.subject, ()), one.withdrawn_at)


def _tombstones(indexes: Sequence[Index], span: Span, after: Mark | None) -> Iterator[publish.Tombstone]:
    behind = (datetime.fromisoformat(after[1]), after[2]) if after and after[1] else None
    return publish.tombstones(indexes=indexes, span=span, after=behind)


def _mark(kept: Sequence[publish.Tombstone]) -> Mark:
    """Before the first where none had room."""
    return (_TOMBSTONES, kept[-1].withdrawn_at.isoformat(), kept[-1].number) if kept else (_TOMBSTONES, "", 0)
