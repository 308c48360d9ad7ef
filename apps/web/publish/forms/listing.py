"""The forms that one may publish with, and those that one administers."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from apps.common.paging import page_of
from apps.publish import services as publish
from apps.publish.models import Form
from apps.web.pages import SignedInPage
from apps.web.publish.drafts import listing as drafts
from apps.web.publish.review.listing import waiting_for

MOST_LINES = 10
SIZE = 50


@dataclass(frozen=True, slots=True)
class Card:
    """A form to publish with. ``url`` begins a draft; ``form_url`` is for who administers it."""

    title: str
    description: str
    url: str
    form_url: str


@dataclass(frozen=True, slots=True)
class Line:
    """``state`` and ``tone`` are as a badge says them."""

    url: str
    copy_url: str
    title: str
    slug: str
    state: str
    tone: str
    version: int
    updated_at: datetime


class Home(SignedInPage):
    template = "web/publish/forms/home.html"

    def get(self, _request: HttpRequest) -> HttpResponse:
        forms = publish.find_forms(actor=self.user, role="submitter").filter(is_open=True)
        own = set(publish.find_forms(actor=self.user, role="administrator").values_list("pk", flat=True))
        return self.page(
            cards=[_card(form, administers=form.pk in own) for form in forms],
            administers=bool(own),
            reviews=publish.find_forms(actor=self.user, role="reviewer").exists(),
            waiting=waiting_for(self.user),
            lines=drafts.newest_lines(self.user, most=MOST_LINES),
        )


class Forms(SignedInPage):
    """With those that came with the portal, which everybody may copy."""

    template = "web/publish/forms/forms.html"

    def get(self, request: HttpRequest) -> HttpResponse:
        own = publish.find_forms(actor=self.user, role="administrator")
        known = set(own.values_list("pk", flat=True))
        models = [form for form in publish.forms_to_copy(self.user) if form.pk not in known]
        mine, pages = page_of(own, request, size=SIZE)
        return self.page(lines=_lines(mine), pages=pages, models=_lines(models))


def _card(form: Form, *, administers: bool) -> Card:
    return Card(
        title=form.title,
        description=publish.document_of(form).description,
        url=begin_url(form),
        form_url=reverse("web:forms:form", args=[form.slug]) if administers else "",
    )


def _lines(forms: Iterable[Form]) -> list[Line]:
    return [_line(form) for form in forms]


def _line(form: Form) -> Line:
    assert form.version is not None  # every form has one
    state, tone = state_of(form)
    return Line(
        url=reverse("web:forms:form", args=[form.slug]),
        copy_url=f"{reverse('web:forms:new')}?from={form.slug}",
        title=form.title,
        slug=form.slug,
        state=state,
        tone=tone,
        version=form.version.number,
        updated_at=form.updated_at,
    )


def begin_url(form: Form) -> str:
    """Where a draft by the form is begun."""
    return reverse("web:drafts:new", args=[form.slug])


def state_of(form: Form) -> tuple[str, str]:
    """In a word, with the tone of its badge."""
    if form.is_open:
        return "✓ Open", "ok"
    return ("○ Closed", "") if publish.document_of(form).index else ("○ Not set up", "warn")
