"""What somebody fills in, checked by a form, or read from a table."""

from __future__ import annotations

from typing import Any

from rest_framework.request import Request
from rest_framework.response import Response

from apps.publish import services as publish
from apps.publish.api import answers
from apps.publish.api.base import AskingView, PublishView
from apps.publish.api.tables import CSV, JsonLines, NdJson
from apps.publish.api.told import told
from apps.publish.forms.base import read
from apps.publish.forms.drafts import DraftFields, changes


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


def _row(row: publish.Row) -> dict[str, Any]:
    draft = row.draft.pk if row.draft else None
    return {"line": row.line, "submission": draft, "faults": row.faults, "problem": row.problem}
