"""Makes a flow, or a new version of one. Each button sends the whole form, so that it works without a script."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from apps.common.fields import PLAIN
from apps.flows import services as flows
from apps.flows.language.documents import to_json, to_yaml
from apps.flows.models import Flow
from apps.flows.services import FlowChanges
from apps.web.flows.base import FlowPage, FlowsPage
from apps.web.flows.editor.checked import Checked, checked

MOST_TEXT = 2_000_000
FIRST = """\
Comment: Says hello, if there is somebody to say it to
StartAt: IsSomebodyThere
States:
  IsSomebodyThere:
    Type: Choice
    Choices:
      - Variable: $.name
        IsPresent: true
        Next: SayHello
    Default: NobodyThere
  SayHello:
    Type: Action
    ActionUrl: /api/actions/hello_world
    Parameters:
      echo_string.$: $.name
    ResultPath: $.said
    End: true
  NobodyThere:
    Type: Fail
    Error: NobodyThere
    Cause: There is no name in the input.
"""
FIRST_SCHEMA = """\
type: object
properties:
  name:
    type: string
    title: Name
"""


class EditorForm(forms.Form):
    title = forms.CharField(max_length=Flow.LONGEST_TITLE, required=False)
    text = forms.CharField(max_length=MOST_TEXT, required=False, strip=False, widget=forms.Textarea(attrs=PLAIN))
    schema = forms.CharField(max_length=MOST_TEXT, required=False, strip=False, widget=forms.Textarea(attrs=PLAIN))
    after = forms.CharField(max_length=9, required=False)


class Editor(FlowsPage):
    template = "web/flows/editor/editor.html"

    def saved(self, told: FlowChanges, asked: dict[str, str]) -> HttpResponse | str:
        """The way on; or why it cannot be saved, in a sentence."""
        raise NotImplementedError

    def post(self, request: HttpRequest) -> HttpResponse:
        form = EditorForm(request.POST)
        if not form.is_valid():
            return self.shown({**_EMPTY, **request.POST.dict()}, problem="The text is too long.", status=400)
        asked, button = form.cleaned_data, request.POST.get("do", "")
        found = checked(asked["text"], asked["schema"])
        if button in _WRITERS and found.definition is not None and found.schema is not None:
            return self.shown({**asked, **_written(found, button)}, found)
        if button != "save":
            return self.shown(asked, found)
        if found.errors:
            return self.shown(asked, found, problem="It cannot be saved yet.", status=400)
        answer = self.saved(FlowChanges(definition=found.definition, input_schema=found.schema), asked)
        return self.shown(asked, found, problem=answer, status=409) if isinstance(answer, str) else answer

    def shown(
        self, asked: dict[str, str], found: Checked | None = None, *, problem: str = "", status: int = 200
    ) -> HttpResponse:
        found = found or checked(asked["text"], asked["schema"])
        return self.page(asked=asked, checked=found, problem=problem, status=status)


class New(Editor):
    def get(self, _request: HttpRequest) -> HttpResponse:
        return self.shown({**_EMPTY, "text": FIRST, "schema": FIRST_SCHEMA}) if self.user else HttpResponse()

    def saved(self, told: FlowChanges, asked: dict[str, str]) -> HttpResponse | str:
        if not asked["title"].strip():
            return "Give it a title first."
        named = FlowChanges(title=asked["title"], definition=told.definition, input_schema=told.input_schema)
        flow = flows.create_flow(actor=self.user, told=named)
        self.tell(f"“{flow.title}” is there. Until you give others a role, you alone see it.")
        return redirect("web:flows:flow", flow.pk)


class Edit(Editor, FlowPage):
    """``version`` in the address is the one to begin with, if not the newest."""

    role = "administrator"

    def get(self, request: HttpRequest) -> HttpResponse:
        version = self.version_in(request)
        schema = to_yaml(version.input_schema) if version.input_schema else ""
        asked = {"text": to_yaml(version.definition), "schema": schema, "after": str(self.version.number)}
        return self.shown({**_EMPTY, **asked})

    def saved(self, told: FlowChanges, asked: dict[str, str]) -> HttpResponse | str:
        before = self.version.number
        if asked["after"] != str(before):
            asked["after"] = str(before)
            return f"Version {before} was saved meanwhile. Look what is in it; saving again puts yours above it."
        flow = flows.change_flow(flow=self.flow, actor=self.user, told=told)
        assert flow.version is not None  # every flow has one
        is_new = flow.version.number != before
        self.tell(f"Version {flow.version.number} is saved." if is_new else "Nothing was changed.")
        return self.go()


_EMPTY = {"title": "", "text": "", "schema": "", "after": ""}
_WRITERS: dict[str, Any] = {"json": to_json, "yaml": to_yaml}


def _written(found: Checked, ending: str) -> dict[str, str]:
    write = _WRITERS[ending]
    return {"text": write(found.definition), "schema": write(found.schema) if found.schema else ""}
