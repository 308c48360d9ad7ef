"""How an index presents itself: as its administrators declared it, or as the catalogue proposes."""

from __future__ import annotations

from typing import Any, NamedTuple

from apps.access import services as access
from apps.access.services import Actor
from apps.search.models import Index, Path
from apps.search.paths import split
from apps.search.projection import TITLE_KEYS
from apps.search.services.asking import ask
from apps.search.services.indexes import require
from apps.search.types import Audience, Distinct, Kind, Presentation, Query, Shown

MOST_FACETS = 8
MOST_SUMMARY = 6
MOST_CANDIDATES = 60
FEW_VALUES = 200


def presentation(*, index: Index, actor: Actor) -> Presentation:
    """What is declared; what is not is proposed from the paths that the actor sees values of."""
    declared = index.presentation
    if all(part in declared for part in ("title", "summary", "facets")):
        return Presentation(declared["title"], _shown(declared["summary"]), _shown(declared["facets"]))
    proposed = _proposed(index, Audience(access.principals_of(actor)))
    return Presentation(
        title=declared.get("title", proposed.title),
        summary=_shown(declared["summary"]) if "summary" in declared else proposed.summary,
        facets=_shown(declared["facets"]) if "facets" in declared else proposed.facets,
    )


def catalogue(*, index: Index, actor: Actor) -> list[Path]:
    """Every path of the index, by name. For writers: it names paths of entries that others may not see."""
    require(index=index, actor=actor, role="writer")
    return list(Path.objects.filter(index=index, entries__gt=0).order_by("path"))


def _shown(rows: list[dict[str, Any]]) -> tuple[Shown, ...]:
    return tuple(Shown(row["path"], row["label"], row.get("unit", ""), Kind(row.get("kind", "string"))) for row in rows)


def _proposed(index: Index, audience: Audience) -> Presentation:
    lines = list(
        Path.objects.filter(index=index, entries__gt=0, is_indexed=True).order_by("-entries", "path")[:MOST_CANDIDATES]
    )
    total, counts = _counts(index, [line.path for line in lines], audience)
    seen = sorted((line for line in lines if counts[line.path].values), key=lambda one: -counts[one.path].subjects)
    titles = [line.path for line in seen if line.strings and split(line.path)[-1].lower() in TITLE_KEYS - {"id"}]
    facets = [_one(line) for line in seen if _is_facet(line, counts[line.path], total)]
    summary = [_one(line) for line in seen if line.path not in titles[:1] and len(line.example) < 60]
    return Presentation(titles[0] if titles else "", tuple(summary[:MOST_SUMMARY]), tuple(facets[:MOST_FACETS]))


class _Count(NamedTuple):
    """How many subjects that someone sees have a path, and how many different values."""

    subjects: int
    values: int


def _counts(index: Index, paths: list[str], audience: Audience) -> tuple[int, dict[str, _Count]]:
    """How many subjects the audience sees, and the count of each path; the catalogue's own are of hidden ones too."""
    facets = tuple(Distinct(name=path, path=path) for path in paths)
    found = ask(index, Query(limit=0, facets=facets), audience)
    counts = {
        one.name: _Count(int(one.statistics.get("documents") or 0), int(one.statistics.get("distinct") or 0))
        for one in found.facets
    }
    return found.total, counts


def _is_facet(line: Path, count: _Count, total: int) -> bool:
    if line.dates or line.numbers > line.strings:
        return count.values > 1
    return 1 < count.values <= FEW_VALUES and count.values < max(count.subjects, 2) and count.subjects * 20 >= total


def _one(line: Path) -> Shown:
    kind = Kind.DATE if line.dates * 2 > line.strings else Kind.NUMBER if line.numbers > line.strings else Kind.STRING
    key = split(line.path)[-1]
    return Shown(line.path, key.replace("_", " ").replace("-", " ").capitalize(), "", kind)
