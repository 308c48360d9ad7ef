"""Writes a value, or the results of a Map, into a collection."""

from __future__ import annotations

import io
import json
from collections.abc import Mapping
from typing import Any, ClassVar

from apps.flows.actions.files.at_once import AtOnce
from apps.flows.actions.objects.bodies import COLLECTION, FILE_KEY, collection_in, path_of
from apps.flows.actions.objects.results import put, put_results
from apps.flows.language.stores import COMPACT, FLATTEN, JSON, JSONL, NAMES, NONE, Store
from apps.flows.types import Order
from apps.storage import services as storage
from apps.storage.services import OpenCollection

_CONFIG = {
    "type": "object",
    "properties": {
        "Transformation": {"enum": [NONE, COMPACT, FLATTEN]},
        "OutputType": {"enum": [JSON, JSONL]},
    },
    "additionalProperties": False,
}


class PutObject(AtOnce):
    """With a ``Key``, ``Body`` is written there: a text as it is, all else as JSON.

    Without one, it writes what the branches of the Map came to that it belongs to, into a folder of its own below
    ``Prefix``: first a file of those that succeeded and one of those that failed, then a manifest that names them. The
    names follow from the Map, so that a process which begins anew writes the same files.
    """

    name: ClassVar[str] = Store.PUT.value
    title: ClassVar[str] = "Write a file"
    subtitle: ClassVar[str] = "Writes a text or JSON into a collection; for a Map, its results."
    keywords: ClassVar[tuple[str, ...]] = ("files", "json", "write", "results", "map")
    aliases: ClassVar[tuple[str, ...]] = NAMES[Store.PUT]

    @property
    def input_schema(self) -> Mapping[str, Any]:
        return {
            "type": "object",
            "properties": {
                "Bucket": COLLECTION,
                "Key": FILE_KEY,
                "Body": {"title": "What is written", "description": "A text, or any JSON."},
                "Prefix": {"type": "string", "title": "Folder for the results of a Map"},
                "WriterConfig": _CONFIG,
                "Label": {"type": "string", "title": "Name of the Map"},
            },
            "required": ["Bucket"],
            "dependentRequired": {"Key": ["Body"], "Body": ["Key"]},
            "additionalProperties": False,
        }

    def done(self, order: Order) -> dict[str, Any]:
        with storage.opened(collection_in(order.body, order.actor), actor=order.actor) as files:
            return _put_value(files, order) if "Key" in order.body else put_results(files, order)


def _put_value(files: OpenCollection, order: Order) -> dict[str, Any]:
    key, value = order.body["Key"], order.body["Body"]
    data = (value if isinstance(value, str) else json.dumps(value)).encode(errors="replace")
    put(files, path_of(key), io.BytesIO(data), len(data), order)
    return {"Bucket": str(files.collection.pk), "Key": key, "Size": len(data)}
