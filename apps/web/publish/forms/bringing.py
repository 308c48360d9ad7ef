"""Brings in a form that was exported elsewhere."""

from __future__ import annotations

from collections.abc import Sequence

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from apps.common.errors import Invalid
from apps.common.fields import PLAIN
from apps.flows.language.documents import MOST_BYTES, parse, text_of
from apps.publish import services as publish
from apps.publish.errors import InvalidForm
from apps.publish.types import Fault
from apps.web.pages import SignedInPage


class ImportForm(forms.Form):
    text = forms.CharField(max_length=MOST_BYTES, required=False, strip=False, widget=forms.Textarea(attrs=PLAIN))


class Import(SignedInPage):
    """Of a file, or of what is pasted."""

    template = "web/publish/forms/import.html"

    def get(self, _request: HttpRequest) -> HttpResponse:
        return self.shown("")

    def post(self, request: HttpRequest) -> HttpResponse:
        form, file = ImportForm(request.POST), request.FILES.get("file")
        if not form.is_valid():
            return self.shown("", problem="The text is too long.", status=400)
        text = form.cleaned_data["text"]
        try:
            text = text_of(file.read(MOST_BYTES + 1)) if file is not None else text
            if not text.strip():
                return self.shown(text, problem="Choose a file first, or paste its text.", status=400)
            made = publish.import_form(parse(text), actor=self.user)
        except InvalidForm as error:
            return self.shown(text, faults=error.faults, problem="The form is not right.", status=400)
        except Invalid as error:
            return self.shown(text, problem=error.message, status=400)
        self.tell(f"“{made.title}” is there, and closed. Look where it publishes to, and who may submit.")
        return redirect("web:forms:setup", made.slug)

    def shown(self, text: str, *, problem: str = "", faults: Sequence[Fault] = (), status: int = 200) -> HttpResponse:
        return self.page(text=text, problem=problem, faults=faults, status=status)
