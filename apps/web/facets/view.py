"""The values of a facet: all of them on a page of their own, or those that a search inside the facet finds."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from apps.common.errors import NotFound
from apps.search.forms.url_state import UrlState
from apps.web import accents, links
from apps.web.facets import facet_list, values_page
from apps.web.results.visit import Visit


def values(request: HttpRequest, visit: Visit) -> HttpResponse:
    """All values, a page of them at a time."""
    index, presentation = visit.index, visit.presentation
    asked = values_page.read(visit.state, presentation)
    counts = visit.of(asked.state).counted(values_page.asks(asked))
    page = values_page.build(asked, tuple(counts.values()), slug=index.slug)
    shown = {"index": index, "page": page, "accent_url": accents.url(presentation.accent)}
    return render(request, "web/values.html", shown, status=visit.status)


def found_inside(request: HttpRequest, visit: Visit, path: str) -> HttpResponse:
    """The part of the search page that a script exchanges; its address follows what is searched for."""
    places = [one for one in facet_list.places(visit.presentation.facets, ()) if one.path == path]
    if not places:
        raise NotFound(f"This index has no facet of {path[:80]} any more. Load the page again.")

    def at(changed: UrlState) -> str:
        return links.index_url(visit.index.slug, changed.query_string())

    found = tuple(visit.counted(facet_list.asks(places, visit.state)).values())
    again = visit.counted(facet_list.asks_again(places, visit.state, found))
    [view] = facet_list.views(places, visit.state, (*found, *again.values()), {}, at)
    answer = render(request, "web/_facet_values.html", {"facet": view}, status=visit.status)
    answer["HX-Replace-Url"] = at(visit.state)
    return answer
