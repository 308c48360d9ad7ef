"""A path of the catalogue as a line of its table: its kinds, which of them clash, and where to find those records."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from apps.search import services as search
from apps.search.forms.choices import Choice, How
from apps.search.forms.url_state import UrlState
from apps.search.models import Index, Path
from apps.search.types import Kind
from apps.web import links
from apps.web.values import count

NAMES = {
    Kind.STRING: "text",
    Kind.NUMBER: "number",
    Kind.DATE: "date",
    Kind.BOOLEAN: "yes or no",
    Kind.POINT: "point",
    Kind.SHAPE: "shape",
}
_SIGN = re.compile(r"[^\w.\\]")
"""What Lucene's syntax might take for its own in the name of a field."""
_HOW_TO_FIND = {
    Kind.STRING: [(How.LIKE, "*")],
    Kind.NUMBER: [(How.RANGE, "-1.7e308--1.7e308")],
    Kind.DATE: [(How.RANGE, "0001-01-01--9999-12-31")],
    Kind.BOOLEAN: [(How.ANY, "true"), (How.ANY, "false")],
}


@dataclass(frozen=True, slots=True)
class KindCount:
    """In how many entries a kind stands at a path; ``url`` finds them where it is one of those that clash."""

    name: str
    count: str
    url: str = ""
    is_rare: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    path: str
    kinds: tuple[KindCount, ...]
    entries: str
    example: str
    is_indexed: bool
    is_facet: bool
    is_column: bool


def line(index: Index, line: Path, facets: set[str], columns: set[str], *, sees_all: bool) -> Line:
    return Line(
        path=line.path,
        kinds=tuple(_kinds(index, line, sees_all=sees_all)),
        entries=count(line.entries),
        example=line.example,
        is_indexed=line.is_indexed,
        is_facet=line.path in facets,
        is_column=line.path in columns,
    )


def _kinds(index: Index, line: Path, *, sees_all: bool) -> list[KindCount]:
    """Each kind with its count. Texts that are all dates are dates alone."""
    clash = search.clashing(line)
    found = {kind: getattr(line, counter) for kind, counter in Path.COUNTERS.items()}
    if line.dates == line.strings:
        found[Kind.STRING] = 0
    return [
        KindCount(
            name=NAMES[kind],
            count=count(n),
            url=_search_url(index, line, kind, sees_all=sees_all) if kind in clash and line.is_indexed else "",
            is_rare=kind in clash[:-1],
        )
        for kind, n in sorted(found.items(), key=lambda pair: -pair[1])
        if n > 0
    ]


def _search_url(index: Index, line: Path, kind: Kind, *, sees_all: bool) -> str:
    """A search for the records that have this kind at the path; of points and shapes a link can ask nothing."""
    choices = tuple(Choice(line.path, how, value) for how, value in _HOW_TO_FIND.get(kind, []))
    state = UrlState(choices=choices, sees_all=sees_all)
    if kind is Kind.STRING and Kind.DATE in search.clashing(line):
        name = _SIGN.sub(r"\\\g<0>", line.path)
        state = replace(state, text=f"NOT {name}:[0001-01-01 TO 9999-12-31]", is_advanced=True)
    return links.index_url(index.slug, state.query_string()) if choices else ""
