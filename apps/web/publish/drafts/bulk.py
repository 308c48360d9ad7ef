"""Many drafts at once: a table that is pasted, or sent as a file."""

from __future__ import annotations

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse

from apps.common.errors import Invalid
from apps.publish import services as publish
from apps.publish.services import Row
from apps.web.publish.drafts.base import FormPage
from apps.web.values import plural


class Bulk(FormPage):
    """The answer tells of each row."""

    template = "web/publish/drafts/bulk.html"

    def get(self, _request: HttpRequest) -> HttpResponse:
        return self.shown()

    def post(self, request: HttpRequest) -> HttpResponse:
        try:
            rows = publish.begin_many(form=self.form, actor=self.user, text=_text(request))
        except Invalid as error:
            return self.shown(problem=error.message, text=request.POST.get("table", ""), status=400)
        made = sum(row.draft is not None for row in rows)
        return self.shown(rows=rows, told=f"{plural(made, 'draft is', 'drafts are')} begun.")

    def shown(
        self, *, rows: list[Row] | None = None, told: str = "", problem: str = "", text: str = "", status: int = 200
    ) -> HttpResponse:
        columns = list(publish.document_of(self.form).schema.get("properties", {}))
        return self.page(rows=rows, told=told, problem=problem, text=text, columns=columns, status=status)


def _text(request: HttpRequest) -> str:
    """
    Raises:
        Invalid: the file is no text.
    """
    file = request.FILES.get("file")
    if not isinstance(file, UploadedFile):
        return request.POST.get("table", "").replace("\r\n", "\n")
    if (file.size or 0) > publish.MOST_BYTES:
        raise Invalid("That is too much at once: at most 8 MiB. Split it.")
    try:
        text: str = file.read().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Invalid("The file is no text in UTF-8. Save it as “CSV UTF-8”.") from error
    return text
