"""The list of collections: all that a visitor is told of, their own, and what others share with them."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from apps.access.services import Actor
from apps.accounts.models import User
from apps.common.paging import Pages
from apps.storage import services as storage
from apps.storage.models import Collection
from apps.web.bookmarks.links import bookmark_links
from apps.web.context import Link
from apps.web.files.address import MOST_TEXT
from apps.web.pages import Page
from apps.web.results.pager import number_in

SIZE = 50
_WHOSE = {"": "All", "mine": "Yours", "shared": "Shared with you"}


@dataclass(frozen=True, slots=True)
class Card:
    url: str
    name: str
    description: str
    kind: str
    owner: str
    is_yours: bool
    is_read_only: bool


class Collections(Page):
    template = "web/files/collections.html"

    def get(self, request: HttpRequest) -> HttpResponse:
        text = request.GET.get("q", "").replace("\0", "").strip()[:MOST_TEXT]
        whose = request.GET.get("whose", "")
        whose = whose if whose in _WHOSE and isinstance(request.user, User) else ""
        page = number_in(request.GET.get("page", ""))
        found = _found(request.user, text, whose)
        cards = [_card(one, request.user) for one in found[(page - 1) * SIZE : page * SIZE]]

        def url(number: int) -> str:
            return _url(q=text, whose=whose, page=str(number) if number > 1 else "")

        return self.page(
            q=text,
            whose=whose,
            shelves=[Link(label, _url(q=text, whose=one), one == whose) for one, label in _WHOSE.items()],
            cards=cards,
            pages=Pages.of(page, size=SIZE, total=found.count(), url=url),
            all_url=_url(),
            bookmarks=bookmark_links(request.user),
        )


def _found(actor: Actor, text: str, whose: str) -> QuerySet[Collection]:
    if isinstance(actor, User) and whose == "mine":
        return storage.own_collections(actor, text=text)
    if isinstance(actor, User) and whose == "shared":
        return storage.collections_shared_with(actor, text=text)
    return storage.find_collections(actor, text=text)


def _card(collection: Collection, actor: Actor) -> Card:
    return Card(
        url=reverse("web:files:manager", args=[collection.pk]),
        name=collection.name,
        description=collection.description,
        kind=collection.get_kind_display(),
        owner=collection.owner.username,
        is_yours=collection.owner == actor,
        is_read_only=collection.is_read_only,
    )


def _url(**asked: str) -> str:
    query = urlencode({name: value for name, value in asked.items() if value})
    return reverse("web:files:collections") + (f"?{query}" if query else "")
