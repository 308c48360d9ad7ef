"""What the pages of an index's management share: who may see them, and the list of them beside each."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views import View

from apps.access.services import Actor
from apps.access.types import LADDER
from apps.accounts.models import User
from apps.common.errors import NotAllowed, NotFound, PortalError
from apps.search import services as search
from apps.search.models import Index
from apps.web import accents, links, viewing
from apps.web.context import Link

SECTIONS = (
    ("Catalogue", "catalogue", "writer"),
    ("Presentation", "presentation", "admin"),
    ("Tasks", "tasks", "writer"),
    ("Roles", "roles", "admin"),
    ("Settings", "settings", "admin"),
    ("View as", "view_as", "admin"),
    ("Access log", "access_log", "admin"),
)
"""Title, name of the page, and the least role that sees it."""


class ManagePage(View):
    """A page for those who have ``role`` on the index (or one above it); for others it is not there."""

    role: ClassVar[str] = "writer"
    section: ClassVar[str] = ""
    template: ClassVar[str] = ""
    ends_viewing: ClassVar[bool] = False
    index: Index
    actor: User

    def dispatch(self, request: HttpRequest, *args: object, name: str = "", **parts: object) -> HttpResponseBase:
        self.index = search.get_index(name=name, actor=request.user)
        try:
            search.require(index=self.index, actor=request.user, role=self.role)
        except NotAllowed as error:
            raise NotFound from error
        if not self.ends_viewing:
            viewing.refuse_changes(request, self.index)
        self.actor = request.user  # type: ignore[assignment]  # nobody else has a role
        return super().dispatch(request, *args, **parts)

    def page(self, *, status: int = 200, template: str = "", **values: object) -> HttpResponse:
        names = search.role_names(index=self.index, actor=self.actor)
        shared: Mapping[str, object] = {
            "index": self.index,
            "index_url": links.index_url(self.index.slug),
            "accent_url": accents.url(self.index.presentation.get("accent", "")),
            "sections": _sections(self.index, names, self.section),
            "heading": next((title for title, section, _ in SECTIONS if section == self.section), ""),
        }
        return render(self.request, template or self.template, {**shared, **values}, status=status)

    def url(self, page: str, *parts: object) -> str:
        return url(self.index, page, *parts)

    def go(self, page: str, *parts: object, query: str = "") -> HttpResponse:
        """To another page, by GET. ``query`` is a query string."""
        return redirect(self.url(page, *parts) + (f"?{query}" if query else ""))

    def tell(self, message: str | PortalError) -> None:
        """On the next page: that something was done, or why it was not."""
        if isinstance(message, PortalError):
            messages.error(self.request, message.message)
        else:
            messages.success(self.request, message)


class Home(ManagePage):
    """The first page of all."""

    def get(self, request: HttpRequest) -> HttpResponse:
        return self.go("catalogue")


def url(index: Index, page: str, *parts: object) -> str:
    return reverse(f"web:manage:{page}", args=[index.slug, *parts])


def url_for(index: Index, actor: Actor) -> str:
    """Where the actor manages the index; "" if they do not."""
    return url(index, "catalogue") if search.role_names(index=index, actor=actor) else ""


def _sections(index: Index, names: frozenset[str], here: str) -> tuple[Link, ...]:
    """Those that somebody with these roles sees."""
    may = {role for at, role in enumerate(LADDER) if not names.isdisjoint(LADDER[: at + 1])}
    return tuple(Link(title, url(index, page), page == here) for title, page, role in SECTIONS if role in may)
