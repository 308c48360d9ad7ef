"""The document that says how an index presents itself: written, previewed, saved, sent out and taken in."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import patch_vary_headers

from apps.common.errors import Invalid, PortalError, TooLarge
from apps.search import services as search
from apps.search.errors import IndexNotOpen, PresentationChanged
from apps.search.forms import json_text
from apps.search.types import Presentation
from apps.web.manage import form_parts
from apps.web.manage.base import ManagePage
from apps.web.results import named
from apps.web.results import view as views
from apps.web.values import plural

MOST_BYTES = 1_000_000
NO_FILE = "Choose a file first: JSON, as “Export” gives it."


@dataclass(frozen=True, slots=True)
class Wrong:
    place: str
    message: str


@dataclass(frozen=True, slots=True)
class EditorPage:
    """``after`` is the version that the author had before them, so that nobody's work is lost unseen.

    ``proposed`` is what the index proposes now where its document leaves that to it; "" where it does so nowhere.
    """

    text: str
    note: str
    after: str
    told: str
    wrong: tuple[Wrong, ...] = ()
    is_unsaved: bool = False
    proposed: str = ""

    @property
    def wrong_title(self) -> str:
        return f"{plural(len(self.wrong), 'place needs', 'places need')} you before this can be saved"


class Editor(ManagePage):
    role = "admin"
    section = "presentation"
    template = "web/manage/presentation.html"

    def get(self, request: HttpRequest) -> HttpResponse:
        return self.edit()

    def post(self, request: HttpRequest) -> HttpResponse:
        """Save. What is wrong is told, and what was written stays."""
        text, note, after = submitted(request)
        try:
            made = search.present(
                index=self.index,
                actor=self.user,
                document=parsed(text),
                note=note.strip(),
                after=after_in(after),
            )
        except PresentationChanged as error:
            newest = search.draft(index=self.index, actor=self.user).number
            return self.edit(text=text, note=note, after=str(newest), wrong=wrongs(error), status=409)
        except (Invalid, TooLarge, IndexNotOpen) as error:
            return self.edit(text=text, note=note, after=after, wrong=wrongs(error), status=400)
        self.tell(f"Version {made.number} is saved. The search page shows it from now on.")
        return self.go("presentation")

    def edit(
        self, *, text: str = "", note: str = "", after: str = "", wrong: tuple[Wrong, ...] = (), status: int = 200
    ) -> HttpResponse:
        draft = search.draft(index=self.index, actor=self.user)
        proposed = search.left_open(index=self.index, actor=self.user, document=draft.document)
        page = EditorPage(
            text=text or written(draft.document),
            note=note,
            after=after or str(draft.number),
            told=told(draft),
            wrong=wrong,
            is_unsaved=bool(text),
            proposed=written(proposed) if proposed else "",
        )
        return self.page(template=Editor.template, page=page, status=status)


class Edit(Editor):
    """Goes on with a draft that came back from its preview."""

    def post(self, request: HttpRequest) -> HttpResponse:
        text, note, after = submitted(request)
        return self.edit(text=text, note=note, after=after)


class Import(Editor):
    """Takes a file into the editor, where it is looked at before it is saved."""

    def post(self, request: HttpRequest) -> HttpResponse:
        file = request.FILES.get("file")
        if file is None:
            return self.edit(wrong=(Wrong("File", NO_FILE),), status=400)
        raw = file.read(MOST_BYTES + 1)
        text = raw[:MOST_BYTES].decode("utf-8-sig", "replace")
        note = f"From {str(file.name)[:180]}"
        try:
            document = json_text.parse(raw, most_bytes=MOST_BYTES)
            search.drafted(index=self.index, actor=self.user, document=document)
        except (Invalid, TooLarge) as error:
            return self.edit(text=text, note=note, wrong=wrongs(error), status=400)
        return self.edit(text=written(document), note=note)


class Export(ManagePage):
    role = "admin"

    def get(self, request: HttpRequest) -> HttpResponse:
        """What is declared; of an index that declares nothing, what it proposes."""
        draft = search.draft(index=self.index, actor=self.user)
        proposed = search.left_open(index=self.index, actor=self.user, document={})
        document = draft.document if draft.is_declared else proposed
        answer = HttpResponse(written(document), content_type="application/json")
        answer["Content-Disposition"] = f'attachment; filename="{self.index.slug}-presentation.json"'
        return answer


class Preview(ManagePage):
    """The search page as it would be with a document that is not saved; what is wrong with it, otherwise."""

    role = "admin"
    section = "presentation"
    template = "web/manage/preview_failed.html"

    def post(self, request: HttpRequest) -> HttpResponseBase:
        text, note, after = submitted(request)
        try:
            presentation = search.drafted(index=self.index, actor=self.user, document=parsed(text))
        except (Invalid, TooLarge) as error:
            page = EditorPage(text, note, after, "", wrongs(error))
            return self.page(page=page, status=400)
        return previewed(self, presentation, text)


def previewed(page: ManagePage, presentation: Presentation, text: str) -> HttpResponse:
    """The search page as ``presentation``, which is what the document ``text`` says.

    Columns, charts and orders are there though they hold nothing yet: who declares them looks for them.
    """
    _, note, after = submitted(page.request)
    visit = views.visit_of(page.request, page.index, presentation, reader=page.user)
    answer = views.search_results(
        page.request,
        visit.showing(replace(presentation, facets=named.facets(visit))),
        template="web/manage/preview.html",
        draft=EditorPage(text, note, after, ""),
    )
    patch_vary_headers(answer, ["Cookie"])
    return answer


def submitted(request: HttpRequest) -> tuple[str, str, str]:
    """The document as text, the note, and the version before; from the JSON editor, or from the fields of the form."""
    text, note, after = (request.POST.get(name, "") for name in ("document", "note", "after"))
    is_form = "document" not in request.POST
    return written(form_parts.document(request.POST.dict())) if is_form else text, note, after


def after_in(text: str) -> int | None:
    return int(text) if text.isdecimal() and len(text) < 9 else None


def parsed(text: str) -> object:
    return json_text.parse(text.encode("utf-8", "replace"), most_bytes=MOST_BYTES)


def written(document: object) -> str:
    return json.dumps(document, indent=2, ensure_ascii=False)


def wrongs(error: PortalError) -> tuple[Wrong, ...]:
    """All that is wrong with a document, each with its place; "" is the document as a whole."""
    listed = error.details.get("faults") or [[error.place, error.message]]
    return tuple(Wrong(place, message) for place, message in listed)


def told(draft: search.Draft) -> str:
    if draft.is_declared:
        return f"Version {draft.number} is in force." if draft.number else "What the index was made with is in force."
    return "Nothing is declared: the index proposes all of it, to each reader from what they see."
