"""What somebody writes and has published: the list of it, which other pages show too."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from apps.accounts.models import User
from apps.common.paging import page_of
from apps.publish import services as publish
from apps.publish.models import Submission
from apps.web.pages import SignedInPage

State = Submission.State
SIGNS = {
    State.DRAFT: ("", "○"),
    State.IN_REVIEW: ("warn", "◔"),
    State.PUBLISHING: ("info", "▶"),
    State.UNDOING: ("warn", "▶"),
    State.PUBLISHED: ("ok", "✓"),
    State.WITHDRAWN: ("", "■"),
}
SIZE = 50


@dataclass(frozen=True, slots=True)
class DraftLine:
    """``tone`` and ``sign`` go with the word of the state. ``trouble`` says why it was not published."""

    url: str
    name: str
    form: str
    state: str
    tone: str
    sign: str
    saved_at: datetime
    is_shared: bool
    trouble: str


def newest_lines(user: User, *, most: int) -> list[DraftLine]:
    """What the user writes or was shown, what was saved last first."""
    return [_line(one, user) for one in publish.find_submissions(actor=user)[:most]]


class Drafts(SignedInPage):
    template = "web/publish/drafts/list.html"

    def get(self, request: HttpRequest) -> HttpResponse:
        found, pages = page_of(publish.find_submissions(actor=self.user), request, size=SIZE)
        return self.page(
            lines=[_line(one, self.user) for one in found],
            pages=pages,
            forms=publish.find_forms(actor=self.user, role="submitter"),
        )


def _line(one: Submission, user: User) -> DraftLine:
    tone, sign = SIGNS[State(one.state)]
    return DraftLine(
        url=reverse("web:drafts:draft", args=[one.pk]),
        name=str(one),
        form=one.form.title,
        state=one.get_state_display(),
        tone=tone,
        sign=sign,
        saved_at=one.saved_at,
        is_shared=one.author_id != user.pk,
        trouble=one.trouble,
    )
