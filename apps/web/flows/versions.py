"""The versions of a flow, and how two of them differ."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from apps.common.paging import page_of
from apps.flows import services as flows
from apps.web.flows.base import FlowPage
from apps.web.manage.versions import changes
from apps.web.versions import SIZE, lines_of, two_of


class Versions(FlowPage):
    template = "web/flows/versions.html"

    def get(self, request: HttpRequest) -> HttpResponse:
        kept = flows.versions_of(self.flow)
        before, after = two_of(kept, request.GET)
        shown, pages = page_of(kept, request, size=SIZE)
        edit_url = self.url("edit") if flows.may_flow(self.actor, "administrator", self.flow) else ""
        return self.page(
            lines=lines_of(shown, newest=self.version.number, reader=self.actor, edit_url=edit_url),
            pages=pages,
            before=before,
            after=after,
            definition=changes(self.shown_definition(before), self.shown_definition(after)),
            schema=changes(before.input_schema, after.input_schema),
        )
