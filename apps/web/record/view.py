"""The view of the record page, and of the record in its other formats."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_safe

from apps.access.services import Actor
from apps.common.errors import PortalError
from apps.publish import services as publish
from apps.publish.models import Version
from apps.search import services as search
from apps.search.errors import NoSuchSubject
from apps.search.forms import parameters
from apps.search.models import Index
from apps.search.types import Page, Presentation, Record, Request
from apps.web import accents, links, viewing
from apps.web.failures import as_pages
from apps.web.record import exporting, formed, signposting, similar, trail
from apps.web.record import page as record_page
from apps.web.record.board import page as board
from apps.web.record.board.page import BoardPart
from apps.web.record.board.shape import KEY
from apps.web.record.description import describe
from apps.web.record.published.editions import edition_of
from apps.web.record.published.publication import Publication, publication_of
from apps.web.record.trail import Trail
from apps.web.results.view import wants_json
from apps.web.who import names_known_to


@dataclass(frozen=True, slots=True)
class Reading:
    """Who reads in which index, and whether all of it."""

    index: Index
    reader: Actor
    sees_all: bool

    def record(self, segment: str) -> Record:
        """The subject that a segment of the address means."""
        *likelier, last = links.subjects_of(segment)
        for subject in likelier:
            try:
                return self._record(subject)
            except NoSuchSubject:
                continue
        return self._record(last)

    def _record(self, subject: str) -> Record:
        return search.record(index=self.index, subject=subject, actor=self.reader, sees_all=self.sees_all)

    def asked(self, ask: Callable[[], Request | None]) -> tuple[Page | None, str]:
        """The answer, or why there is none: what stands beside a record must not take the record away."""
        try:
            asked = ask()
            return (search.find(index=self.index, request=asked, actor=self.reader), "") if asked else (None, "")
        except PortalError as error:
            return None, error.message


@require_safe
@as_pages
def record(request: HttpRequest, name: str, subject: str) -> HttpResponseBase:
    """A subject with all that the visitor sees of it; JSON comes from the API, which gives the same answer.

    An administrator of the index may ask for all of it, as of the API: with ``bypass_visible_to``, which the page says.
    """
    index, reader = viewing.enter(request, name)
    sees_all = parameters.flag(request.GET.dict(), links.BYPASS)
    reading = Reading(index, reader, sees_all)
    found = reading.record(subject)
    if wants_json(request):
        viewing.refuse_json(request)
        return redirect(links.api_subject_url(str(index.id), found.subject, sees_all=sees_all))
    shown = board.of(found, now=timezone.now(), sees_all=sees_all)
    answer = HttpResponse(status=204) if board.has_no_news(request, shown) else _answer(request, reading, found, shown)
    patch_vary_headers(answer, ["Accept", "Cookie"])
    return answer


def _answer(request: HttpRequest, reading: Reading, found: Record, shown: BoardPart | None) -> HttpResponse:
    index, sees_all = reading.index, reading.sees_all
    names = names_known_to(reading.reader, [found])
    version = publish.version_at(index=index, subject=found.subject, actor=reading.reader)
    form = publish.document_of_version(version) if version else None
    presentation = formed.presentation(index, found, form, actor=reading.reader)
    edition = edition_of(version, sees_main=not found.entries[0].entry_id) if version else None
    description = describe(found, index=index, presentation=presentation, edition=edition)
    if format_ := exporting.asked(request):
        return exporting.answer(description, format_)
    page = record_page.build(
        found,
        description=description,
        index_id=str(index.id),
        presentation=presentation,
        reader=formed.reader(index, presentation, form),
        names=names,
        sees_all=sees_all,
        told_elsewhere=_told_elsewhere(version, shown),
    )
    if version and not search.declared(index=index).title:
        page = replace(page, title=description.work.title)
    publication = _publication(version, reading.reader, found) if version else None
    if publication:
        page = record_page.with_pictures(page, publication.files.within, publication.files.pictures)
    if shown:
        page = record_page.without(page, shown.pictures)
    told = {
        "index": index,
        "index_url": links.index_url(index.slug),
        "page": page,
        "accent_url": accents.url(presentation.accent),
        "trail": _trail(request, reading, found, presentation),
        "publication": publication,
        "board": shown,
        "view_as_url": viewing.offer_url(reading.reader, index, found.subject),
        **_similar(reading, found, presentation),
    }
    answer = render(request, "web/record.html", told)
    if not sees_all:  # Programs follow these links as themselves, who may see less.
        answer["Link"] = signposting.header(description)
    return answer


def _told_elsewhere(version: Version | None, shown: BoardPart | None) -> set[tuple[str, str]]:
    """By the ids of the entries that tell it: what parts of their own show."""
    files = {("", publish.files_at(version))} if version else set()
    return files | ({(shown.entry_id, KEY)} if shown else set())


def _publication(version: Version, reader: Actor, found: Record) -> Publication:
    sees_main = not found.entries[0].entry_id
    return publication_of(version, reader=reader, sees_main=sees_main, now=timezone.now())


def _trail(request: HttpRequest, reading: Reading, found: Record, presentation: Presentation) -> Trail | None:
    came = trail.read(request.GET.dict())
    if came is None:
        return None
    answer, _ = reading.asked(lambda: trail.ask(came, presentation))
    return trail.build(came, answer, slug=reading.index.slug, subject=found.subject, presentation=presentation)


def _similar(reading: Reading, found: Record, presentation: Presentation) -> dict[str, object]:
    sees_all, slug = reading.sees_all, reading.index.slug
    answer, fault = reading.asked(lambda: similar.ask(found, presentation, sees_all=sees_all))
    if answer is None:
        return {"similar": (), "similar_fault": fault}
    names = names_known_to(reading.reader, answer.records)
    cards = similar.build(found, answer, slug=slug, presentation=presentation, names=names, sees_all=sees_all)
    return {"similar": cards}
