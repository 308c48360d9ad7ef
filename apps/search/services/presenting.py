"""How an index presents itself: as its administrators declared it, or as what it holds proposes."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from itertools import islice
from typing import Any, NamedTuple
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from apps.access import services as access
from apps.access.services import Actor
from apps.accounts import services as accounts
from apps.accounts.models import User
from apps.search import presentation as presentations
from apps.search.errors import PresentationChanged
from apps.search.models import Index, Path, PresentationVersion
from apps.search.paths import split
from apps.search.presentation import label_of
from apps.search.projection import TITLE_KEYS
from apps.search.services.asking import ask
from apps.search.services.indexes import require
from apps.search.types import (
    AnyFacet,
    Audience,
    Chart,
    ChartType,
    Distinct,
    FacetResult,
    Kind,
    Presentation,
    Query,
    Shown,
    ShownFacet,
    ShownSort,
    Terms,
)

MOST_FACETS = 8
MOST_SUMMARY = 6
MOST_CHARTS = 3
MOST_CANDIDATES = 60
MOST_COMMON = 10
RECURS = 0.3
"""Of the records that have a path: in this part of them stands one of the commonest values, or each value recurs."""
MOST_NOTE = 200


def presentation(*, index: Index, actor: Actor, summary: tuple[Shown, ...] = ()) -> Presentation:
    """What is declared; what is not is proposed: from the paths that the actor sees values of, and from the rest. Who
    knows better what a record is known by proposes a ``summary``."""
    return completed(index, index.presentation, actor, summary)


def declared(*, index: Index) -> Presentation:
    """What is declared, and no more."""
    return presentations.read(index.presentation)


def completed(index: Index, declared: dict[str, Any], actor: Actor, better: tuple[Shown, ...] = ()) -> Presentation:
    """A document without faults, and proposals where it leaves a part to them."""
    told = presentations.read(declared)
    if "title" not in declared or any(presentations.is_left_open(declared, part) for part in ("summary", "facets")):
        proposed = _found(index.pk, _state(index), access.principals_of(actor))
        elsewhere = {told.title, told.thumbnail}
        summary = tuple(one for one in better or proposed.summary if one.path not in elsewhere)
        told = replace(
            told,
            title=told.title or proposed.title,
            summary=presentations.filled(told.summary, declared, "summary", summary),
            facets=presentations.filled(told.facets, declared, "facets", proposed.facets),
        )
    return _with_following(told, declared)


def proposal(*, index: Index, actor: Actor) -> Presentation:
    """What would be shown if nothing were declared."""
    return _with_following(_found(index.pk, _state(index), access.principals_of(actor)), {})


def present(
    *, index: Index, actor: User, document: object, note: str = "", after: int | None = None
) -> PresentationVersion:
    """Declare how the index presents itself; what was declared before stays in its history. For admins.

    ``after`` is the number of the version that the author had before them (0: there was none).

    Raises:
        InvalidDocument: see ``presentation.check``.
        PresentationChanged: somebody declared another one after ``after``.
    """
    require(index=index, actor=actor, role="admin", is_open=True)
    checked = presentations.check(document)
    with transaction.atomic():
        held = Index.objects.select_for_update().get(pk=index.pk)
        last = PresentationVersion.objects.filter(index=index).order_by("-number").first()
        number = last.number if last else 0
        if after is not None and after != number:
            raise PresentationChanged
        if last is None and held.presentation:
            number = 1
            _keep_first(held)
        made = PresentationVersion.objects.create(
            index=index,
            number=number + 1,
            document=checked,
            note=note.replace("\0", "")[:MOST_NOTE],
            made_by=actor.get_full_name(),
            made_at=timezone.now(),
        )
        index.presentation = checked
        index.save(update_fields=["presentation"])
        accounts.record(
            "index.presented", kind="index", id=index.pk, name=index.display_name, actor=actor, version=made.number
        )
    return made


def _keep_first(index: Index) -> None:
    """What the index was made with: it was declared too, and one may want to go back to it."""
    PresentationVersion.objects.create(
        index=index, number=1, document=index.presentation, note="As the index was made", made_at=index.created_at
    )


def presentation_history(*, index: Index, actor: Actor) -> list[PresentationVersion]:
    """All that was ever declared, the newest first. For admins."""
    require(index=index, actor=actor, role="admin")
    return list(PresentationVersion.objects.filter(index=index).order_by("-number"))


def catalogue(*, index: Index, actor: Actor) -> list[Path]:
    """Every path of the index, by name. For writers: it names paths of entries that others may not see."""
    require(index=index, actor=actor, role="writer")
    return list(Path.objects.filter(index=index, entries__gt=0).order_by("path"))


# --- proposals -----------------------------------------------------------------------------------------------------


def _state(index: Index) -> tuple[Any, ...]:
    return (index.generation, index.version, index.changed_at)


@lru_cache(maxsize=1000)
def _found(index_id: UUID, _as_of: tuple[Any, ...], principals: frozenset[str]) -> Presentation:
    """Title, summary and facets for these principals as of a state: each round of writes begins another one.

    These can only be found by looking at records; the other parts follow from them.
    """
    index = Index.objects.get(pk=index_id)
    lines = list(
        Path.objects.filter(index=index, entries__gt=0, is_indexed=True).order_by("-entries", "path")[:MOST_CANDIDATES]
    )
    total, counts = _counts(index, [line.path for line in lines], Audience(principals))
    seen = sorted((line for line in lines if counts[line.path].values), key=lambda one: -counts[one.path].subjects)
    named = [line for line in seen if line.strings and split(line.path)[-1].lower() in TITLE_KEYS - {"id"}]
    titles = [line.path for line in sorted(named, key=lambda one: (-counts[one.path].subjects, *_likely(one.path)))]
    worth = {line.path: _worth(line, counts[line.path], total) for line in seen}
    best = sorted((line for line in seen if worth[line.path]), key=lambda one: -worth[one.path])
    facets = (_facet(shown(line)) for line in best)
    summary = (shown(line) for line in seen if line.path not in titles[:1] and len(line.example) < 60)
    return Presentation(
        title=titles[0] if titles else "",
        summary=tuple(islice(summary, MOST_SUMMARY)),
        facets=tuple(islice(facets, MOST_FACETS)),
    )


def _likely(path: str) -> tuple[bool, int]:
    """Of two paths in as many records the likelier title comes first: a name may be that of a part deep within."""
    keys = split(path)
    return keys[-1].lower() != "title", len(keys)


def _with_following(told: Presentation, declared: presentations.Document) -> Presentation:
    """With the parts that follow from others, where they are left to proposals."""
    sorts = _sorts(told.title, (*told.facets, *told.summary))
    return replace(
        told,
        columns=presentations.filled(told.columns, declared, "columns", told.summary),
        charts=presentations.filled(told.charts, declared, "charts", _charts(told.facets)),
        sorts=presentations.filled(told.sorts, declared, "sorts", sorts),
    )


class _Count(NamedTuple):
    """Of a path: how many subjects that someone sees have it, how many different values, and in how many of them the
    commonest values stand, added up.
    """

    subjects: int
    values: int
    common: int


def _counts(index: Index, paths: list[str], audience: Audience) -> tuple[int, dict[str, _Count]]:
    """How many subjects the audience sees, and the count of each path; the catalogue's own are of hidden ones too."""
    facets: list[AnyFacet] = [Distinct(name=path, path=path) for path in paths]
    facets += [Terms(name=f"top {path}", path=path, size=MOST_COMMON) for path in paths]
    found = ask(index, Query(limit=0, facets=tuple(facets)), audience)
    named = {one.name: one for one in found.facets}
    return found.total, {path: _count(named[path], named[f"top {path}"]) for path in paths}


def _count(distinct: FacetResult, top: FacetResult) -> _Count:
    numbers = distinct.statistics
    common = sum(bucket.count for bucket in top.buckets)
    return _Count(int(numbers.get("documents") or 0), int(numbers.get("distinct") or 0), common)


def _worth(line: Path, count: _Count, total: int) -> float:
    """How well a path parts the records, from 0 (no facet) to 1: how many have it, and how far values recur in them.

    Of words either a few values stand in many records, or each of them in several.
    """
    has_it = count.subjects / max(total, 1)
    if count.values < 2 or has_it < 0.05:
        return 0.0
    if line.dates * 2 > line.strings or line.numbers > line.strings:
        return has_it
    recurs = max(min(1.0, count.common / count.subjects), 1 - count.values / count.subjects)
    is_told_apart = count.common > min(count.values, MOST_COMMON) and recurs >= RECURS
    return has_it * recurs if is_told_apart else 0.0


def _facet(one: Shown) -> ShownFacet:
    return ShownFacet(one.path, one.label, one.unit, one.kind)


def _charts(facets: tuple[ShownFacet, ...]) -> tuple[Chart, ...]:
    """One of each type as far as there are any: when, how much, what; then more of what there is."""
    types = {Kind.DATE: ChartType.YEARS, Kind.NUMBER: ChartType.HISTOGRAM}
    all_ = [Chart(types.get(facet.kind, ChartType.BARS), facet.path, facet.label) for facet in facets]
    first = {chart.type: chart for chart in reversed(all_)}.values()
    return tuple([chart for chart in all_ if chart in first] + [chart for chart in all_ if chart not in first])[
        :MOST_CHARTS
    ]


def _sorts(title: str, parts: tuple[Shown, ...]) -> tuple[ShownSort, ...]:
    """By the title, and both ways by each number and date."""
    found = [ShownSort(title, "Title, A to Z", is_descending=False)] if title else []
    for one in {one.path: one for one in parts if one.kind in (Kind.NUMBER, Kind.DATE)}.values():
        down, up = ("newest", "oldest") if one.kind is Kind.DATE else ("highest", "lowest")
        found += [
            ShownSort(one.path, f"{one.label}, {down} first"),
            ShownSort(one.path, f"{one.label}, {up} first", is_descending=False),
        ]
    return tuple(found)


def shown(line: Path) -> Shown:
    """A path as it is shown where nobody said how."""
    kind = Kind.DATE if line.dates * 2 > line.strings else Kind.NUMBER if line.numbers > line.strings else Kind.STRING
    return Shown(line.path, label_of(line.path), "", kind)
