"""The search page: search is asked for plain values, which are laid out and rendered; no rule is held here."""

from __future__ import annotations

from dataclasses import replace
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_safe

from apps.access.services import Actor
from apps.accounts.models import User
from apps.flows import services as flows
from apps.search import services as search
from apps.search.api.finding import Search
from apps.search.forms import url
from apps.search.forms.url_state import UrlState
from apps.search.models import Index
from apps.search.types import PUBLIC, Presentation
from apps.web import accents, faults, links, viewing
from apps.web.charts import figures, questions
from apps.web.charts.figure import Result
from apps.web.downloads import formats
from apps.web.facets import facet_list
from apps.web.facets import view as facets
from apps.web.failures import as_pages
from apps.web.manage.base import url_for
from apps.web.record import trail
from apps.web.results import columns, culprits, hits, named
from apps.web.results import page as search_page
from apps.web.results import table as result_table
from apps.web.results.page import Address
from apps.web.results.visit import NO_ANSWER, Visit
from apps.web.who import names_known_to


@require_safe
@as_pages
def results(request: HttpRequest, name: str) -> HttpResponseBase:
    """A search in an index. What of the address cannot be read is told by its field; the rest counts (status 400)."""
    index, reader = viewing.enter(request, name)
    if wants_json(request):
        viewing.refuse_json(request)
        return _answer_as_api(request, index_id=str(index.id))
    visit = visit_of(request, index, search.presentation(index=index, actor=reader), reader=reader)
    answer = _page(request, visit.showing(named.for_visitor(visit)))
    patch_vary_headers(answer, ["Accept", "Cookie", "HX-Request"])
    return answer


_answer_as_api = Search.as_view()


def visit_of(request: HttpRequest, index: Index, presentation: Presentation, *, reader: Actor) -> Visit:
    """What the address of the request asks of the index."""
    read, problems = url.examine(request.META.get("QUERY_STRING", ""))
    return Visit(reader, index, search_page.readable(read), presentation, faults.messages_of(problems))


def _page(request: HttpRequest, visit: Visit) -> HttpResponse:
    """The page, or the part of it that a script exchanges on a page that is there (htmx says so)."""
    parts, visit = visit.state.own(facet_list.PART), visit.of(visit.state.with_own(facet_list.PART, ""))
    if visit.state.facets:
        return facets.values(request, visit)
    if request.headers.get("HX-Request") != "true" or "HX-History-Restore-Request" in request.headers:
        return search_results(request, visit)
    if parts:
        return facets.found_inside(request, visit, parts[-1])
    return search_results(request, visit, template="web/_finder.html", is_part=True)


def search_results(
    request: HttpRequest, visit: Visit, *, template: str = "web/search.html", **values: object
) -> HttpResponse:
    """The search page as the index presents itself so. ``values`` are what the template needs beyond it."""
    index, presentation = visit.index, columns.with_sort(visit.presentation, visit.state)
    state = columns.canonical(visit.state, visit.presentation)
    visit = replace(visit, state=state, presentation=presentation)
    everything = visit.everything(facet_list.extents(questions.known(presentation)))
    places = facet_list.places(presentation.facets, everything.facets)
    sketches = questions.sketches(presentation, everything.facets, state)
    asked = questions.beside(facet_list.asks(places, state), sketches)
    answer = visit.found(asked)
    found = answer or NO_ANSWER
    counted = questions.answered(asked, sketches, found.facets)
    more = [*facet_list.asks_again(places, state, found.facets), *questions.cells(sketches, counted, state)]
    again = visit.counted(more)
    found = replace(found, facets=(*found.facets, *again.values()))
    given = search_page.given(state, request.GET, visit.messages)
    address = Address(str(index.id), index.slug, state, given, visit.messages)
    names = names_known_to(visit.actor, found.records)
    cards = tuple(
        hits.build(one, slug=index.slug, presentation=presentation, names=names, carried=trail.written(state, number))
        for number, one in enumerate(found.records, start=1)
    )
    views = result_table.views(address)
    is_nothing = answer is not None and not found.total
    page = search_page.build(
        address,
        found,
        places=places,
        presentation=presentation,
        hits=cards,
        visible=everything.total,
        is_answered=answer is not None,
        is_stemmed=index.is_stemmed,
        culprits=_culprits(visit, address) if is_nothing else (),
    )
    shown = {
        "index": index,
        "page": page,
        "charts": figures.build(sketches, counted | again, Result(state, found.total, address.url)),
        "views": views,
        "table": result_table.build(address, found.records, cards, presentation) if views.is_table else None,
        "downloads": formats.menu(state, index.slug) if found.total else (),
        "feed_url": _feed_url(index, state),
        "follow_url": _follow_url(index, state) if isinstance(visit.actor, User) else "",
        "manage_url": url_for(index, visit.actor),
        "reader": visit.actor,
        "accent_url": accents.url(presentation.accent),
        **values,
    }
    return render(request, template, shown, status=visit.status)


def _feed_url(index: Index, state: UrlState) -> str:
    """Of the newest that answers the same words and filters; "" where nobody may harvest the index."""
    return links.feed_url(index.slug, _asked(state)) if PUBLIC in index.visible_to else ""


def _follow_url(index: Index, state: UrlState) -> str:
    """A form that makes a standing search of it, which writes mails unless another flow is chosen."""
    name = f"{index.display_name}: {state.text}" if state.text else index.display_name
    asked = {"name": name, "index": index.slug, "query": _asked(state), "flow": flows.ready_made_id("write_mail")}
    return f"{reverse('web:triggers:new_kind', args=['records'])}?{urlencode(asked)}"


def _asked(state: UrlState) -> str:
    """Its words and filters alone."""
    return UrlState(text=state.text, is_advanced=state.is_advanced, choices=state.choices).query_string()


def _culprits(visit: Visit, address: Address) -> tuple[culprits.Culprit, ...]:
    ways = culprits.ways(visit.state, visit.presentation.known)
    return culprits.build(ways, [visit.total(way.state) for way in ways], address.url)


def wants_json(request: HttpRequest) -> bool:
    asked = request.GET.get("format")
    kinds = ["text/html", "application/json"]
    return asked == "json" or (asked is None and request.get_preferred_type(kinds) == "application/json")
