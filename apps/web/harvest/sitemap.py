"""Sitemaps: the addresses of all that everybody may see, for search engines of the web."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain

from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.html import escape
from django.views.decorators.http import require_safe

from apps.common.errors import NotFound
from apps.common.xml import HEAD
from apps.search import services as search
from apps.search.models import Index
from apps.web import links
from apps.web.failures import as_pages
from apps.web.harvest.records import stamp

AT_ONCE = 20_000
"""Addresses in a file: fewer than the 50,000 that are allowed, because with subjects of 500 signs it has 50 MB."""
NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"
TYPE = "application/xml; charset=utf-8"


@require_safe
def index_of_sitemaps(_request: HttpRequest) -> HttpResponse:
    """The files of all indexes."""
    urls = (url for index in search.public_indexes() for url in _files(index))
    body = "".join(f"<sitemap><loc>{escape(url)}</loc></sitemap>\n" for url in urls)
    told = f'{HEAD}<sitemapindex xmlns="{NAMESPACE}">\n{body}</sitemapindex>\n'
    return HttpResponse(told, content_type=TYPE)


@require_safe
@as_pages
def sitemap(_request: HttpRequest, name: str, number: int) -> HttpResponseBase:
    """One file of an index, numbered from 1."""
    index = search.get_index(name=name, actor=AnonymousUser())
    if not 1 <= number <= len(_files(index)):
        raise NotFound
    return StreamingHttpResponse(_written(index, number), content_type=TYPE)


@require_safe
def robots(_request: HttpRequest) -> HttpResponse:
    """Where search engines find the sitemaps."""
    return HttpResponse(
        f"User-agent: *\nAllow: /\nSitemap: {links.absolute('/sitemap.xml')}\n", content_type="text/plain"
    )


def _files(index: Index) -> list[str]:
    count = max(-(-search.count_public(index) // AT_ONCE), 1)
    return [links.absolute(reverse("web:sitemap", args=[index.slug, number])) for number in range(1, count + 1)]


def _written(index: Index, number: int) -> Iterator[str]:
    start = (number - 1) * AT_ONCE
    rows = search.public_subjects(index, start=start, size=AT_ONCE)
    records = ((links.record_url(index.slug, subject), stamp(written)) for subject, written in rows)
    first: Iterable[tuple[str, str]] = [(links.index_url(index.slug), "")] if number == 1 else []
    yield f'{HEAD}<urlset xmlns="{NAMESPACE}">\n'
    for url, written in chain(first, records):
        changed = f"<lastmod>{written}</lastmod>" if written else ""
        yield f"<url><loc>{escape(links.absolute(url))}</loc>{changed}</url>\n"
    yield "</urlset>\n"
