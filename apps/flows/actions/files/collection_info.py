"""Tells of a collection."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from apps.flows.actions.files.at_once import AtOnce
from apps.flows.actions.files.bodies import COLLECTION_ID, NAMES_COLLECTION, aliases, collection_in
from apps.flows.types import Order
from apps.transfer.forms import documents


class CollectionInfo(AtOnce):
    """``$.Result.details`` is the document of the endpoint.

    ``is_managed`` is always true: there are no subscriptions here, and definitions ask by it whether they may go on.
    """

    name: ClassVar[str] = "transfer/collection_info"
    title: ClassVar[str] = "Tell of a collection"
    subtitle: ClassVar[str] = "Tells the name of a collection, whose it is, and what one may do there."
    keywords: ClassVar[tuple[str, ...]] = ("collection", "endpoint")
    aliases: ClassVar[tuple[str, ...]] = aliases("collection_info")

    @property
    def input_schema(self) -> Mapping[str, Any]:
        return {
            "type": "object",
            "properties": dict.fromkeys(("endpoint_id", "endpoint", "collection_id"), COLLECTION_ID),
            "allOf": [NAMES_COLLECTION],
            "additionalProperties": False,
        }

    def done(self, order: Order) -> dict[str, Any]:
        collection = collection_in(order.body, order.actor)
        return {**documents.collection(collection, actor=order.actor), "is_managed": True}
