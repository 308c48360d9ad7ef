"""Reads items out of a file."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from apps.flows.actions.asked import stopping
from apps.flows.actions.files.at_once import AtOnce
from apps.flows.actions.objects.bodies import COLLECTION, FILE_KEY, HOW_READ, collection_in, path_of
from apps.flows.actions.objects.reading import read
from apps.flows.language.stores import NAMES, Store
from apps.flows.types import Order
from apps.storage import services as storage


class GetObject(AtOnce):
    """``items`` of the details are what is in the file."""

    name: ClassVar[str] = Store.GET.value
    title: ClassVar[str] = "Read items out of a file"
    subtitle: ClassVar[str] = "Reads rows of CSV, lines of JSON, or a JSON document: for a Map, or for what follows."
    keywords: ClassVar[tuple[str, ...]] = ("files", "csv", "json", "items", "map")
    aliases: ClassVar[tuple[str, ...]] = NAMES[Store.GET]

    @property
    def input_schema(self) -> Mapping[str, Any]:
        return {
            "type": "object",
            "properties": {
                "Bucket": COLLECTION,
                "Key": FILE_KEY,
                "ReaderConfig": {**HOW_READ, "required": ["InputType"]},
            },
            "required": ["Bucket", "Key", "ReaderConfig"],
            "additionalProperties": False,
        }

    def done(self, order: Order) -> dict[str, Any]:
        body = order.body
        collection, path = collection_in(body, order.actor), path_of(body["Key"])
        with storage.opened(collection, actor=order.actor) as files:
            return {"items": read(files, path, body["ReaderConfig"], stopping(order))}
