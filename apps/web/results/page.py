"""The search page of an index: from its address to what stands on it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from apps.search.forms.choices import How
from apps.search.forms.url_state import DEFAULT_LIMIT, UrlState
from apps.search.types import Kind, Page, Presentation
from apps.web import faults, links
from apps.web.context import Link
from apps.web.facets import facet_list
from apps.web.facets.facet import FacetView
from apps.web.facets.facet_list import Given, Place
from apps.web.faults import Fault
from apps.web.results import api_calls, chips, columns, pager
from apps.web.results import help as search_help
from apps.web.results.api_calls import ApiCall
from apps.web.results.chips import Chip
from apps.web.results.culprits import Culprit
from apps.web.results.help import Help
from apps.web.results.hits import HitCard
from apps.web.results.pager import Choice, Pager
from apps.web.values import count, plural

MOST_RECORDS = 100


@dataclass(frozen=True, slots=True)
class SearchPage:
    """``hidden`` is the part of the state that no control of the form shows.

    ``own_url`` is set where an administrator sees all: there the page is as they see it for themselves.
    """

    url: str
    own_url: str
    q: str
    placeholder: str
    intro: str
    count: str
    out_of: str
    nothing: str
    is_answered: bool
    is_empty_index: bool
    hits: tuple[HitCard, ...]
    facets: tuple[FacetView, ...]
    chips: tuple[Chip, ...]
    clear_url: str
    sorts: tuple[Choice, ...]
    pager: Pager
    api: ApiCall
    hidden: tuple[tuple[str, str], ...]
    faults: tuple[Fault, ...]
    did_you_mean: Link | None
    ways_out: tuple[Link, ...]
    culprits: tuple[Culprit, ...]
    help: Help

    @property
    def faults_title(self) -> str:
        n = len(self.faults)
        rest = "; the rest is applied" if self.is_answered else ""
        return f"{'One part' if n == 1 else f'{n} parts'} of the address could not be read{rest}"


@dataclass(frozen=True, slots=True)
class Address:
    """Where a search page stands, and what its address says. ``given`` are the ends of ranges as they were typed."""

    index_id: str
    slug: str
    state: UrlState
    given: Mapping[str, Given]
    messages: Mapping[str, str]

    def url(self, state: UrlState) -> str:
        return links.index_url(self.slug, state.query_string())


def readable(state: UrlState) -> UrlState:
    """With as many records a page as a page can hold."""
    return replace(state, limit=min(state.limit or DEFAULT_LIMIT, MOST_RECORDS), format="")


def given(state: UrlState, typed: Mapping[str, str], messages: Mapping[str, str]) -> dict[str, Given]:
    """The ends of each path's range: as chosen, or as typed where that could not be read."""
    found: dict[str, Given] = {}
    for choice in state.choices:
        if choice.how is How.RANGE:
            low, high = ("" if end == "*" else end for end in choice.value.split("--", 1))
            found[choice.path] = Given(low, high)
    for key, message in messages.items():
        name, _, path = key.partition(".")
        if name == "filter-range":
            low, _, high = typed.get(key, "").partition("--")
            found[path] = Given(typed.get(f"filter-from.{path}", low), typed.get(f"filter-to.{path}", high), message)
    return found


def build(
    address: Address,
    page: Page,
    *,
    places: tuple[Place, ...],
    presentation: Presentation,
    hits: tuple[HitCard, ...],
    visible: int,
    is_answered: bool,
    is_stemmed: bool,
    culprits: tuple[Culprit, ...] = (),
) -> SearchPage:
    """``page`` is empty when the question could not be asked (not ``is_answered``): ``messages`` say why."""
    state = address.state
    known = presentation.known
    chosen = chips.build(state, known, address.url)
    views = facet_list.views(places, state, page.facets, address.given, address.url)
    clear_url = address.url(state.cleared())
    return SearchPage(
        url=links.index_url(address.slug),
        own_url=address.url(replace(state.at_page(1), sees_all=False)) if state.sees_all else "",
        q=state.text,
        placeholder=presentation.placeholder,
        intro=presentation.intro,
        count=plural(page.total, "record", "records") if is_answered else "Not searched",
        out_of=f"of {count(visible)} that you may see" if is_answered and page.total != visible else "",
        nothing=_nothing(state, len(chosen), page.total) if is_answered else "This cannot be searched as it stands",
        is_answered=is_answered,
        is_empty_index=visible == 0,
        hits=hits,
        facets=views,
        chips=chosen,
        clear_url=clear_url,
        sorts=_sorts(state, presentation),
        pager=_pager(address, page),
        api=api_calls.build(
            address.index_id, state, [place.path for place in places if place.shown.kind is Kind.STRING]
        ),
        hidden=_hidden(state, views),
        faults=faults.build(address.messages, places, known),
        did_you_mean=_correction(address, page),
        ways_out=_ways_out(address, page, chosen, clear_url),
        culprits=culprits,
        help=search_help.build(presentation, is_stemmed=is_stemmed, is_advanced=state.is_advanced),
    )


def _nothing(state: UrlState, filters: int, total: int) -> str:
    if total:
        return "This page of the results is empty"
    if not state.text.strip():
        return f"No record matches {'this filter' if filters == 1 else f'all {filters} filters'}"
    return f"No record matches “{state.text[:80]}”" + (" and the filters" if filters else "")


def _ways_out(address: Address, page: Page, chosen: tuple[Chip, ...], clear_url: str) -> tuple[Link, ...]:
    state = address.state
    found = [Link("First page", address.url(state.at_page(1)))] if page.total else []
    if chosen:
        found.append(Link("Clear all filters", clear_url))
    if state.text:
        found.append(Link("Without the words", address.url(state.asking(""))))
    return tuple(found or [Link("All records", links.index_url(address.slug))])


def _correction(address: Address, page: Page) -> Link | None:
    if not page.did_you_mean:
        return None
    return Link(page.did_you_mean, address.url(address.state.asking(page.did_you_mean)))


def _sorts(state: UrlState, presentation: Presentation) -> tuple[Choice, ...]:
    options = {"": "Best match"}
    for sort in presentation.sorts:
        options[_written(state.sorted_by(sort.path, is_descending=sort.is_descending))] = sort.label
    options.setdefault(_written(state), _written(state))
    return tuple(Choice(value, text, value == _written(state)) for value, text in options.items())


def _written(state: UrlState) -> str:
    return dict(state.parameters()).get("sort", "")


def _pager(address: Address, page: Page) -> Pager:
    state = address.state

    def url(*, page: int = 1, after: str = "") -> str:
        return address.url(replace(state.at_page(page), cursor=after))

    shown, cursor = len(page.records), page.next_cursor
    if state.cursor:
        return pager.beyond(total=page.total, limit=state.limit, shown=shown, cursor=cursor, url=url)
    return pager.numbered(total=page.total, offset=state.offset, limit=state.limit, shown=shown, cursor=cursor, url=url)


def _hidden(state: UrlState, views: tuple[FacetView, ...]) -> tuple[tuple[str, str], ...]:
    ticked = {(option.name, option.value) for view in views for option in view.options}
    bounded = {view.bounds.from_name.replace("filter-from.", "filter-range.", 1) for view in views if view.bounds}
    rest = replace(state.at_page(1), text="", is_advanced=False, sort=(), facets=(), limit=DEFAULT_LIMIT)
    for find in (view.find for view in views if view.find):
        rest = rest.with_own(find.name, "")
    if columns.is_table(state):  # It has boxes for its columns.
        rest = rest.with_own(columns.NAME, "")
    return tuple(pair for pair in rest.parameters() if pair[0] not in bounded and pair not in ticked)
