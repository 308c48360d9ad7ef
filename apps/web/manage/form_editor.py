"""The presentation as a form: each button sends the whole form, so that it works without a script.

The form and the JSON editor write the same document, and hand it to each other. The form takes over documents without
faults alone, because a place that is no field could not be told beside one. What is left to the index stays left to it
until it is declared here.
"""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse

from apps.common.errors import Conflict, Invalid, NotFound, PortalError, TooLarge
from apps.search import services as search
from apps.search.errors import PresentationChanged
from apps.web.manage import form_page, form_parts, form_steps
from apps.web.manage.form_page import Adding, FormPage
from apps.web.manage.form_steps import Step
from apps.web.manage.presentation import Editor, after_in, parsed, previewed, told, written, wrongs

MOST_PATHS = 300
NO_STEP = Step("")
NOT_ADDING = Adding()


class FormEditor(Editor):
    template = "web/manage/form.html"

    def get(self, request: HttpRequest) -> HttpResponse:
        return self.form(self.index.presentation)

    def post(self, request: HttpRequest) -> HttpResponse:
        if "document" in request.POST:
            return self._taken_over(request.POST["document"])
        document = form_parts.document(request.POST.dict())
        step = Step.read(request.POST.get("do", ""))
        match step.verb:
            case "save":
                return self._saved(document)
            case "preview":
                return self._previewed(document)
            case "add" if step.part:
                return self._added(document, step)
        document, step = form_steps.taken(document, step, self._proposed(document))
        return self.form(document, step=step, is_unsaved=True)

    def form(
        self,
        document: dict[str, Any],
        *,
        step: Step = NO_STEP,
        adding: Adding = NOT_ADDING,
        error: PortalError | None = None,
        is_unsaved: bool = False,
        after: str = "",
        status: int = 200,
    ) -> HttpResponse:
        draft = search.draft(index=self.index, actor=self.user)
        faults = self._faults(document) | ({wrongs(error)[0].place: error.message} if error else {})
        texts = form_page.texts(document, faults)
        parts = form_page.parts(document, faults, self._proposed(document), step, adding)
        page = FormPage(
            texts=texts,
            parts=parts,
            wrong=form_page.wrong(faults, parts, texts),
            paths=self._paths(),
            note=self.request.POST.get("note", ""),
            after=after or self.request.POST.get("after", "") or str(draft.number),
            told=told(draft),
            is_unsaved=is_unsaved,
        )
        return self.page(page=page, status=status)

    def _taken_over(self, text: str) -> HttpResponse:
        """From the JSON editor."""
        note, after = (self.request.POST.get(name, "") for name in ("note", "after"))
        try:
            document = parsed(text)
            search.drafted(index=self.index, actor=self.user, document=document)
        except (Invalid, TooLarge) as error:
            return self.edit(text=text, note=note, after=after, wrong=wrongs(error), status=400)
        return self.form(dict(document), is_unsaved=True)  # type: ignore[call-overload]  # it has no faults

    def _saved(self, document: dict[str, Any]) -> HttpResponse:
        note, after = (self.request.POST.get(name, "") for name in ("note", "after"))
        try:
            made = search.present(
                index=self.index, actor=self.user, document=document, note=note.strip(), after=after_in(after)
            )
        except PresentationChanged as error:
            newest = str(search.draft(index=self.index, actor=self.user).number)
            return self.form(document, error=error, after=newest, is_unsaved=True, status=409)
        except (Invalid, Conflict) as error:
            return self.form(document, error=error, is_unsaved=True, status=400)
        self.tell(f"Version {made.number} is saved. The search page shows it from now on.")
        return self.go("form")

    def _previewed(self, document: dict[str, Any]) -> HttpResponse:
        try:
            presentation = search.drafted(index=self.index, actor=self.user, document=document)
        except Invalid:
            return self.form(document, is_unsaved=True, status=400)
        return previewed(self, presentation, written(document))

    def _added(self, document: dict[str, Any], step: Step) -> HttpResponse:
        """A path of the catalogue, with the label and the kind that it proposes."""
        text = self.request.POST.get(f"{step.part}.add", "").strip()
        part = form_parts.BY_NAME[step.part]
        try:
            row = search.row_of(index=self.index, actor=self.user, path=text)
        except NotFound as error:
            adding = Adding(step.part, text, error.message if text else "Choose a path of the catalogue first.")
            return self.form(document, step=step, adding=adding, is_unsaved=True, status=400)
        document = form_steps.added(document, part, row, self._proposed(document))
        last = len(document[part.name]) - 1
        return self.form(document, step=Step("up", part.name, last), is_unsaved=True)

    def _faults(self, document: dict[str, Any]) -> dict[str, str]:
        """What is wrong, by place."""
        try:
            search.drafted(index=self.index, actor=self.user, document=document)
        except Invalid as error:
            return {one.place: one.message for one in wrongs(error)}
        return {}

    def _proposed(self, document: dict[str, Any]) -> dict[str, list[form_parts.Row]]:
        return search.proposed_rows(index=self.index, actor=self.user, document=document)

    def _paths(self) -> tuple[str, ...]:
        """The commonest of the catalogue; any other can be typed."""
        found = search.paths_of(index=self.index, actor=self.user, order="-entries", limit=MOST_PATHS)
        return tuple(line.path for line in found.lines)
