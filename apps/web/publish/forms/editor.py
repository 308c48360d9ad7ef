"""Makes a form, or a new version of one."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from apps.common.errors import Conflict, Invalid, NotFound
from apps.common.fields import PLAIN
from apps.flows.language.documents import MOST_BYTES, to_json
from apps.publish import services as publish
from apps.publish.models import FormVersion
from apps.publish.services import FormChanges
from apps.web.editors.pages import Asked, Boxes, EditorPage
from apps.web.manage.versions import changes
from apps.web.pages import SignedInPage
from apps.web.publish.forms.base import FormPage
from apps.web.publish.forms.checked import Checked, checked
from apps.web.versions import numbered

EMPTY = {"text": "", "slug": "", "note": "", "after": ""}
FIRST: dict[str, Any] = {
    "title": "Dataset",
    "description": "What it is for, in a sentence.",
    "schema": {
        "type": "object",
        "required": ["title", "creators"],
        "properties": {
            "title": {"type": "string", "title": "Title", "minLength": 1},
            "description": {"type": "string", "title": "Description", "maxLength": 10000},
            "creators": {
                "type": "array",
                "title": "Who made it",
                "minItems": 1,
                "items": {
                    "type": "object",
                    "title": "Person",
                    "required": ["name"],
                    "properties": {
                        "name": {"type": "string", "title": "Name", "minLength": 1},
                        "orcid": {"type": "string", "title": "ORCID", "format": "orcid"},
                    },
                },
            },
            "notes": {"type": "string", "title": "Notes", "maxLength": 10000, "x-restricted": "notes"},
        },
    },
    "path": "/{id}",
    "name": "{title}",
    "visibility": {
        "choices": [
            {"name": "public", "title": "Everyone", "visible_to": ["public"]},
            {"name": "authors", "title": "Only the authors", "visible_to": ["authors"]},
        ]
    },
    "restricted": {"notes": {"title": "Notes of the authors", "visible_to": ["authors"]}},
}


class FormBoxes(Boxes):
    """``text`` is the document."""

    text = forms.CharField(max_length=MOST_BYTES, required=False, strip=False, widget=forms.Textarea(attrs=PLAIN))
    slug = forms.CharField(max_length=80, required=False)
    note = forms.CharField(max_length=200, required=False)


class Editor(SignedInPage, EditorPage[Checked]):
    template = "web/publish/forms/editor.html"
    boxes = FormBoxes
    empty = EMPTY

    def checked(self, asked: Asked) -> Checked:
        return checked(asked["text"], self.user, self.request.POST.dict())


class New(Editor):
    """``from`` in the address names a form to begin with."""

    def get(self, request: HttpRequest) -> HttpResponse:
        slug = request.GET.get("from", "")
        if not slug:
            return self.shown({**EMPTY, "text": to_json(FIRST)})
        model = publish.export_form(publish.get_form(slug, actor=self.user), actor=self.user)
        document = {**model["document"], "title": f"Copy of {model['title']}"[:128]}
        return self.shown({**EMPTY, "text": to_json(document), "note": f"Copied from {slug}"[:200]})

    def saved(self, asked: Asked, found: Checked) -> HttpResponse:
        told = FormChanges(document=found.document, slug=asked["slug"].strip() or None, note=asked["note"])
        try:
            form = publish.create_form(actor=self.user, told=told)
        except (Conflict, Invalid) as error:
            return self.shown(asked, found, problem=error.message, status=409)
        self.tell(f"“{form.title}” is there, and closed. Say where it publishes to, and who may submit.")
        return redirect("web:forms:setup", form.slug)


class Edit(FormPage, Editor):
    """``version`` in the address is the one to begin with, if not the newest.

    What is to be saved is shown first, beside the newest version; another that is saved meanwhile is shown, too.
    """

    def get(self, request: HttpRequest) -> HttpResponse:
        version = self._version(request.GET.get("version", ""))
        return self.shown({**EMPTY, "text": to_json(version.document), "after": str(self.newest.number)})

    def _version(self, asked: str) -> FormVersion:
        found = numbered(publish.form_versions(self.form), asked) if asked else self.newest
        if found is None:
            raise NotFound
        return found

    def saved(self, asked: Asked, found: Checked) -> HttpResponse:
        before = self.newest
        is_late, differences = asked["after"] != str(before.number), changes(before.document, found.document)
        if before.document == found.document:
            self.tell("Nothing was changed.")
            return self.go()
        if self.request.POST["do"] == "confirm" and not is_late:
            return self._kept(asked, found)
        return self.page(
            template="web/publish/forms/review.html",
            asked={**asked, "after": str(before.number)},
            number=before.number,
            is_late=is_late,
            changes=differences,
            status=409 if is_late else 200,
        )

    def _kept(self, asked: Asked, found: Checked) -> HttpResponse:
        after = self.form.version.number if self.form.version else None
        told = FormChanges(document=found.document, note=asked["note"], after=after)
        try:
            form = publish.change_form(form=self.form, actor=self.user, told=told)
        except Conflict as error:
            return self.shown(asked, found, problem=error.message, status=409)
        assert form.version is not None  # every form has one
        self.tell(f"Version {form.version.number} is saved. Drafts go on with theirs.")
        return self.go()
