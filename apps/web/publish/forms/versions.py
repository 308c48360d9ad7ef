"""The versions of a form, and how two of them differ."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from apps.common.paging import page_of
from apps.publish import services as publish
from apps.web.manage.versions import changes
from apps.web.publish.forms.base import FormPage
from apps.web.versions import SIZE, lines_of, two_of


class Versions(FormPage):
    template = "web/publish/forms/versions.html"

    def get(self, request: HttpRequest) -> HttpResponse:
        kept = publish.form_versions(self.form)
        before, after = two_of(kept, request.GET)
        shown, pages = page_of(kept, request, size=SIZE)
        return self.page(
            lines=lines_of(shown, newest=self.newest.number, reader=self.user, edit_url=self.url("edit")),
            pages=pages,
            before=before,
            after=after,
            changes=changes(before.document, after.document),
        )
