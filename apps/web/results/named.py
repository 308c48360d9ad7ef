"""What an index declares is named to those for whom it holds something: a record that they may see has a value there.

A label of other paths would only say what hidden records are about. What is empty in these results alone stays in its
place, and so does a facet of which something is chosen.
"""

from __future__ import annotations

from dataclasses import replace

from apps.search import services as search
from apps.search.types import Presentation, ShownFacet
from apps.web.results.visit import Visit


def for_visitor(visit: Visit) -> Presentation:
    """The presentation, with the rows that the visitor may be told of. Proposals are made of what they see."""
    declared = visit.presentation
    if not visit.index.presentation:
        return declared
    held = _held(visit)
    return replace(
        declared,
        facets=facets(visit),
        summary=tuple(one for one in declared.summary if one.path in held),
        columns=tuple(one for one in declared.columns if one.path in held),
        charts=tuple(one for one in declared.charts if {one.path, one.across or one.path} <= held),
        sorts=tuple(one for one in declared.sorts if one.path in held),
    )


def facets(visit: Visit) -> tuple[ShownFacet, ...]:
    """Those that hold something, or of which something is chosen or typed, and so must be there to be taken back."""
    typed = {field.partition(".")[2] for field in visit.messages}
    kept = _held(visit) | {choice.path for choice in visit.state.choices} | typed
    return tuple(facet for facet in visit.presentation.facets if facet.path in kept)


def _held(visit: Visit) -> frozenset[str]:
    shown = visit.presentation
    paths = {
        one.path for rows in (shown.facets, shown.summary, shown.columns, shown.charts, shown.sorts) for one in rows
    }
    paths |= {chart.across for chart in shown.charts if chart.across}
    return search.held(index=visit.index, actor=visit.actor, paths=frozenset(paths), sees_all=visit.state.sees_all)
