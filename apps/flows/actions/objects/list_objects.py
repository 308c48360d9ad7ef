"""Lists files, to go over them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any, ClassVar

from apps.common.errors import Invalid
from apps.flows.actions.asked import stopping
from apps.flows.actions.files.at_once import AtOnce
from apps.flows.actions.objects.bodies import COLLECTION, HOW_READ, collection_in, path_of
from apps.flows.actions.objects.reading import gathered, rows_in
from apps.flows.language.stores import FLATTENING, NAMES, Store
from apps.flows.types import Order
from apps.storage import services as storage
from apps.storage.errors import NoSuchFile
from apps.storage.services import OpenCollection
from apps.storage.services.conditions import etag_of
from apps.storage.types import Entry, FilePath

DEEPEST = 30
MOST_LOOKED_AT = 200_000
_FLATTENED = {"properties": {"Transformation": {"const": FLATTENING}}, "required": ["Transformation"]}


class ListObjects(AtOnce):
    """``items`` of the details are the files whose paths begin with ``Prefix``, with those of folders below, in the
    order of their keys; flattened, they are what is in these files.

    A key begins as the prefix does, so that it is a path from the root if that begins with ``/``.
    """

    name: ClassVar[str] = Store.LIST.value
    title: ClassVar[str] = "List files as items"
    subtitle: ClassVar[str] = "Lists the files below a folder, for a Map over them or over what is in them."
    keywords: ClassVar[tuple[str, ...]] = ("files", "list", "items", "map")
    aliases: ClassVar[tuple[str, ...]] = NAMES[Store.LIST]

    @property
    def input_schema(self) -> Mapping[str, Any]:
        return {
            "type": "object",
            "properties": {
                "Bucket": COLLECTION,
                "Prefix": {"type": "string", "title": "What paths begin with", "description": "Such as run7/images/."},
                "ReaderConfig": {**HOW_READ, "if": _FLATTENED, "then": {"required": ["InputType"]}},
            },
            "required": ["Bucket"],
            "additionalProperties": False,
        }

    def done(self, order: Order) -> dict[str, Any]:
        body, beat = order.body, stopping(order)
        config, prefix = body.get("ReaderConfig", {}), body.get("Prefix", "")
        collection = collection_in(body, order.actor)
        with storage.opened(collection, actor=order.actor) as files:
            found = sorted(_found(files, prefix, beat), key=lambda entry: str(entry.path))
            if config.get("Transformation") == FLATTENING:
                items: Iterator[Any] = (row for entry in found for row in rows_in(files, entry, config))
            else:
                items = (_told(entry, prefix.startswith("/")) for entry in found)
            return {"items": gathered(items, config.get("MaxItems"), beat)}


def _found(files: OpenCollection, prefix: str, beat: Callable[[], None]) -> Iterator[Entry]:
    """
    Raises:
        Invalid: there are more than are looked at.
    """
    folder, _, begin = prefix.rpartition("/")
    top = path_of(folder)
    entries = (entry for entry in _entries(files, top) if entry.path.names[len(top.names)].startswith(begin))
    for count, entry in enumerate(_walk(files, entries, DEEPEST)):
        beat()
        if count >= MOST_LOOKED_AT:
            raise Invalid(f"There are more than {MOST_LOOKED_AT:,} files here. Write a longer prefix.", place="Prefix")
        if entry.is_file:
            yield entry


def _entries(files: OpenCollection, folder: FilePath) -> Iterator[Entry]:
    """Where nothing is, there is nothing that begins so."""
    try:
        yield from files.list(folder)
    except NoSuchFile:
        return


def _walk(files: OpenCollection, entries: Iterator[Entry], depth: int) -> Iterator[Entry]:
    for entry in entries:
        yield entry
        if entry.is_folder and depth:
            yield from _walk(files, _entries(files, entry.path), depth - 1)


def _told(entry: Entry, from_root: bool) -> dict[str, Any]:
    changed = entry.modified_at
    path = str(entry.path).encode(errors="replace").decode()
    return {
        "Key": path if from_root else path[1:],
        "Size": entry.size,
        "LastModified": changed.isoformat() if changed else None,
        "Etag": etag_of(entry),
    }
