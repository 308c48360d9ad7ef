"""What the answer to a query is, worked out one view at a time, in plain Python: what the engines are compared with.

Without a sort the hits come in order of subject, because only engines have scores. ``matching`` knows clauses,
``counting`` facets. Percentiles and ``Distinct`` are exact here; engines come near.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from apps.search.types import Audience, Hit, Kind, Query, Results, Sort, Store, ViewDocument
from tests.search.counting import count
from tests.search.matching import matches, values

STEMMED = Store("any", 1, depth=3)
ORDER_OF_KINDS = (Kind.NUMBER, Kind.DATE, Kind.STRING, Kind.BOOLEAN)


def answer(views: Iterable[ViewDocument], query: Query, audience: Audience, store: Store = STEMMED) -> Results:
    seen = [view for view in views if is_seen(view, audience, store)]
    matching = [view for view in seen if all(matches(view, clause, store) for clause in (query.text, *query.filters))]
    hits = [view for view in matching if all(matches(view, clause, store) for clause in query.post_filters)]
    subjects = [view.subject for view in ordered(hits, query.sort)]
    start = subjects.index(query.after[0]) + 1 if query.after else query.offset
    return Results(
        total=len(hits) if query.counts_total else -1,
        hits=tuple(Hit(subject, 0.0, (subject,)) for subject in subjects[start : start + query.limit]),
        facets=tuple(
            count(facet, [view for view in matching if all(matches(view, clause, store) for clause in facet.filters)])
            for facet in query.facets
        ),
    )


def is_seen(view: ViewDocument, audience: Audience, store: Store) -> bool:
    if audience.principals is None:
        return view.is_whole
    if view.acl:
        return audience.sees(frozenset(view.acl))
    return (
        0 < len(view.required) <= store.depth
        and all(audience.sees(frozenset(principals)) for principals in view.required)
        and not audience.sees(frozenset(view.denied))
    )


def ordered(views: list[ViewDocument], sorts: Sequence[Sort]) -> list[ViewDocument]:
    """Sorted once for each thing that orders them, what counts most last; each pass leaves equals as they were."""
    views = sorted(views, key=lambda view: view.subject)
    for sort in reversed(sorts):
        extreme = max if sort.is_descending else min
        groups: dict[Kind | None, list[ViewDocument]] = {kind: [] for kind in (*ORDER_OF_KINDS, None)}
        for view in views:
            groups[_first_kind(view, sort.path)].append(view)
        views = groups.pop(None)
        for kind, group in reversed(groups.items()):
            group.sort(key=lambda view: extreme(values(view, sort.path, kind)), reverse=sort.is_descending)
            views = group + views
    return views


def _first_kind(view: ViewDocument, path: str) -> Kind | None:
    return next((kind for kind in ORDER_OF_KINDS if values(view, path, kind)), None)
