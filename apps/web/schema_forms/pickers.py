"""What a form looks up for its reader: collections, what is in their folders, people and groups."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from itertools import islice
from uuid import UUID

from apps.accounts.models import User
from apps.common.errors import PortalError
from apps.storage import services as storage
from apps.storage.errors import NotAFolder
from apps.storage.types import Entry, FilePath
from apps.web.files import words
from apps.web.people.candidates import candidates

MOST_FOUND = 20
MOST_LISTED = 200


@dataclass(frozen=True, slots=True)
class Found:
    """``value`` is what the field is given, ``kind`` chooses the icon."""

    value: str
    label: str
    detail: str
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    path: str
    name: str
    is_folder: bool


@dataclass(frozen=True, slots=True)
class Listing:
    """A folder of a collection. ``problem`` says why there is nothing to be seen."""

    path: str = "/"
    up: str = ""
    lines: tuple[Line, ...] = ()
    is_cut: bool = False
    problem: str = ""


@dataclass(frozen=True, slots=True)
class Picked:
    """What was looked up for the field of this name."""

    name: str
    found: Sequence[Found] | None = None
    listing: Listing | None = None


def collections(user: User, text: str) -> list[Found]:
    found = storage.find_collections(user, text=text)[:MOST_FOUND]
    return [Found(str(one.pk), one.name, one.description[:100]) for one in found]


def names_in(user: User, typed: Mapping[str, str]) -> dict[str, str]:
    """What the collections are called whose ids are typed, as far as the reader may see them."""
    ids = {text for name, text in typed.items() if name.endswith("/id") and text}
    found = {}
    for one in sorted(ids)[:MOST_FOUND]:
        with suppress(ValueError, PortalError):
            found[one] = storage.get_collection(UUID(one), actor=user).name
    return found


def people(user: User, text: str) -> list[Found]:
    return [Found(one.detail, one.text, one.detail, one.kind) for one in candidates(user, text)]


def listing(user: User, collection_id: str, path: str) -> Listing:
    """What is in the folder; around a path that is a file, the folder that it is in."""
    try:
        collection = storage.get_collection(UUID(collection_id), actor=user)
        place = FilePath.parse(path or "/")
        with storage.opened(collection, actor=user) as held:
            try:
                entries = list(islice(held.list(place), MOST_LISTED + 1))
            except NotAFolder:
                place = place.parent
                entries = list(islice(held.list(place), MOST_LISTED + 1))
    except ValueError:
        return Listing(problem="Choose a collection first.")
    except PortalError as error:
        return Listing(path=path, problem=error.message)
    lines = sorted(map(_line, filter(_is_text, entries[:MOST_LISTED])), key=_order)
    up = place.parent.folder if place.names else ""
    return Listing(place.folder, up, tuple(lines), len(entries) > MOST_LISTED)


def _line(entry: Entry) -> Line:
    """Folders end with ``/``, as the Transfer API takes them."""
    path = entry.path.folder if entry.is_folder else str(entry.path)
    return Line(path, words.readable(entry.path.name), entry.is_folder)


def _is_text(entry: Entry) -> bool:
    """A name of other bytes cannot stand in JSON."""
    return str(entry.path).isprintable()


def _order(line: Line) -> tuple[bool, str]:
    return not line.is_folder, line.name.casefold()
