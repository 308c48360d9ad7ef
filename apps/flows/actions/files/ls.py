"""Lists a folder."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from apps.flows.actions.files.at_once import AtOnce
from apps.flows.actions.files.bodies import NAMES_COLLECTION, PLACE, aliases, collection_in, path_in
from apps.flows.types import Order
from apps.storage import services as storage
from apps.storage.forms import listing
from apps.storage.services import OpenCollection
from apps.storage.types import Entry, FilePath
from apps.transfer.forms import documents

_TEXTS = {"type": ["string", "array", "null"], "items": {"type": "string"}}
_NUMBER = {"type": ["integer", "null"], "minimum": 0}
_PROPERTIES: dict[str, Any] = {
    **PLACE,
    "filter": {**_TEXTS, "description": "Such as name:~*.h5 or type:dir, joined by /; several are alternatives."},
    "orderby": {**_TEXTS, "description": "Such as name ASC or last_modified DESC."},
    "show_hidden": {"type": ["boolean", "integer"], "title": "Names that begin with a dot, too"},
    "limit": _NUMBER,
    "offset": _NUMBER,
    "path_only": {"type": "boolean", "title": "The file or folder itself, not what is in it"},
}


class Ls(AtOnce):
    """``$.Result.details.DATA`` are the entries; each has ``is_folder`` besides what the Transfer API tells.

    With ``path_only`` it is about the path itself: one entry, or none if nothing is there.
    """

    name: ClassVar[str] = "transfer/ls"
    title: ClassVar[str] = "List a folder"
    subtitle: ClassVar[str] = "Tells what is in a folder of a collection."
    keywords: ClassVar[tuple[str, ...]] = ("files", "folder", "directory", "list")
    aliases: ClassVar[tuple[str, ...]] = aliases("ls")

    @property
    def input_schema(self) -> Mapping[str, Any]:
        return {
            "type": "object",
            "properties": _PROPERTIES,
            "allOf": [NAMES_COLLECTION],
            "additionalProperties": False,
        }

    def done(self, order: Order) -> dict[str, Any]:
        body = order.body
        collection, path = collection_in(body, order.actor), path_in(body)
        wanted = listing(
            filters=_texts(body.get("filter")),
            orderby=",".join(_texts(body.get("orderby"))),
            show_hidden="1" if body.get("show_hidden", True) else "0",
            limit=_text(body.get("limit")),
            offset=_text(body.get("offset")),
        )
        with storage.opened(collection, actor=order.actor) as files:
            if body.get("path_only"):
                entries = _itself(files, path)
                path, total, offset = path.parent, len(entries), 0
            else:
                entries, total = wanted.of(files.list(path))
                offset = wanted.offset
        told = documents.listing(collection, path, entries, total=total, offset=offset)
        return {**told, "DATA": [_told(one) for one in entries]}


def _itself(files: OpenCollection, path: FilePath) -> list[Entry]:
    found = files.find(path)
    return [found] if found else []


def _told(entry: Entry) -> dict[str, Any]:
    return {**documents.entry(entry), "is_folder": entry.is_folder}


def _texts(told: str | list[str] | None) -> list[str]:
    return [told] if isinstance(told, str) else told or []


def _text(told: int | None) -> str | None:
    return None if told is None else str(told)
