"""The pages. Each asks search for plain values, lays them out, and renders; none holds a rule."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_safe

from apps.common.errors import Invalid, NotFound
from apps.search import services as search
from apps.search.api.finding import Search
from apps.search.forms import url
from apps.search.forms.url_state import UrlState
from apps.search.models import Index
from apps.search.types import AnyFacet, FacetResult, Page, Presentation, Query, Request, Terms
from apps.web import accents, faults, links
from apps.web.charts import figures, questions
from apps.web.charts.figure import Result
from apps.web.downloads import formats
from apps.web.facets import alike, facet_list, values_page
from apps.web.facets import empty as empty_facets
from apps.web.facets.facet_list import Place
from apps.web.failures import as_pages
from apps.web.manage.base import url_for
from apps.web.record import trail
from apps.web.results import asking, columns, culprits, hits
from apps.web.results import page as search_page
from apps.web.results import table as result_table
from apps.web.results.page import Address
from apps.web.who import names_known_to

NO_ANSWER = Page(total=0, records=())


@require_safe
@as_pages
def results(request: HttpRequest, name: str) -> HttpResponseBase:
    """A search in an index. What of the address cannot be read is told by its field; the rest counts (status 400)."""
    index = search.get_index(name=name, actor=request.user)
    if wants_json(request):
        return _answer_as_api(request, index_id=str(index.id))
    read, problems = url.examine(request.META.get("QUERY_STRING", ""))
    state, messages = search_page.readable(read), faults.messages_of(problems)
    presentation = search.presentation(index=index, actor=request.user)
    parts, state = state.own(facet_list.PART), state.with_own(facet_list.PART, "")
    if state.facets:
        answer = _values(request, index, state, messages, presentation)
    elif _wants_part(request) and parts:
        answer = _facet(request, index, state, messages, presentation, path=parts[-1])
    elif _wants_part(request):
        part = "web/_finder.html"
        answer = search_results(request, index, state, messages, presentation, template=part, is_part=True)
    else:
        answer = search_results(request, index, state, messages, presentation)
    patch_vary_headers(answer, ["Accept", "Cookie", "HX-Request"])
    return answer


def _wants_part(request: HttpRequest) -> bool:
    """Whether a script exchanges the search on a page that is there (htmx says so)."""
    return request.headers.get("HX-Request") == "true" and "HX-History-Restore-Request" not in request.headers


_answer_as_api = Search.as_view()


def search_results(
    request: HttpRequest,
    index: Index,
    state: UrlState,
    messages: dict[str, str],
    presentation: Presentation,
    *,
    template: str = "web/search.html",
    **values: object,
) -> HttpResponse:
    """The search page as the index presents itself so. ``values`` are what the template needs beyond it."""
    state, presentation = columns.canonical(state, presentation), columns.with_sort(presentation, state)
    extents = Query(limit=0, facets=facet_list.extents(questions.known(presentation)))
    everything = search.find(index=index, request=Request(extents, sees_all=state.sees_all), actor=request.user)
    places = facet_list.places(presentation.facets, everything.facets)
    sketches = questions.sketches(presentation, everything.facets, state)
    asked = questions.beside(facet_list.asks(places, state), sketches)
    answer = _answer(request, index, messages, partial(_for_hits, state, presentation, asked))
    found = answer or NO_ANSWER
    counted = questions.answered(asked, sketches, found.facets)
    more = [*facet_list.asks_again(places, state, found.facets), *questions.cells(sketches, counted, state)]
    again = _again(request, index, state, presentation, more)
    found = replace(found, facets=(*found.facets, *again.values()))
    address = Address(str(index.id), index.slug, state, search_page.given(state, request.GET, messages), messages)
    names = names_known_to(request.user, found.records)
    cards = tuple(
        hits.build(one, slug=index.slug, presentation=presentation, names=names, carried=trail.written(state, number))
        for number, one in enumerate(found.records, start=1)
    )
    views = result_table.views(address)
    is_nothing = answer is not None and not found.total
    page = search_page.build(
        address,
        found,
        places=_filled(request, index, address, places, found),
        presentation=presentation,
        hits=cards,
        visible=everything.total,
        is_answered=answer is not None,
        is_stemmed=index.is_stemmed,
        culprits=_culprits(request, index, address, presentation) if is_nothing else (),
    )
    charts = figures.build(sketches, counted | again, Result(state, found.total, address.url))
    table = result_table.build(address, found.records, cards, presentation) if views.is_table else None
    downloads = formats.menu(state, index.slug) if found.total else ()
    shown = {"index": index, "page": page, "charts": charts, "views": views, "table": table, "downloads": downloads}
    shown |= {"manage_url": url_for(index, request.user), "accent_url": accents.url(presentation.accent)}
    shown |= values
    return render(request, template, shown, status=400 if messages else 200)


def _for_hits(state: UrlState, presentation: Presentation, facets: Sequence[AnyFacet]) -> Request:
    return replace(asking.question(state, presentation, facets), highlights=True, suggests=True)


def _again(
    request: HttpRequest, index: Index, state: UrlState, presentation: Presentation, facets: Sequence[AnyFacet]
) -> dict[str, FacetResult]:
    """What could be asked only when the first answer was there, by name."""
    if not facets:
        return {}
    found = _answer(request, index, {}, partial(asking.question, _counted(state), presentation, facets))
    return {result.name: result for result in found.facets} if found else {}


def _counted(state: UrlState) -> UrlState:
    """The same search, of which only numbers are wanted."""
    return replace(state.at_page(1), limit=0, sort=())


def _filled(
    request: HttpRequest, index: Index, address: Address, places: tuple[Place, ...], found: Page
) -> tuple[Place, ...]:
    """Without the facets that are empty whatever this visitor asks."""
    state = address.state
    doubtful = empty_facets.doubtful(places, state, found.facets, address.given)
    if not doubtful or empty_facets.is_settled(doubtful, state):
        return empty_facets.without(places, doubtful)
    asked = Request(Query(limit=0, facets=tuple(empty_facets.asks(doubtful))), sees_all=state.sees_all)
    everything = search.find(index=index, request=asked, actor=request.user)
    return empty_facets.without(places, doubtful, everything.facets)


def _culprits(
    request: HttpRequest, index: Index, address: Address, presentation: Presentation
) -> tuple[culprits.Culprit, ...]:
    ways = culprits.ways(address.state, presentation.known)
    asked = [asking.question(_counted(way.state), presentation) for way in ways]
    totals = [search.find(index=index, request=one, actor=request.user).total for one in asked]
    return culprits.build(ways, totals, address.url)


def _values(
    request: HttpRequest, index: Index, state: UrlState, messages: dict[str, str], presentation: Presentation
) -> HttpResponse:
    asked = values_page.read(state, presentation)
    question = partial(asking.question, _counted(asked.state), presentation, values_page.asks(asked))
    found = _answer(request, index, messages, question) or NO_ANSWER
    page = values_page.build(asked, found.facets, slug=index.slug)
    shown = {"index": index, "page": page, "accent_url": accents.url(presentation.accent)}
    return render(request, "web/values.html", shown, status=400 if messages else 200)


def _facet(
    request: HttpRequest,
    index: Index,
    state: UrlState,
    messages: dict[str, str],
    presentation: Presentation,
    *,
    path: str,
) -> HttpResponse:
    """The values of one facet, inside of which a script searches; the page's address follows what is searched for."""
    places = [one for one in facet_list.places(presentation.facets, ()) if one.path == path]
    if not places:
        raise NotFound(f"This index has no facet of {path[:80]} any more. Load the page again.")

    def at(changed: UrlState) -> str:
        return links.index_url(index.slug, changed.query_string())

    question = partial(asking.question, _counted(state), presentation, facet_list.asks(places, state))
    found = _answer(request, index, messages, question) or NO_ANSWER
    [view] = facet_list.views(places, state, found.facets, {}, at)
    answer = render(request, "web/_facet_values.html", {"facet": view}, status=400 if messages else 200)
    answer["HX-Replace-Url"] = at(state)
    return answer


def _answer(request: HttpRequest, index: Index, messages: dict[str, str], ask: Callable[[], Request]) -> Page | None:
    """The answer; None, with a message more, where the question cannot be asked so."""
    try:
        asked = ask()
        found = search.find(index=index, request=asked, actor=request.user)
    except Invalid as error:
        messages.setdefault(error.place or "q", error.message)
        return None
    return _each_once(request, index, asked, found)


def _each_once(request: HttpRequest, index: Index, asked: Request, found: Page) -> Page:
    """The answer, in whose facets each value that an address can write stands once."""
    facets = asked.query.facets
    mixed = search.mixed(index=index, paths=frozenset(one.path for one in facets if isinstance(one, Terms)))
    more = tuple(alike.asks(facets, found.facets, mixed)) if mixed else ()
    if not more:
        return found
    query = replace(asked.query, facets=more, offset=0, limit=0, sort=())
    counted = replace(asked, query=query, highlights=False, suggests=False, cursor="")
    again = search.find(index=index, request=counted, actor=request.user)
    return replace(found, facets=alike.merged(facets, found.facets, again.facets))


def wants_json(request: HttpRequest) -> bool:
    asked = request.GET.get("format")
    kinds = ["text/html", "application/json"]
    return asked == "json" or (asked is None and request.get_preferred_type(kinds) == "application/json")
