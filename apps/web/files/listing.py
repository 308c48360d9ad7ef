"""Fills a pane: asks the storage what is in the folder, and says what may be done there."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from urllib.parse import quote, urlencode

from django.urls import reverse

from apps.access.services import Actor
from apps.accounts.models import User
from apps.common import http
from apps.common.errors import NotAllowed, NotFound, PortalError, Unavailable
from apps.storage import services as storage
from apps.storage.errors import NotAFolder
from apps.storage.models import Collection
from apps.storage.services.rules import Rights
from apps.storage.types import Entry, EntryKind, FilePath
from apps.web.context import Link
from apps.web.files import words
from apps.web.files.address import Address, Side, Which, folder_key
from apps.web.files.pane import Acts, Column, Line, Pane, Problem
from apps.web.files.window import window
from apps.web.values import size

PICTURES = (".avif", ".gif", ".jpeg", ".jpg", ".png", ".svg", ".tif", ".tiff", ".webp")
_COLUMNS = {"name": "Name", "size": "Size", "changed": "Changed"}
_KINDS = {EntryKind.FOLDER: "folder", EntryKind.LINK: "link", EntryKind.OTHER: "other"}
Go = Callable[[Side], str]


def pane(which: Which, address: Address, collection: Collection, *, actor: Actor) -> Pane:
    """What the actor sees of the folder. What goes wrong is told in the pane.

    Raises:
        NotAFolder: a file is there.
    """
    side = address.side(which)

    def go(to: Side) -> str:
        return address.with_side(which, to).url

    frame = _frame(which, address, collection, go)
    try:
        with storage.opened(collection, actor=actor) as files:
            shown = window(files.list(side.path), side)
            rights = files.rights
    except NotAFolder:
        raise
    except PortalError as error:
        return replace(frame, problem=problem(error, side, collection, actor))
    return replace(
        frame,
        lines=tuple(_line(entry, side, collection, go, address.url) for entry in shown.entries),
        columns=tuple(_column(name, title, side, go) for name, title in _COLUMNS.items()),
        text=shown.text,
        is_cut=shown.is_cut,
        previous_url=go(replace(side, page=side.page - 1)) if side.page > 1 else "",
        next_url=go(replace(side, page=side.page + 1)) if shown.is_more else "",
        may_write=rights.may("rw", side.path),
        acts=_acts(which, address, collection, rights, actor),
    )


def problem(error: PortalError, side: Side, collection: Collection, actor: Actor) -> Problem:
    """What one does about it differs: nobody signs in, somebody asks the owner."""
    title, message = "This folder cannot be shown", error.message
    match error:
        case NotAllowed() if not isinstance(actor, User):
            title, message = "Not for everybody to see", "Sign in: perhaps it is shared with you."
        case NotAllowed():
            title = "You may not look in here"
            message = (
                f"Ask the owner, {collection.owner.username}, for an access rule on {words.readable(str(side.path))}."
            )
        case NotFound():
            title, message = "There is no such folder", "It was renamed, moved or deleted. Go up, and look from there."
        case Unavailable():
            title = "The storage does not answer"
    return Problem(title, message, http.status_of(error))


def _frame(which: Which, address: Address, collection: Collection, go: Go) -> Pane:
    side = address.side(which)
    prefix = "" if which == "a" else "beside-"
    kept = [one for one in address.parameters() if one[0] not in {f"{prefix}contains", f"{prefix}page"}]
    return Pane(
        which=which,
        collection=collection,
        path=words.readable(str(side.path)),
        crumbs=_crumbs(side, collection, go),
        contains=side.contains,
        kept=tuple(kept),
        filter_name=f"{prefix}contains",
        all_url=go(replace(side, contains="", page=1)),
        hidden=Link(
            "Leave out hidden files" if side.shows_hidden else "Show hidden files",
            go(replace(side, shows_hidden=not side.shows_hidden, page=1)),
        ),
        up_url=go(side.at(side.path.parent)) if side.path.names else "",
    )


def _crumbs(side: Side, collection: Collection, go: Go) -> tuple[Link, ...]:
    names = side.path.names
    places = [(collection.name, FilePath())]
    places += [(words.readable(name), FilePath(names[: at + 1])) for at, name in enumerate(names)]
    return tuple(Link(label, go(side.at(place)), is_current=place == side.path) for label, place in places)


def _column(name: str, title: str, side: Side, go: Go) -> Column:
    """A click sorts; one on the column that sorts already turns it around."""
    is_sorted, is_down = side.sort.removeprefix("-") == name, side.sort == f"-{name}"
    begins_down = name != "name"
    wanted = name if (is_down if is_sorted else not begins_down) else f"-{name}"
    order = ("descending" if is_down else "ascending") if is_sorted else ""
    return Column(title, go(replace(side, sort=wanted, page=1)), order, is_number=name != "name")


def _line(entry: Entry, side: Side, collection: Collection, go: Go, back: str) -> Line:
    name, kind = entry.path.name, _KINDS.get(entry.kind, "file")
    icon = kind if kind in {"folder", "link"} else "image" if name.lower().endswith(PICTURES) else "file"
    urls = {"folder": lambda: go(side.at(entry.path)), "file": lambda: preview_url(collection, entry.path, back)}
    return Line(
        key=key_of(name),
        name=words.readable(name),
        icon=icon,
        kind=kind,
        url=urls[kind]() if kind in urls else "",
        bytes=entry.size if entry.is_file else None,
        size=size(entry.size) if entry.is_file else "",
        changed=entry.modified_at,
        download_url=f"{file_url(collection, entry.path)}?download" if entry.is_file else "",
    )


def _acts(which: Which, address: Address, collection: Collection, rights: Rights, actor: Actor) -> Acts:
    path = address.side(which).path
    may_read, may_write = rights.may("r", path), rights.may("rw", path)
    query = urlencode({"path": folder_key(path), "pane": which, "back": address.url})

    def act(name: str, *, is_allowed: bool) -> str:
        return f"{reverse(f'web:files:{name}', args=[collection.pk])}?{query}" if is_allowed else ""

    return Acts(
        new_folder=act("new_folder", is_allowed=may_write),
        upload=act("upload", is_allowed=may_write),
        put=file_url(collection, path) if may_write else "",
        rename=act("rename", is_allowed=may_write),
        delete=act("delete", is_allowed=may_write and isinstance(actor, User)),
        share=act("share", is_allowed=may_read and isinstance(actor, User)),
        download=act("download", is_allowed=may_read),
    )


def key_of(name: str) -> str:
    """A single name, as ``FilePath.key`` writes it."""
    return FilePath((name,)).key[1:]


def file_url(collection: Collection, path: FilePath) -> str:
    """Where the bytes are."""
    names = "/".join(quote(name, safe="", errors="surrogateescape") for name in path.names)
    return f"{reverse('file', args=[collection.pk, 'x']).removesuffix('x')}{names}"


def preview_url(collection: Collection, path: FilePath, back: str = "") -> str:
    asked = {"path": path.key} | ({"back": back} if back else {})
    return f"{reverse('web:files:preview', args=[collection.pk])}?{urlencode(asked)}"
