"""A folder of a collection, to choose from it."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from django.urls import reverse

from apps.accounts.models import User
from apps.common.errors import PortalError
from apps.storage import services as storage
from apps.storage.models import Collection
from apps.storage.types import Entry, FilePath
from apps.web.context import Link
from apps.web.files import words
from apps.web.files.address import Side, folder_key, path_in
from apps.web.files.listing import file_url, key_of
from apps.web.files.window import window
from apps.web.results.pager import number_in
from apps.web.values import size

MOST_TEXT = 255


@dataclass(frozen=True, slots=True)
class Line:
    """``key`` is what a form sends; ``url`` leads into a folder."""

    key: str
    name: str
    size: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class Browsed:
    """``put`` is where files are uploaded to, ``upload_url`` the page for it without a script; "" if one may not."""

    collection: Collection | None = None
    id: str = ""
    path: str = ""
    name: str = ""
    crumbs: tuple[Link, ...] = ()
    lines: tuple[Line, ...] = ()
    text: str = ""
    contains: str = ""
    previous_url: str = ""
    next_url: str = ""
    put: str = ""
    new_folder: str = ""
    upload_url: str = ""
    problem: str = ""


def browse(user: User, collection_id: str, given: Mapping[str, str], here: str) -> Browsed:
    """What the user sees of a folder. What goes wrong is told in it."""
    try:
        collection = storage.get_collection(uuid.UUID(collection_id), actor=user)
        side = Side(
            collection.pk,
            path_in(given.get("path", "")),
            contains=given.get("contains", "").replace("\0", "")[:MOST_TEXT],
            page=number_in(given.get("page", "")),
        )
    except ValueError:
        return Browsed(problem="There is no such collection that you may see.")
    except PortalError as error:
        return Browsed(problem=error.message)
    return _Browser(user, collection, side, here).browsed()


class _Browser:
    def __init__(self, user: User, collection: Collection, side: Side, here: str) -> None:
        self.user, self.collection, self.side, self.here = user, collection, side, here

    def browsed(self) -> Browsed:
        side, collection = self.side, self.collection
        frame = Browsed(
            collection=collection,
            id=str(collection.pk),
            path=folder_key(side.path),
            name=words.readable(str(side.path)),
            crumbs=tuple(self._crumbs()),
            contains=side.contains,
        )
        try:
            with storage.opened(collection, actor=self.user) as held:
                shown = window(held.list(side.path), side)
                may_write = held.rights.may("rw", side.path)
        except PortalError as error:
            return replace(frame, problem=error.message)
        return replace(
            frame,
            lines=tuple(map(self._line, shown.entries)),
            text=shown.text,
            previous_url=self._url(side.path, page=side.page - 1) if side.page > 1 else "",
            next_url=self._url(side.path, page=side.page + 1) if shown.is_more else "",
            put=file_url(collection, side.path) if may_write else "",
            new_folder=self._act("new_folder") if may_write else "",
            upload_url=self._act("upload") if may_write else "",
        )

    def _line(self, entry: Entry) -> Line:
        told = size(entry.size) if entry.is_file else ""
        url = self._url(entry.path, contains="") if entry.is_folder else ""
        return Line(key_of(entry.path.name), words.readable(entry.path.name), told, url)

    def _crumbs(self) -> list[Link]:
        names = self.side.path.names
        places = [(self.collection.name, FilePath())]
        places += [(words.readable(name), FilePath(names[: at + 1])) for at, name in enumerate(names)]
        return [Link(name, self._url(place, contains=""), is_current=place == self.side.path) for name, place in places]

    def _url(self, path: FilePath, *, page: int = 1, contains: str | None = None) -> str:
        told = {"collection": str(self.collection.pk), "path": folder_key(path)}
        wanted = self.side.contains if contains is None else contains
        told |= {"contains": wanted} if wanted else {}
        return f"{self.here}?{urlencode(told | ({'page': str(page)} if page > 1 else {}))}"

    def _act(self, name: str) -> str:
        """A page of the file manager, which comes back here."""
        told = {"path": folder_key(self.side.path), "back": self._url(self.side.path)}
        return f"{reverse(f'web:files:{name}', args=[self.collection.pk])}?{urlencode(told)}"
