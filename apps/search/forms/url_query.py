"""What a search URL asks: OR inside a facet, AND across facets, and no facet shrinks by what was chosen in it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from apps.search.forms import advanced, simple
from apps.search.forms.choices import Choice, How, clauses
from apps.search.forms.url_state import UrlState
from apps.search.types import AnyFacet, FacetShape, FacetType, Query, Request, Terms


def request(state: UrlState) -> Request:
    """The question of a URL, with the facets that it names.

    Raises:
        InvalidQuery: an advanced text that is not Lucene syntax.
    """
    facets = [Terms(name=asked.path, path=asked.path, size=asked.size) for asked in state.facets]
    return Request(
        query=page_query(state, facets),
        shapes=tuple(FacetShape(FacetType.TERMS) for _ in facets),
        sees_all=state.sees_all,
        principal_sets=state.principal_sets,
        fields=state.fields,
        highlights=state.highlights,
        suggests=state.suggests,
        cursor=state.cursor,
    )


def page_query(state: UrlState, facets: Sequence[AnyFacet]) -> Query:
    """The question of a URL with a page's own facets.

    A choice narrows the hits, and every facet but those of its own path. Choices that no facet is free of are plain
    filters, which engines answer faster: those of a path without a facet, and those of which each must hold (``ALL``),
    because another of them finds only what the first left.

    Raises:
        InvalidQuery: an advanced text that is not Lucene syntax.
    """
    text = (advanced.read if state.is_advanced else simple.read)(state.text)
    faceted = {facet.path for facet in facets if facet.path}
    loose = [chosen for chosen in state.choices if chosen.path in faceted and chosen.how is not How.ALL]
    return Query(
        text=text.clause,
        words=text.words,
        filters=clauses(chosen for chosen in state.choices if chosen not in loose),
        post_filters=clauses(loose),
        facets=tuple(_narrowed(facet, loose) for facet in facets),
        sort=state.sort,
        offset=state.offset,
        limit=state.limit,
        explains=state.explains,
    )


def _narrowed(facet: AnyFacet, choices: Sequence[Choice]) -> AnyFacet:
    others = clauses(chosen for chosen in choices if chosen.path != facet.path)
    return replace(facet, filters=facet.filters + others)
