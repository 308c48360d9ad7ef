"""What the pages of the portal's administrators share. For all others they are not there."""

from __future__ import annotations

from typing import ClassVar

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse

from apps.accounts.models import User
from apps.common.errors import NotFound
from apps.web.context import Link
from apps.web.pages import SignedInPage

SECTIONS = (("Who has access", "access"), ("Audit log", "audit"), ("Functions", "functions"), ("What waits", "delays"))
"""Title, and name of the page."""


class AdminPage(SignedInPage):
    section: ClassVar[str] = ""

    def dispatch(self, request: HttpRequest, *args: object, **parts: object) -> HttpResponseBase:
        if isinstance(request.user, User) and not (request.user.is_active and request.user.is_superuser):
            raise NotFound
        return super().dispatch(request, *args, **parts)

    def page(self, *, template: str = "", status: int = 200, **values: object) -> HttpResponse:
        links = [Link(title, reverse(f"web:{page}"), page == self.section) for title, page in SECTIONS]
        links.append(Link("Tables (Django admin)", reverse("admin:index")))
        return super().page(template=template, status=status, sections=links, **values)
