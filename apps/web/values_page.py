"""All values of one facet, a page at a time, with a search inside them."""

from __future__ import annotations

from dataclasses import dataclass, replace

from apps.search.forms.choices import How, clauses
from apps.search.forms.url_state import UrlState
from apps.search.types import AnyFacet, DateHistogram, FacetResult, Interval, Kind, Presentation, Shown, Terms
from apps.web import chips, facet_list, links
from apps.web.facet_list import Place
from apps.web.facets import Option

SIZE = 100
MOST_PAGES = 100
CONTAINS = "facet-contains"
PAGE = "facet-page"


@dataclass(frozen=True, slots=True)
class Asked:
    """Which values are asked for. ``state`` is the search that they are counted in, without these questions."""

    place: Place
    state: UrlState
    contains: str
    number: int


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


def read(state: UrlState, presentation: Presentation) -> Asked:
    path = state.facets[0].path
    shown = next((s for s in presentation.facets if s.path == path), None) or Shown(path, chips.name_of(path, None))
    own = dict(state.others)
    page = own.get(PAGE, "1")
    return Asked(
        place=Place(shown, "value"),
        state=replace(state.at_page(1), others=tuple(pair for pair in state.others if pair[0] not in {CONTAINS, PAGE})),
        contains=own.get(CONTAINS, "")[:200],
        number=min(max(int(page), 1), MOST_PAGES) if page.isascii() and page.isdigit() and len(page) < 6 else 1,
    )


def asks(asked: Asked) -> list[AnyFacet]:
    """One more value than a page holds is not needed: the answer says whether there are more."""
    path = asked.place.path
    if asked.place.shown.kind is Kind.DATE:
        return [DateHistogram(name="values", path=path, interval=Interval.YEAR)]
    is_number = asked.place.shown.kind is Kind.NUMBER
    offset = (asked.number - 1) * SIZE
    terms = Terms(name="values", path=path, size=SIZE, offset=offset, contains=asked.contains, by_value=is_number)
    chosen = [choice for choice in asked.state.choices if (choice.path, choice.how) == (path, How.ANY)]
    counts = Terms(name="chosen", path=path, size=facet_list.MOST_CHOSEN, filters=clauses(chosen))
    return [terms, counts] if chosen else [terms]


def build(asked: Asked, results: tuple[FacetResult, ...], *, slug: str) -> ValuesPage:
    found = {result.name: result for result in results}
    options, has_more = _options(asked, found.get("values", FacetResult("values")), found.get("chosen"))
    state = asked.state
    here = [pair for pair in state.parameters() if pair[0] != PAGE]
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
    )


def _options(asked: Asked, result: FacetResult, counts: FacetResult | None) -> tuple[tuple[Option, ...], bool]:
    if asked.place.shown.kind is not Kind.DATE:
        options = facet_list.value_options(asked.place, asked.state, result, counts)
        return tuple(options), result.has_more
    years = [o for o in facet_list.year_options(asked.place, asked.state, result) if asked.contains in o.label]
    start = (asked.number - 1) * SIZE
    return tuple(years[start : start + SIZE]), len(years) > start + SIZE


def _page_url(asked: Asked, number: int, slug: str) -> str:
    own = [(CONTAINS, asked.contains), (PAGE, str(number))]
    state = replace(asked.state, others=(*asked.state.others, *(pair for pair in own if pair[1])))
    return links.index_url(slug, state.query_string())
