"""The file manager: one pane, or two beside each other."""

from __future__ import annotations

from dataclasses import dataclass, replace
from urllib.parse import urlencode
from uuid import uuid4

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from apps.accounts.models import User
from apps.common.errors import PortalError
from apps.storage import services as storage
from apps.storage.errors import NotAFolder
from apps.storage.models import Collection
from apps.storage.types import FilePath
from apps.web.context import Link
from apps.web.files import address as addresses
from apps.web.files import words
from apps.web.files.address import Address, Side, Which, folder_key
from apps.web.files.base import FilesPage
from apps.web.files.forms import TransferForm
from apps.web.files.listing import pane, preview_url
from apps.web.files.pane import Pane

MOST_CHOICES = 30


@dataclass(frozen=True, slots=True)
class Choice:
    """What may be shown beside the first pane. ``problem`` says why what was asked for is not."""

    wanted: str
    kept: tuple[tuple[str, str], ...]
    links: tuple[Link, ...]
    is_cut: bool
    problem: str = ""


@dataclass(frozen=True, slots=True)
class Crossing:
    """From one pane to the other."""

    pane: Which
    url: str
    label: str
    icon: str


@dataclass(frozen=True, slots=True)
class Ways:
    """Other arrangements of the panes; "" where they make no sense."""

    beside: str = ""
    alone: str = ""
    swapped: str = ""
    bookmark: str = ""
    watch: str = ""
    settings: str = ""


class Manager(FilesPage):
    template = "web/files/manager.html"

    def get(self, request: HttpRequest) -> HttpResponse:
        address = addresses.read(self.collection.pk, request.GET)
        try:
            first = pane("a", address, self.collection, actor=self.actor)
        except NotAFolder:
            return redirect(preview_url(self.collection, self.path))
        second, choice = self._beside(address)
        return self.page(
            panes=[first, second] if second else [first],
            choice=choice,
            ways=replace(
                _ways(address), bookmark=self._bookmark_url(), watch=self._watch_url(), settings=self._settings_url()
            ),
            crossings=_crossings(address, first, second) if second and isinstance(self.actor, User) else (),
            form=TransferForm(initial={"verify": True, "sync": ""}),
            submission=uuid4(),
            here=address.url,
            title=words.readable(self.path.name) or self.collection.name,
            status=first.problem.status if first.problem else 200,
        )

    def _bookmark_url(self) -> str:
        """Of the first pane's folder; bookmarks are somebody's."""
        query = urlencode({"collection": self.collection.pk, "path": self.path.key})
        return f"{reverse('web:bookmarks:new')}?{query}" if isinstance(self.actor, User) else ""

    def _watch_url(self) -> str:
        """Where a trigger of the first pane's folder is made. A name of other bytes is none for a form."""
        if not isinstance(self.actor, User) or not self.path.folder.isprintable():
            return ""
        query = urlencode({"collection": self.collection.pk, "path": self.path.folder})
        return f"{reverse('web:triggers:new_kind', args=['files'])}?{query}"

    def _settings_url(self) -> str:
        may_change = storage.administers(self.actor, self.collection)
        return reverse("web:files:settings", args=[self.collection.pk]) if may_change else ""

    def _beside(self, address: Address) -> tuple[Pane | None, Choice | None]:
        if address.other is None:
            return None, self._choice(address) if address.is_choosing else None
        try:
            collection = storage.get_collection(address.other.collection_id, actor=self.actor)
            return pane("b", address, collection, actor=self.actor), None
        except NotAFolder:
            folder = address.other.at(address.other.path.parent)
            return pane("b", address.with_side("b", folder), collection, actor=self.actor), None
        except PortalError as error:
            return None, self._choice(address, problem=error.message)

    def _choice(self, address: Address, *, problem: str = "") -> Choice:
        """The same collection first: most files go to another folder of it."""
        found = storage.find_collections(self.actor, text=address.wanted).exclude(pk=self.collection.pk)
        others = list(found[: MOST_CHOICES + 1])
        shown = others[:MOST_CHOICES] if address.wanted else [self.collection, *others[:MOST_CHOICES]]
        return Choice(
            wanted=address.wanted,
            kept=tuple(address.choosing().parameters()),
            links=tuple(Link(one.name, self._opening(address, one)) for one in shown),
            is_cut=len(others) > MOST_CHOICES,
            problem=problem,
        )

    def _opening(self, address: Address, collection: Collection) -> str:
        return address.with_side("b", Side(collection.pk, FilePath())).url


def _crossings(address: Address, first: Pane, second: Pane) -> tuple[Crossing, ...]:
    """Where one may write. Who may read what was chosen is asked when it is sent."""
    found = []
    for old, new, icon in ((first, second, "right"), (second, first, "left")):
        if not new.may_write or old.problem:
            continue
        whence, whither = address.side(old.which), address.side(new.which)
        told = {"path": folder_key(whence.path), "pane": old.which, "to": whither.collection_id}
        url = f"{reverse('web:files:transfer', args=[whence.collection_id])}?"
        url += urlencode(told | {"to-path": folder_key(whither.path)})
        found.append(Crossing(old.which, url, f"Transfer to {new.collection.name}", icon))
    return tuple(found)


def _ways(address: Address) -> Ways:
    if address.other is None and not address.is_choosing:
        return Ways(beside=address.choosing().url)
    return Ways(alone=address.alone().url, swapped=address.swapped().url if address.other else "")
