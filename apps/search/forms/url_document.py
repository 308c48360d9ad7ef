"""What a search URL asks, as the query document that asks the same: to be copied into a script."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from apps.search import dates
from apps.search.forms.choices import Choice, How, clauses
from apps.search.forms.url_state import DEFAULT_LIMIT, FacetAsk, UrlState
from apps.search.types import And, Clause, Exists, Kind, Like, Match, Not, Or, Range

Document = dict[str, Any]  # JSON


def document(state: UrlState) -> Document:
    """A document of version ``query#1.0.0``. Its facets, too, are those of the URL."""
    faceted = {asked.path for asked in state.facets}
    loose = [chosen for chosen in state.choices if chosen.path in faceted and chosen.how is not How.ALL]
    parts: Document = {
        "q": state.text or "*",
        "advanced": state.is_advanced,
        "filters": _filters(chosen for chosen in state.choices if chosen not in loose),
        "post_facet_filters": _filters(loose),
        "facets": [_facet(asked, loose) for asked in state.facets],
        "sort": [{"field_name": each.path, "order": "desc" if each.is_descending else "asc"} for each in state.sort],
        "offset": state.offset,
        "limit": 0 if state.limit == DEFAULT_LIMIT else state.limit,
        "cursor": state.cursor,
        "fields": list(state.fields),
        "filter_principal_sets": list(state.principal_sets),
        "bypass_visible_to": state.sees_all,
        "highlight": state.highlights,
        "suggest": state.suggests,
        "explain": state.explains,
    }
    written = {"@version": "query#1.0.0", **{key: value for key, value in parts.items() if value}}
    return written if state.limit else {**written, "limit": 0}


def filter_of(clause: Clause) -> Document:
    """The filter that is read as this clause."""
    match clause:
        case Match(path, values):
            return {"type": "match_any", "field_name": path, "values": list(values)}
        case Exists(path):
            return {"type": "exists", "field_name": path}
        case Like(path, pattern):
            return {"type": "like", "field_name": path, "value": pattern}
        case Not(inner):
            return {"type": "not", "filter": filter_of(inner)}
        case And(several) | Or(several):
            kind = "and" if isinstance(clause, And) else "or"
            return {"type": kind, "filters": [filter_of(one) for one in several]}
        case Range():
            return {"type": "range", "field_name": clause.path, "values": [_ends(clause)]}
    raise TypeError(f"a URL chooses no {clause!r}")


def _filters(chosen: Iterable[Choice]) -> list[Document]:
    return [filter_of(clause) for clause in clauses(chosen)]


def _facet(asked: FacetAsk, loose: Sequence[Choice]) -> Document:
    """What was chosen in a facet does not narrow the facet itself, but the others."""
    others = _filters(chosen for chosen in loose if chosen.path != asked.path)
    written = {"name": asked.path, "type": "terms", "field_name": asked.path, "size": asked.size}
    return {**written, "additional_filters": others} if others else written


def _ends(asked: Range) -> Document:
    lower, upper = "gte" if asked.includes_lower else "gt", "lte" if asked.includes_upper else "lt"
    ends = {lower: asked.lower, upper: asked.upper}
    return {name: _end(end, asked.kind) for name, end in ends.items() if end is not None}


def _end(end: float, kind: Kind) -> float | str:
    if kind is not Kind.DATE:
        return end
    return dates.moment(int(end)).isoformat(timespec="milliseconds").replace("+00:00", "Z")
