"""How an index presents itself: as its administrators declared it, or as the catalogue proposes."""

from __future__ import annotations

from typing import Any

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
    values = _distinct(index, [line.path for line in lines], audience)
    seen = [line for line in lines if values[line.path]]
    titles = [line.path for line in seen if line.strings and split(line.path)[-1].lower() in TITLE_KEYS - {"id"}]
    facets = [_one(line) for line in seen if _is_facet(line, values[line.path], index.num_entries)]
    summary = [_one(line) for line in seen if line.path not in titles[:1] and len(line.example) < 60]
    return Presentation(titles[0] if titles else "", tuple(summary[:MOST_SUMMARY]), tuple(facets[:MOST_FACETS]))


def _distinct(index: Index, paths: list[str], audience: Audience) -> dict[str, int]:
    facets = tuple(Distinct(name=path, path=path) for path in paths)
    results = ask(index, Query(limit=0, facets=facets, counts_total=False), audience).facets
    return {found.name: int(found.statistics.get("distinct") or 0) for found in results}


def _is_facet(line: Path, values: int, entries: int) -> bool:
    if line.dates or line.numbers > line.strings:
        return values > 1
    return 1 < values <= FEW_VALUES and values < max(line.entries, 2) and line.entries * 20 >= entries


def _one(line: Path) -> Shown:
    kind = Kind.DATE if line.dates * 2 > line.strings else Kind.NUMBER if line.numbers > line.strings else Kind.STRING
    key = split(line.path)[-1]
    return Shown(line.path, key.replace("_", " ").replace("-", " ").capitalize(), "", kind)
