"""What a page asks of search: its address as a question, with the page's facets and the index's boosts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from apps.search.forms import url_query
from apps.search.forms.url_state import UrlState
from apps.search.types import AnyFacet, Presentation, Request


def question(state: UrlState, presentation: Presentation, facets: Sequence[AnyFacet] = ()) -> Request:
    """The one way from an address to its question; no page shows how scores came about, so none asks for it.

    Raises:
        Invalid: the question cannot be asked so.
    """
    return Request(
        query=replace(url_query.page_query(state, facets), boosts=presentation.boosts, explains=False),
        sees_all=state.sees_all,
        principal_sets=state.principal_sets,
        cursor=state.cursor,
    )
