"""Makes a flow, or a new version of one."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from apps.common.errors import Invalid
from apps.flows import services as flows
from apps.flows.language.documents import to_json, to_yaml
from apps.flows.services import FlowChanges
from apps.web.editors.pages import Asked, EditorPage
from apps.web.flows.base import FlowPage
from apps.web.flows.editor.checked import Checked, checked
from apps.web.flows.editor.form import EMPTY, FILE_INTO, FlowBoxes, taken_from
from apps.web.manage.versions import changes

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


class Editor(EditorPage[Checked]):
    template = "web/flows/editor/editor.html"
    boxes = FlowBoxes
    empty = EMPTY

    def checked(self, asked: Asked) -> Checked:
        return checked(asked["text"], asked["schema"])

    def pressed(self, asked: Asked, button: str) -> HttpResponse:
        if button in FILE_INTO:
            return self._with_file(asked, FILE_INTO[button])
        found = self.checked(asked)
        is_readable = found.definition is not None and found.schema is not None
        written = _written(found, button) if button in _WRITERS and is_readable else {}
        return self.shown({**asked, **written}, found)

    def _with_file(self, asked: Asked, box: str) -> HttpResponse:
        try:
            return self.shown(taken_from(self.request.FILES.get("file"), asked, box))
        except Invalid as error:
            return self.shown(asked, problem=error.message, status=400)


class New(Editor):
    def get(self, _request: HttpRequest) -> HttpResponse:
        return self.shown({**EMPTY, "text": FIRST, "schema": FIRST_SCHEMA}) if self.user else HttpResponse()

    def saved(self, asked: Asked, found: Checked) -> HttpResponse:
        if not asked["title"].strip():
            return self.shown(asked, found, problem="Give it a title first.", status=409)
        told = FlowChanges(title=asked["title"], definition=found.definition, input_schema=found.schema)
        flow = flows.create_flow(actor=self.user, told=told)
        self.tell(f"“{flow.title}” is there. Until you give others a role, you alone see it.")
        return redirect("web:flows:flow", flow.pk)


class Edit(Editor, FlowPage):
    """``version`` in the address is the one to begin with, if not the newest.

    What is to be saved is shown first, beside the newest version; another that is saved meanwhile is shown, too.
    """

    role = "administrator"

    def get(self, request: HttpRequest) -> HttpResponse:
        version = self.version_in(request)
        schema = to_yaml(version.input_schema) if version.input_schema else ""
        asked = {"text": to_yaml(version.definition), "schema": schema, "after": str(self.version.number)}
        return self.shown({**EMPTY, **asked})

    def saved(self, asked: Asked, found: Checked) -> HttpResponse:
        before = self.version
        is_late = asked["after"] != str(before.number)
        definition = changes(before.definition, found.definition)
        schema = changes(before.input_schema, found.schema)
        if not definition and not schema:
            self.tell("Nothing was changed.")
            return self.go()
        if self.request.POST["do"] == "confirm" and not is_late:
            return self._kept(found)
        return self.page(
            template="web/flows/editor/review.html",
            asked={**asked, "after": str(before.number)},
            number=before.number,
            is_late=is_late,
            warnings=found.warnings,
            definition=definition,
            schema=schema,
            status=409 if is_late else 200,
        )

    def _kept(self, found: Checked) -> HttpResponse:
        told = FlowChanges(definition=found.definition, input_schema=found.schema)
        flow = flows.change_flow(flow=self.flow, actor=self.user, told=told)
        assert flow.version is not None  # every flow has one
        self.tell(f"Version {flow.version.number} is saved.")
        return self.go()


_WRITERS: dict[str, Any] = {"json": to_json, "yaml": to_yaml}


def _written(found: Checked, ending: str) -> dict[str, str]:
    write = _WRITERS[ending]
    return {"text": write(found.definition), "schema": write(found.schema) if found.schema else ""}
