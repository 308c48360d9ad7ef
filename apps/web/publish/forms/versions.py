"""The versions of a form, and how two of them differ."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse

from apps.common.paging import page_of
from apps.publish import services as publish
from apps.publish.models import FormVersion
from apps.web.manage.versions import changes
from apps.web.people.names import named
from apps.web.publish.forms.base import FormPage

SIZE = 50


@dataclass(frozen=True, slots=True)
class Line:
    number: int
    made_at: datetime
    made_by: str
    note: str
    is_current: bool
    edit_url: str


class Versions(FormPage):
    """``from`` and ``to`` are the numbers of two versions; without them the newest against the one before."""

    template = "web/publish/forms/versions.html"

    def get(self, request: HttpRequest) -> HttpResponse:
        kept = publish.form_versions(self.form)
        newest = kept[0]
        after = numbered(kept, request.GET.get("to", "")) or newest
        before = numbered(kept, request.GET.get("from", "")) or kept.filter(number__lt=after.number).first() or after
        shown, pages = page_of(kept, request, size=SIZE)
        return self.page(
            versions=self._lines(shown, newest),
            pages=pages,
            before=before,
            after=after,
            changes=changes(before.document, after.document),
        )

    def _lines(self, versions: Sequence[FormVersion], newest: FormVersion) -> list[Line]:
        names = named({one.created_by for one in versions}, self.user)
        return [
            Line(
                number=one.number,
                made_at=one.created_at,
                made_by=names[one.created_by].text,
                note=one.note,
                is_current=one.number == newest.number,
                edit_url=f"{self.url('edit')}?version={one.number}",
            )
            for one in versions
        ]


def numbered(versions: QuerySet[FormVersion, FormVersion], text: str) -> FormVersion | None:
    is_number = text.isascii() and text.isdecimal() and len(text) < 10
    return versions.filter(number=int(text)).first() if is_number else None
