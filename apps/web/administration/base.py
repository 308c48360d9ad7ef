"""What the pages of the portal's administrators share. For all others they are not there."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.views import View

from apps.accounts.models import User
from apps.common.errors import NotFound
from apps.web.context import Link

SECTIONS = (("Who has access", "access"), ("Audit log", "audit"), ("Functions", "functions"))
"""Title, and name of the page."""


class AdminPage(View):
    section: ClassVar[str] = ""
    template: ClassVar[str] = ""
    actor: User

    def dispatch(self, request: HttpRequest, *args: object, **parts: object) -> HttpResponseBase:
        if not isinstance(request.user, User):
            return redirect_to_login(request.get_full_path())
        if not (request.user.is_active and request.user.is_superuser):
            raise NotFound
        self.actor = request.user
        return super().dispatch(request, *args, **parts)

    def page(self, *, status: int = 200, **values: object) -> HttpResponse:
        links = [Link(title, reverse(f"web:{page}"), page == self.section) for title, page in SECTIONS]
        links.append(Link("Tables (Django admin)", reverse("admin:index")))
        return render(self.request, self.template, {"sections": links, **values}, status=status)
