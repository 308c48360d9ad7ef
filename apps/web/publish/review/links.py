"""Links for referees: made, shown once, and withdrawn."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from apps.common.errors import Invalid
from apps.publish import services as publish
from apps.web.publish.review.base import ReviewPage

DAYS = (7, 14, 30, 90, 180)
CHOSEN = 30


@dataclass(frozen=True, slots=True)
class LinkLine:
    key: UUID
    label: str
    shows_authors: bool
    made_at: datetime
    expires_at: datetime


class Links(ReviewPage):
    """For its author and its reviewers. The address of a new one stands on the answer, and is told nowhere again."""

    template = "web/publish/review/links.html"

    def get(self, _request: HttpRequest) -> HttpResponse:
        return self.shown()

    def post(self, request: HttpRequest) -> HttpResponse:
        now, days = timezone.now(), request.POST.get("days", "")
        try:
            if days not in map(str, DAYS):
                raise Invalid("Choose how long it is to last.")
            _, url = publish.make_link(
                submission=self.submission,
                actor=self.user,
                label=request.POST.get("label", ""),
                shows_authors=bool(request.POST.get("shows_authors")),
                expires_at=now + timedelta(days=int(days)),
                now=now,
            )
        except Invalid as error:
            return self.shown(problem=error.message, status=400)
        return self.shown(url=url)

    def shown(self, *, url: str = "", problem: str = "", status: int = 200) -> HttpResponse:
        found = publish.links_of(self.submission, actor=self.user, now=timezone.now())
        lines = [LinkLine(one.pk, str(one), one.shows_authors, one.created_at, one.expires_at) for one in found]
        return self.page(links=lines, days=DAYS, chosen=CHOSEN, new_url=url, problem=problem, status=status)


class WithdrawLink(ReviewPage):
    def post(self, _request: HttpRequest, link_id: UUID) -> HttpResponse:
        publish.withdraw_link(submission=self.submission, link_id=link_id, actor=self.user, now=timezone.now())
        self.tell("The link is withdrawn, and leads nowhere now.")
        return redirect(self.url("links"))
