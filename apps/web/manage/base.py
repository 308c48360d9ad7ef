"""What the pages of an index's management share: who may see them, and the list of them beside each."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse

from apps.access.services import Actor
from apps.access.types import LADDER
from apps.common.errors import NotAllowed, NotFound
from apps.search import services as search
from apps.search.models import Index
from apps.web import accents, links, viewing
from apps.web.context import Link
from apps.web.pages import Page

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


class ManagePage(Page):
    """A page for those who have ``role`` on the index (or one above it); for others it is not there."""

    role: ClassVar[str] = "writer"
    section: ClassVar[str] = ""
    ends_viewing: ClassVar[bool] = False
    index: Index

    def dispatch(self, request: HttpRequest, *args: object, name: str = "", **parts: object) -> HttpResponseBase:
        self.index = search.get_index(name=name, actor=request.user)
        try:
            search.require(index=self.index, actor=request.user, role=self.role)
        except NotAllowed as error:
            raise NotFound from error
        if not self.ends_viewing:
            viewing.refuse_changes(request, self.index)
        return super().dispatch(request, *args, **parts)

    def page(self, *, template: str = "", status: int = 200, **values: object) -> HttpResponse:
        names = search.role_names(index=self.index, actor=self.user)
        shared: Mapping[str, object] = {
            "index": self.index,
            "index_url": links.index_url(self.index.slug),
            "accent_url": accents.url(self.index.presentation.get("accent", "")),
            "sections": _sections(self.index, names, self.section),
            "heading": next((title for title, section, _ in SECTIONS if section == self.section), ""),
        }
        return super().page(template=template, status=status, **{**shared, **values})

    def url(self, page: str, *parts: object) -> str:
        return url(self.index, page, *parts)

    def go(self, page: str, *parts: object, query: str = "") -> HttpResponse:
        """To another page, by GET. ``query`` is a query string."""
        return redirect(self.url(page, *parts) + (f"?{query}" if query else ""))


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
