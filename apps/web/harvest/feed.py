"""Feeds: the newest records of an index, or those of a search, for programs that tell people of news (Atom)."""

from __future__ import annotations

from datetime import datetime
from xml.etree.ElementTree import Element

from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.views.decorators.http import require_safe

from apps.common import xml
from apps.common.xml import element
from apps.search import services as search
from apps.search.forms import url
from apps.search.forms.url_state import UrlState
from apps.search.models import Index
from apps.search.services import Harvested
from apps.search.types import Presentation
from apps.web import links
from apps.web.failures import as_pages
from apps.web.harvest.records import stamp
from apps.web.record.description import describe
from apps.web.results import asking

MOST = 50
TYPE = "application/atom+xml; charset=utf-8"
LONGEST_SUMMARY = 1000


@require_safe
@as_pages
def feed(request: HttpRequest, name: str) -> HttpResponseBase:
    """The address is that of a search page: with words or filters it holds what answers them."""
    nobody = AnonymousUser()
    index = search.get_index(name=name, actor=nobody)
    state = url.parse(request.META.get("QUERY_STRING", ""), is_page=True)
    presentation = search.presentation(index=index, actor=nobody)
    is_search = bool(state.text or state.choices or state.sees_all or state.principal_sets)
    question = asking.question(state, presentation) if is_search else None
    found = search.newest(index=index, request=question, limit=MOST)
    at = links.absolute(links.feed_url(index.slug, state.at_page(1).query_string()))
    title = f"{index.display_name}: {state.text}" if state.text else index.display_name
    return answer(index, state, presentation, found, at=at, title=title, now=timezone.now())


def answer(
    index: Index,
    state: UrlState,
    presentation: Presentation,
    found: list[Harvested],
    *,
    at: str,
    title: str,
    now: datetime,
) -> HttpResponse:
    """The feed that is read ``at`` an address, of what a search has found, the newest first; all of it is told."""
    page = links.absolute(links.index_url(index.slug, state.at_page(1).query_string()))
    told = element(
        "feed",
        "",
        {"xmlns": "http://www.w3.org/2005/Atom"},
        element("id", page),
        element("title", title),
        element("updated", stamp(found[0].written if found else now)),
        element("link", "", {"rel": "self", "href": at}),
        element("link", "", {"rel": "alternate", "type": "text/html", "href": page}),
        element("author", "", {}, element("name", index.display_name)),
        *(_entry(one, presentation) for one in found),
    )
    return HttpResponse(xml.document(told), content_type=TYPE)


def _entry(one: Harvested, presentation: Presentation) -> Element:
    description = describe(one.record, index=one.index, presentation=presentation)
    work = description.work
    return element(
        "entry",
        "",
        {},
        element("id", work.url),
        element("title", work.title),
        element("updated", stamp(one.written)),
        element("link", "", {"rel": "alternate", "type": "text/html", "href": work.url}),
        *(element("author", "", {}, element("name", creator.name)) for creator in work.creators),
        *(element("category", "", {"term": word}) for word in work.keywords),
        element("summary", description.abstract[:LONGEST_SUMMARY]),
    )
