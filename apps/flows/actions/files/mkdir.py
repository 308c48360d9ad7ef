"""Makes a folder."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from apps.flows.actions.files.at_once import AtOnce
from apps.flows.actions.files.bodies import NAMES_COLLECTION, PLACE, aliases, collection_in, path_in
from apps.flows.types import Order
from apps.storage import services as storage
from apps.storage.errors import AlreadyThere
from apps.transfer.forms import documents


class Mkdir(AtOnce):
    """One that is there already is a failure, with the code ``ExternalError.MkdirFailed.Exists``."""

    name: ClassVar[str] = "transfer/mkdir"
    title: ClassVar[str] = "Make a folder"
    subtitle: ClassVar[str] = "Makes a folder in a collection."
    keywords: ClassVar[tuple[str, ...]] = ("files", "folder", "directory")
    aliases: ClassVar[tuple[str, ...]] = aliases("mkdir")

    @property
    def input_schema(self) -> Mapping[str, Any]:
        return {
            "type": "object",
            "properties": {"DATA_TYPE": {"type": "string"}, **PLACE},
            "required": ["path"],
            "allOf": [NAMES_COLLECTION],
            "additionalProperties": False,
        }

    def done(self, order: Order) -> dict[str, Any]:
        collection, path = collection_in(order.body, order.actor), path_in(order.body)
        with storage.opened(collection, actor=order.actor) as files:
            try:
                files.make_folder(path)
            except AlreadyThere:
                if order.attempt == 1 or not files.stat(path).is_folder:
                    raise  # Else a process made it that died before it could say so.
        resource = f"/endpoint/{collection.pk}/mkdir"
        return documents.result(resource, order.request_id, "DirectoryCreated", "The folder was made.", "mkdir_result")
