"""Looks at one file or folder."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from apps.common.http import status_of
from apps.flows.actions.files.at_once import AtOnce
from apps.flows.actions.files.bodies import NAMES_COLLECTION, PLACE, aliases, collection_in, path_in
from apps.flows.types import Order
from apps.storage import services as storage
from apps.storage.errors import NoSuchFile
from apps.transfer.forms import documents


class Stat(AtOnce):
    """``$.Result.details`` is the entry, with ``type`` and ``size``.

    Where nothing is, the action succeeds all the same, and its details have a ``code``: definitions ask by it whether
    something is there.
    """

    name: ClassVar[str] = "transfer/stat"
    title: ClassVar[str] = "Look at a file"
    subtitle: ClassVar[str] = "Tells what is at a path: a file, a folder, its size and times, or nothing."
    keywords: ClassVar[tuple[str, ...]] = ("files", "folder", "size", "exists")
    aliases: ClassVar[tuple[str, ...]] = aliases("stat")

    @property
    def input_schema(self) -> Mapping[str, Any]:
        return {
            "type": "object",
            "properties": dict(PLACE),
            "required": ["path"],
            "allOf": [NAMES_COLLECTION],
            "additionalProperties": False,
        }

    def done(self, order: Order) -> dict[str, Any]:
        collection, path = collection_in(order.body, order.actor), path_in(order.body)
        with storage.opened(collection, actor=order.actor) as files:
            try:
                return documents.entry(files.stat(path))
            except NoSuchFile as missing:
                return documents.error(missing, status_of(missing), order.request_id)
