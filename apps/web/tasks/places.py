"""What a task is about, and links to where it is."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from apps.storage.types import FilePath
from apps.transfer.models import Item, Task
from apps.web.files.address import ROOT, manager_url
from apps.web.files.words import readable

MOST = 10


@dataclass(frozen=True, slots=True)
class Place:
    """``url`` is "" where the collection is not there any more."""

    text: str
    url: str


@dataclass(frozen=True, slots=True)
class ItemView:
    source: Place | None
    destination: Place


@dataclass(frozen=True, slots=True)
class Ends:
    """``more`` is how many items there are besides those shown. A delete has no source."""

    source: Place | None
    destination: Place
    items: tuple[ItemView, ...]
    more: int


def ends_of(task: Task) -> Ends:
    items = list(task.items.all()[:MOST])
    more = task.items.count() - MOST if len(items) == MOST else 0
    source = Place(task.source_name, folder_url(task.source_id)) if task.is_transfer else None
    destination = Place(task.destination_name, folder_url(task.destination_id))
    return Ends(source, destination, tuple(_view(task, item) for item in items), more)


def _view(task: Task, item: Item) -> ItemView:
    destination = item.destination / item.pattern if item.pattern else item.destination
    return ItemView(
        source=_place(task.source_id, item.source, item) if item.source_key else None,
        destination=_place(task.destination_id, destination, item),
    )


def _place(collection_id: UUID | None, path: FilePath, item: Item) -> Place:
    """The folder itself if it is one for sure, else what it is in."""
    is_folder = item.is_recursive and not item.pattern
    return Place(shown(path), folder_url(collection_id, path if is_folder else path.parent))


def shown(path: FilePath) -> str:
    return readable(str(path))


def folder_url(collection_id: UUID | None, path: FilePath = ROOT) -> str:
    """The file manager there; "" where the collection is not there any more."""
    return manager_url(collection_id, path) if collection_id else ""
