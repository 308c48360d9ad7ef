"""What was written in an index since somebody looked, in the order in which it was written."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from django.db.models import Min, Q

from apps.access.services import Actor
from apps.search.models import Entry, Index, Task
from apps.search.services.finding import export
from apps.search.types import Record, Request, SubjectIn

Written = tuple[datetime, int]
"""When an entry was written, and its number."""
UNFINISHED = (Task.State.CREATING, Task.State.PENDING, Task.State.PROGRESS)


@dataclass(frozen=True, slots=True)
class Followed:
    """``subjects`` of which something was written, whoever may see it; ``last`` is where to go on, None for nothing."""

    subjects: tuple[str, ...]
    last: Written | None


def follow(*, index: Index, after: Written, most: int) -> Followed:
    """The next entries that were written, and can be found: those of a task that goes on come when it has ended, since
    the engine may not have them before."""
    when, number = after
    rows = Entry.objects.filter(index=index, updated_at__gte=when).filter(Q(updated_at__gt=when) | Q(id__gt=number))
    begun = Task.objects.filter(index=index, state__in=UNFINISHED).aggregate(first=Min("created_at"))["first"]
    if begun is not None:
        rows = rows.filter(updated_at__lt=begun)
    found = list(rows.order_by("updated_at", "id").values_list("subject", "updated_at", "id")[:most])
    last = (found[-1][1], found[-1][2]) if found else None
    return Followed(tuple(dict.fromkeys(subject for subject, _when, _number in found)), last)


def answering(*, index: Index, request: Request, subjects: Sequence[str], actor: Actor) -> list[Record]:
    """Those of the subjects that answer the question, as the actor sees them now."""
    if not subjects:
        return []
    among = SubjectIn(tuple(sorted(subjects)))
    asked = replace(request, query=replace(request.query, filters=(*request.query.filters, among)))
    return list(export(index=index, request=asked, actor=actor))
