"""The pages of versions: where each can be cited, for ever."""

from __future__ import annotations

from dataclasses import replace
from functools import cached_property
from uuid import UUID

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.views import View

from apps.access.services import Actor
from apps.publish import services as publish
from apps.publish.errors import NoSuchVersion
from apps.publish.models import Version
from apps.publish.types import FormDocument
from apps.search import services as search
from apps.search.errors import NoSuchIndex, NoSuchSubject
from apps.search.types import Presentation, Record
from apps.web import accents, links, viewing
from apps.web.record import citation, exporting, formed, signposting
from apps.web.record import page as record_page
from apps.web.record.description import Description, describe_at, place_in
from apps.web.record.published.base import VersionPage
from apps.web.record.published.editions import edition_of, version_url
from apps.web.record.published.publication import publication_of
from apps.web.results.view import wants_json
from apps.web.who import names_known_to


class Newest(View):
    """To the newest version that one sees: in its index, where that shows it, else to its own page."""

    def get(self, request: HttpRequest, submission_id: UUID) -> HttpResponseBase:
        reader = viewing.reader_at(request, publish.index_of(submission_id, None))
        versions = publish.seen_versions(submission_id, actor=reader)
        if not versions:
            raise NoSuchVersion
        asked = request.GET.urlencode()
        return redirect(_url(versions[0], reader) + (f"?{asked}" if asked else ""))


def _url(version: Version, reader: Actor) -> str:
    own = version_url(version.submission_id, version.number)
    if version.state == Version.State.WITHDRAWN or version.index is None:
        return own
    try:
        index = search.get_index(name=str(version.index.pk), actor=reader)
        search.record(index=index, subject=version.subject, actor=reader)
    except (NoSuchIndex, NoSuchSubject):
        return own
    return links.record_url(index.slug, version.subject)


class OneVersion(VersionPage):
    def get(self, request: HttpRequest) -> HttpResponseBase:
        record = self.shown.record
        if record is None:
            return self._tombstone(request)
        if wants_json(request):
            viewing.refuse_json(request)
            return self._varying(_as_json(self.version, record))
        presentation = formed.presentation(self.index, record, self.form, actor=self.reader)
        description = self._described(record, presentation)
        if format_ := exporting.asked(request):
            return self._varying(exporting.answer(description, format_))
        return self._varying(self._page(request, record, description, presentation))

    def _page(
        self, request: HttpRequest, record: Record, description: Description, presentation: Presentation
    ) -> HttpResponse:
        page = record_page.build(
            record,
            description=description,
            index_id="",
            presentation=presentation,
            reader=formed.reader(self.index, presentation, self.form),
            names=names_known_to(self.reader, [record]),
            sees_all=False,
            told_elsewhere={("", publish.files_at(self.version))},
        )
        sees_main = self.shown.main is not None
        publication = publication_of(self.version, reader=self.reader, sees_main=sees_main, now=timezone.now())
        page = replace(page, title=description.work.title, json_url="?format=json")
        told = {
            "index": self.index,
            "index_url": description.place.index_url,
            "page": record_page.with_pictures(page, publication.files.within, publication.files.pictures),
            "accent_url": accents.url(presentation.accent),
            "publication": publication,
        }
        answer = render(request, "web/record.html", told)
        answer["Link"] = signposting.header(description)
        return answer

    @cached_property
    def form(self) -> FormDocument:
        return publish.document_of_version(self.version)

    def _tombstone(self, request: HttpRequest) -> HttpResponse:
        """What was said of it stays citable; of what it held nothing is told."""
        main = self.shown.main
        work = self._described(main, Presentation()).work if main else None
        told = {
            "version": self.version,
            "index": self.index,
            "name": work.title if work else self.version.subject,
            "citation": citation.text(work) if work else "",
            "identifier": self.version.identifier_link if work else "",
        }
        return render(request, "web/record/tombstone.html", told, status=410)

    def _described(self, record: Record, presentation: Presentation) -> Description:
        place = place_in(self.index, links.absolute(version_url(self.version.submission_id, self.version.number)))
        edition = edition_of(self.version, sees_main=self.shown.main is not None)
        return describe_at(record, place=place, presentation=presentation, edition=edition)

    def _varying(self, answer: HttpResponse) -> HttpResponse:
        patch_vary_headers(answer, ["Accept", "Cookie"])
        return answer


def _as_json(version: Version, record: Record) -> JsonResponse:
    entries = [{"entry_id": one.entry_id or None, "content": one.content} for one in record.entries]
    return JsonResponse({"subject": record.subject, "version": version.number, "entries": entries})
