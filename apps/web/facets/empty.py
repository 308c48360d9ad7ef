"""Facets that hold nothing for a visitor are not shown to them: no record that they may see has a value there.

A label without values would only say what records are about that are hidden. A facet that is empty in these results
alone stays in its place, and so does one of which something is chosen. Only facets that may be empty are asked about,
so that most pages ask nothing more.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from apps.search.forms.url_state import UrlState
from apps.search.types import AnyFacet, FacetResult, Kind, Statistics, Terms
from apps.web.facets.facet_list import Given, Place


def doubtful(
    places: Sequence[Place], state: UrlState, results: Sequence[FacetResult], given: Mapping[str, Given]
) -> tuple[Place, ...]:
    """Those without a value in the results, of which nothing is chosen."""
    filled = _filled(results)
    kept = {choice.path for choice in state.choices} | given.keys()
    return tuple(
        place for place in places if place.bins is None and place.anchor not in filled and place.path not in kept
    )


def is_settled(doubtful: Sequence[Place], state: UrlState) -> bool:
    """Whether the results are all that the visitor may see: what is empty in them is empty."""
    is_narrowed = state.text or state.choices or state.principal_sets
    return not (is_narrowed or any(place.contains(state) for place in doubtful))


def asks(doubtful: Sequence[Place]) -> list[AnyFacet]:
    """To be asked of everything."""
    return [_ask(place) for place in doubtful]


def _ask(place: Place) -> AnyFacet:
    if place.shown.kind in {Kind.NUMBER, Kind.DATE}:
        return Statistics(name=place.anchor, path=place.path, kind=place.shown.kind)
    return Terms(name=place.anchor, path=place.path, size=1)


def without(
    places: Sequence[Place], doubtful: Sequence[Place], results: Sequence[FacetResult] = ()
) -> tuple[Place, ...]:
    """The places but for the doubtful ones of which the answers to ``asks`` tell no value."""
    filled = _filled(results)
    return tuple(place for place in places if place not in doubtful or place.anchor in filled)


def _filled(results: Sequence[FacetResult]) -> set[str]:
    return {result.name for result in results if result.buckets or result.statistics.get("count")}
