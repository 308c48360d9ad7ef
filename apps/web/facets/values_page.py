"""All values of one facet, a page at a time, with a search inside them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from django.utils.safestring import SafeString

from apps.search.forms.url_state import UrlState
from apps.search.types import (
    AnyFacet,
    DateHistogram,
    FacetResult,
    Interval,
    Kind,
    Presentation,
    Shown,
    ShownFacet,
    Terms,
)
from apps.web import links, markup
from apps.web.context import Link
from apps.web.facets import calendars, facet_list
from apps.web.facets.facet import Option
from apps.web.facets.facet_list import CONTAINS, Place
from apps.web.results import chips
from apps.web.results.pager import number_in

SIZE = 100
MOST_PAGES = 100
PAGE = "facet-page"
ORDER = "facet-order"
BY_VALUE, BY_COUNT = "value", "count"
_OWN = frozenset({CONTAINS, PAGE, ORDER})


@dataclass(frozen=True, slots=True)
class Asked:
    """Which values are asked for. ``state`` is the search that they are counted in, without these questions."""

    place: Place
    state: UrlState
    contains: str
    number: int
    is_by_value: bool = False


@dataclass(frozen=True, slots=True)
class ValuesPage:
    label: str
    url: str
    back_url: str
    options: tuple[Option, ...]
    contains: str
    contains_name: str
    search_hidden: tuple[tuple[str, str], ...]
    apply_hidden: tuple[tuple[str, str], ...]
    previous_url: str
    next_url: str
    order: Link | None

    @property
    def options_html(self) -> SafeString:
        return markup.options(self.options)


def read(state: UrlState, presentation: Presentation) -> Asked:
    path = state.facets[0].path
    shown = presentation.known.get(path) or Shown(path, chips.name_of(path, None))
    if not isinstance(shown, ShownFacet):
        shown = ShownFacet(path, shown.label, shown.unit, shown.kind)
    own = dict(state.others)
    return Asked(
        place=Place(shown, "value"),
        state=replace(state.at_page(1), others=tuple(pair for pair in state.others if pair[0] not in _OWN)),
        contains=own.get(CONTAINS, "")[:200],
        number=number_in(own.get(PAGE, ""), most=MOST_PAGES),
        is_by_value=own.get(ORDER, _usual(shown)) == BY_VALUE,
    )


def asks(asked: Asked) -> list[AnyFacet]:
    """One more value than a page holds is not needed: the answer says whether there are more."""
    path = asked.place.path
    if asked.place.shown.kind is Kind.DATE:
        return [DateHistogram(name="values", path=path, interval=Interval.YEAR)]
    offset = (asked.number - 1) * SIZE
    terms = Terms(
        name="values", path=path, size=SIZE, offset=offset, contains=asked.contains, by_value=asked.is_by_value
    )
    return [terms, *facet_list.counts_of_picked(asked.place, asked.state)]


def build(asked: Asked, results: tuple[FacetResult, ...], *, slug: str) -> ValuesPage:
    found = {result.name: result for result in results}
    options, has_more = _options(asked, found, slug)
    state = asked.state
    here = [*state.parameters(), *_order(asked)]
    ticked = {(option.name, option.value) for option in options}
    back = replace(state, facets=())
    return ValuesPage(
        label=asked.place.shown.label,
        url=links.index_url(slug),
        back_url=links.index_url(slug, back.query_string()),
        options=options,
        contains=asked.contains,
        contains_name=CONTAINS,
        search_hidden=tuple(here),
        apply_hidden=tuple(pair for pair in back.parameters() if pair not in ticked),
        previous_url=_page_url(asked, asked.number - 1, slug) if asked.number > 1 else "",
        next_url=_page_url(asked, asked.number + 1, slug) if has_more and asked.number < MOST_PAGES else "",
        order=_other_order(asked, slug),
    )


def _options(asked: Asked, found: Mapping[str, FacetResult], slug: str) -> tuple[tuple[Option, ...], bool]:
    result = found.get("values", FacetResult("values"))
    if asked.place.shown.kind is not Kind.DATE:
        options = facet_list.value_options(asked.place, asked.state, result, found, _here(asked, slug))
        return tuple(options), result.has_more
    dates = calendars.options(asked.place.path, asked.place.anchor, asked.state, {asked.place.anchor: result})
    years = [option for option in dates if asked.contains in option.label]
    start = (asked.number - 1) * SIZE
    return tuple(years[start : start + SIZE]), len(years) > start + SIZE


def _here(asked: Asked, slug: str) -> Callable[[UrlState], str]:
    """This page with another state of the search."""

    def url(state: UrlState) -> str:
        own = [(CONTAINS, asked.contains), (PAGE, str(asked.number) if asked.number > 1 else ""), *_order(asked)]
        return links.index_url(
            slug, replace(state, others=(*state.others, *(pair for pair in own if pair[1]))).query_string()
        )

    return url


def _page_url(asked: Asked, number: int, slug: str) -> str:
    return _here(replace(asked, number=number), slug)(asked.state)


def _usual(shown: ShownFacet) -> str:
    return BY_VALUE if shown.by_value or shown.kind is Kind.NUMBER else BY_COUNT


def _order(asked: Asked) -> list[tuple[str, str]]:
    mine = BY_VALUE if asked.is_by_value else BY_COUNT
    return [] if mine == _usual(asked.place.shown) else [(ORDER, mine)]


def _other_order(asked: Asked, slug: str) -> Link | None:
    if asked.place.shown.kind is Kind.DATE:
        return None
    other = replace(asked, is_by_value=not asked.is_by_value, number=1)
    return Link("Commonest first" if asked.is_by_value else "In their own order", _page_url(other, 1, slug))
