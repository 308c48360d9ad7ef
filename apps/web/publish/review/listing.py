"""What waits for the reader's review."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from apps.access.services import Actor
from apps.accounts.models import User
from apps.common.paging import page_of
from apps.publish import services as publish
from apps.publish.models import Submission
from apps.web.pages import SignedInPage
from apps.web.people.names import named

SIZE = 50


@dataclass(frozen=True, slots=True)
class Line:
    url: str
    name: str
    form: str
    author: str
    number: int
    sent_at: datetime | None


class Waiting(SignedInPage):
    template = "web/publish/review/list.html"

    def get(self, request: HttpRequest) -> HttpResponse:
        found, pages = page_of(publish.waiting_for(self.user), request, size=SIZE)
        names = named({one.author_urn for one in found}, self.user)
        return self.page(lines=[_line(one, names[one.author_urn].text) for one in found], pages=pages)


def waiting_for(actor: Actor) -> int:
    """How many submissions somebody may decide about: for pages that lead there."""
    return publish.waiting_for(actor).count() if isinstance(actor, User) else 0


def _line(one: Submission, author: str) -> Line:
    return Line(reverse("web:review:one", args=[one.pk]), str(one), one.form.title, author, one.number, one.sent_at)
