"""The catalogue of an index, a page at a time: an index may have more paths than anybody reads."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import reduce
from itertools import combinations
from operator import or_

from django.db.models import Count, F, Q, QuerySet

from apps.access.services import Actor
from apps.search.models import Index, Path
from apps.search.services.indexes import require
from apps.search.types import Kind


class Only(StrEnum):
    """Which paths: those where kinds disagree, or those past the field budget."""

    ALL = ""
    CONFLICTS = "conflicts"
    BEYOND = "beyond"


@dataclass(frozen=True, slots=True)
class PathPage:
    """Some of the paths of an index, of ``found`` that were asked for; the counts are of the whole catalogue."""

    lines: tuple[Path, ...]
    found: int
    total: int
    conflicts: int
    beyond: int


_BASIC = ("strings", "numbers", "booleans", "points", "shapes")
_ORDERS = {"path": ("path",), "-path": ("-path",), "entries": ("entries", "path"), "-entries": ("-entries", "path")}
_TWO_KINDS = reduce(or_, (Q(**{f"{one}__gt": 0, f"{other}__gt": 0}) for one, other in combinations(_BASIC, 2)))
_SOME_ARE_NO_DATES = Q(dates__lt=F("strings"), dates__gt=F("strings") / 2)
_CONFLICTS = _TWO_KINDS | _SOME_ARE_NO_DATES
_ONLY = {Only.ALL: Q(), Only.CONFLICTS: _CONFLICTS, Only.BEYOND: Q(is_indexed=False)}


def paths_of(
    *,
    index: Index,
    actor: Actor,
    contains: str = "",
    only: Only = Only.ALL,
    order: str = "path",
    offset: int = 0,
    limit: int = 100,
) -> PathPage:
    """Paths that hold the text in their name, in an order of ``path`` or ``entries`` ("-" is descending).

    For writers: it names paths of entries that others may not see.
    """
    require(index=index, actor=actor, role="writer")
    every = Path.objects.filter(index=index, entries__gt=0)
    wanted = (
        every.filter(_ONLY[only], path__icontains=contains.replace("\0", "")) if contains else every.filter(_ONLY[only])
    )
    return _page(every, wanted.order_by(*_ORDERS.get(order, _ORDERS["path"])), offset, limit)


def _page(every: QuerySet[Path], wanted: QuerySet[Path], offset: int, limit: int) -> PathPage:
    counts = every.aggregate(
        total=Count("pk"), conflicts=Count("pk", filter=_CONFLICTS), beyond=Count("pk", filter=Q(is_indexed=False))
    )
    return PathPage(tuple(wanted[offset : offset + limit]), wanted.count(), **counts)


def clashing(line: Path) -> tuple[Kind, ...]:
    """The kinds that disagree at the path, the rarest first; the last is what most entries have there.

    Texts beside dates are a clash where most texts are dates: the others are then likely mistakes.
    """
    basic = {kind: getattr(line, counter) for kind, counter in Path.COUNTERS.items() if counter in _BASIC}
    found = {kind: entries for kind, entries in basic.items() if entries > 0}
    if line.dates * 2 > line.strings > line.dates:
        found[Kind.STRING] = line.strings - line.dates
        found[Kind.DATE] = line.dates
    return tuple(sorted(found, key=lambda kind: found[kind])) if len(found) > 1 else ()
