"""The view of the record page, and of the record in schema.org's words."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import redirect, render
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_safe

from apps.common.errors import PortalError
from apps.search import services as search
from apps.search.errors import NoSuchSubject
from apps.search.forms import parameters
from apps.search.models import Index
from apps.search.types import Page, Presentation, Record, Request
from apps.web import accents, links
from apps.web.failures import as_pages
from apps.web.record import linked_data, similar, trail
from apps.web.record import page as record_page
from apps.web.record.linked_data import Place
from apps.web.record.trail import Trail
from apps.web.results.view import wants_json
from apps.web.who import names_known_to


@require_safe
@as_pages
def record(request: HttpRequest, name: str, subject: str) -> HttpResponseBase:
    """A subject with all that the visitor sees of it; JSON comes from the API, which gives the same answer.

    An administrator of the index may ask for all of it, as of the API: with ``bypass_visible_to``, which the page says.
    """
    index = search.get_index(name=name, actor=request.user)
    sees_all = parameters.flag(request.GET.dict(), links.BYPASS)
    found = _record(request, index, subject, sees_all=sees_all)
    if wants_json(request):
        return redirect(links.api_subject_url(str(index.id), found.subject, sees_all=sees_all))
    answer = _answer(request, index, found, sees_all=sees_all)
    patch_vary_headers(answer, ["Accept", "Cookie"])
    return answer


def _answer(request: HttpRequest, index: Index, found: Record, *, sees_all: bool) -> HttpResponse:
    presentation = search.presentation(index=index, actor=request.user)
    names = names_known_to(request.user, [found])
    place = Place(
        url=links.absolute(links.record_url(index.slug, found.subject)),
        index_url=links.absolute(links.index_url(index.slug)),
        index_name=index.display_name,
    )
    page = record_page.build(
        found, index_id=str(index.id), place=place, presentation=presentation, names=names, sees_all=sees_all
    )
    if _wants_linked_data(request):
        return JsonResponse(page.linked_data, content_type=linked_data.TYPE)
    told = {
        "index": index,
        "index_url": links.index_url(index.slug),
        "page": page,
        "accent_url": accents.url(presentation.accent),
        "trail": _trail(request, index, found, presentation),
        **_similar(request, index, found, presentation, sees_all=sees_all),
    }
    return render(request, "web/record.html", told)


def _wants_linked_data(request: HttpRequest) -> bool:
    asked = request.GET.get("format")
    is_accepted = request.get_preferred_type(["text/html", linked_data.TYPE]) == linked_data.TYPE
    return asked == "jsonld" or (asked is None and is_accepted)


def _trail(request: HttpRequest, index: Index, found: Record, presentation: Presentation) -> Trail | None:
    came = trail.read(request.GET.dict())
    if came is None:
        return None
    answer, _ = _asked(request, index, lambda: trail.ask(came, presentation))
    return trail.build(came, answer, slug=index.slug, subject=found.subject, presentation=presentation)


def _similar(
    request: HttpRequest, index: Index, found: Record, presentation: Presentation, *, sees_all: bool
) -> dict[str, object]:
    answer, fault = _asked(request, index, lambda: similar.ask(found, presentation, sees_all=sees_all))
    if answer is None:
        return {"similar": (), "similar_fault": fault}
    names = names_known_to(request.user, answer.records)
    cards = similar.build(found, answer, slug=index.slug, presentation=presentation, names=names, sees_all=sees_all)
    return {"similar": cards}


def _asked(request: HttpRequest, index: Index, ask: Callable[[], Request | None]) -> tuple[Page | None, str]:
    """The answer, or why there is none: what stands beside a record must not take the record away."""
    try:
        asked = ask()
        return (search.find(index=index, request=asked, actor=request.user), "") if asked else (None, "")
    except PortalError as error:
        return None, error.message


def _record(request: HttpRequest, index: Index, segment: str, *, sees_all: bool) -> Record:
    *likelier, last = links.subjects_of(segment)
    for subject in likelier:
        try:
            return search.record(index=index, subject=subject, actor=request.user, sees_all=sees_all)
        except NoSuchSubject:
            continue
    return search.record(index=index, subject=last, actor=request.user, sees_all=sees_all)
