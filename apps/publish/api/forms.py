"""Forms: which there are, what they ask for, and what is checked by them."""

from __future__ import annotations

from typing import Any

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter
from rest_framework.request import Request
from rest_framework.response import Response

from apps.common.errors import Invalid
from apps.publish import services as publish
from apps.publish.api import answers
from apps.publish.api.base import AskingView, PublishView
from apps.publish.api.tables import CSV, JsonLines, NdJson
from apps.publish.api.told import told
from apps.publish.forms.base import read
from apps.publish.forms.drafts import DraftFields, changes
from apps.publish.models import Form

ROLES = ("viewer", "submitter", "reviewer", "administrator")
ROLE = OpenApiParameter("role", str, enum=ROLES, default="viewer")


class Forms(PublishView):
    """Forms that you may see."""

    @told("list_forms", answers.FormsTold, parameters=(ROLE,))
    def get(self, request: Request) -> Response:
        """Those on which you have a role, by title."""
        role = request.query_params.get("role", "viewer")
        if role not in ROLES:
            raise Invalid(f"There is no such role. Ask for one of {', '.join(ROLES)}.", place="role")
        found = publish.find_forms(actor=self.actor, role=role)
        return Response({"forms": [_told(self, one) for one in found]})


class OneForm(PublishView):
    """One form."""

    @told("get_form", answers.FormTold)
    def get(self, request: Request, form: str) -> Response:
        """By its slug or its id."""
        return Response(_told(self, self.form(form)))


class FormSchema(PublishView):
    """What a form asks for."""

    @told("get_form_schema", OpenApiTypes.OBJECT)
    def get(self, request: Request, form: str) -> Response:
        """A JSON Schema (2020-12) of the content of a submission."""
        return Response(publish.document_of(self.form(form)).schema)


class FormDocument(PublishView):
    """All that a form is."""

    @told("get_form_document", OpenApiTypes.OBJECT)
    def get(self, request: Request, form: str) -> Response:
        """The whole document, with the index, the collection and the flow that it publishes by. For administrators; of
        a form that came with the portal and is not set up yet for all who see it."""
        return Response(publish.export_form(self.form(form), actor=self.actor)["document"])


class CheckedByForm(AskingView):
    """Whether something could be sent in."""

    @told("check_content", answers.Faults, asks=DraftFields)
    def post(self, request: Request, form: str) -> Response:
        """All that would keep it from being sent in; nothing is kept of it, and files are not looked at."""
        user, one = self.user, self.form(form)
        faults = publish.check_draft(form=one, actor=user, told=changes(read(DraftFields, request.data)))
        return Response(answers.Faults({"faults": faults}).data)


class Table(PublishView):
    """Many drafts from a table."""

    parser_classes = [CSV, JsonLines, NdJson]

    @told(
        "begin_many",
        answers.RowsTold,
        asks={"text/csv": str, "application/jsonl": str, "application/x-ndjson": str},
        status=201,
        fails=(409,),
    )
    def post(self, request: Request, form: str) -> Response:
        """A draft for each row of a CSV, whose first line names the columns, or for each line of JSON. Columns are
        JSON pointers, or names with dots. What cannot be read becomes no draft, and stops no other."""
        user, one = self.user, self.form(form)
        text = request.data if isinstance(request.data, str) else ""  # of an empty body nothing is parsed
        rows = publish.begin_many(form=one, actor=user, text=text)
        return Response(answers.RowsTold({"rows": [_row(row) for row in rows]}).data, status=201)


def _told(view: PublishView, form: Form) -> dict[str, Any]:
    return answers.form(form, may_submit=publish.may_form(view.actor, "submitter", form))


def _row(row: publish.Row) -> dict[str, Any]:
    draft = row.draft.pk if row.draft else None
    return {"line": row.line, "submission": draft, "faults": row.faults, "problem": row.problem}
