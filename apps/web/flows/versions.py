"""The versions of a flow, and how two of them differ."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.http import HttpRequest, HttpResponse

from apps.accounts.models import User
from apps.flows import services as flows
from apps.flows.models import Version
from apps.web.flows.base import FlowPage
from apps.web.manage.versions import changes
from apps.web.people.names import named


@dataclass(frozen=True, slots=True)
class Line:
    number: int
    made_at: datetime
    made_by: str
    is_current: bool
    edit_url: str


class Versions(FlowPage):
    """``from`` and ``to`` are the numbers of two versions; without them the newest against the one before."""

    template = "web/flows/versions.html"

    def get(self, request: HttpRequest) -> HttpResponse:
        kept = flows.versions_of(self.flow)
        after = _asked(kept, request.GET.get("to", "")) or kept[0]
        earlier = [one for one in kept if one.number < after.number]
        before = _asked(kept, request.GET.get("from", "")) or next(iter(earlier), after)
        may_change = flows.may_flow(self.actor, "administrator", self.flow)
        return self.page(
            versions=self._lines(kept, may_change=may_change),
            before=before,
            after=after,
            definition=changes(self.shown_definition(before), self.shown_definition(after)),
            schema=changes(before.input_schema, after.input_schema),
            may_change=may_change,
        )

    def _lines(self, versions: Sequence[Version], *, may_change: bool) -> list[Line]:
        names = named({one.created_by for one in versions}, self.actor) if isinstance(self.actor, User) else {}
        newest = versions[0].number
        return [
            Line(
                number=one.number,
                made_at=one.created_at,
                made_by=names[one.created_by].text if one.created_by in names else "",
                is_current=one.number == newest,
                edit_url=f"{self.url('edit')}?version={one.number}" if may_change else "",
            )
            for one in versions
        ]


def _asked(versions: Iterable[Version], text: str) -> Version | None:
    return next((one for one in versions if str(one.number) == text), None)
