"""Transfers files from one collection to another."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, ClassVar

from apps.flows.actions.files.bodies import COLLECTION_ID, aliases, collection_in, either, tidy
from apps.flows.actions.files.tasks import FLAG, NO_MAIL, OPTIONS, TEXT, TaskAction, label_of, submission_id
from apps.flows.types import Order
from apps.transfer import forms
from apps.transfer import services as transfer
from apps.transfer.models import Task

_ITEM = {
    "type": "object",
    "required": ["source_path", "destination_path"],
    "properties": {
        "DATA_TYPE": TEXT,
        "source_path": {"type": "string", "title": "From"},
        "destination_path": {"type": "string", "title": "To"},
        "recursive": {"type": ["boolean", "null"], "title": "A folder, with all that is in it"},
        "external_checksum": {"type": ["string", "null"]},
        "checksum_algorithm": {"type": ["string", "null"]},
    },
    "additionalProperties": False,
}
_RULE = {
    "type": "object",
    "required": ["name"],
    "properties": {"DATA_TYPE": TEXT, "method": TEXT, "name": TEXT, "type": {"type": ["string", "null"]}},
    "additionalProperties": False,
}
_ITEMS = {"type": "array", "items": _ITEM, "minItems": 1}
_PROPERTIES: dict[str, Any] = {
    "source_endpoint": COLLECTION_ID,
    "source_endpoint_id": COLLECTION_ID,
    "destination_endpoint": COLLECTION_ID,
    "destination_endpoint_id": COLLECTION_ID,
    "DATA": _ITEMS,
    "transfer_items": _ITEMS,
    **OPTIONS,
    "sync_level": {"enum": [None, 0, 1, 2, 3, "exists", "size", "mtime", "checksum"]},
    "filter_rules": {"type": ["array", "null"], "items": _RULE},
    "recursive_symlinks": {"enum": [None, "ignore", "keep"]},
    "verify_checksum": FLAG,
    "preserve_timestamp": FLAG,
    "encrypt_data": FLAG,
    "delete_destination_extra": FLAG,
    "skip_source_errors": FLAG,
    "fail_on_quota_errors": FLAG,
    "store_base_path_info": FLAG,
}


class Transfer(TaskAction):
    """``$.Result.details`` is the document of the task, such as ``details.task_id`` and ``details.files``."""

    name: ClassVar[str] = "transfer/transfer"
    title: ClassVar[str] = "Transfer"
    subtitle: ClassVar[str] = "Transfers files and folders from one collection to another."
    description: ClassVar[str] = "It may be canceled, goes on after a crash where it was, and verifies checksums."
    keywords: ClassVar[tuple[str, ...]] = ("files", "copy", "sync", "move")
    aliases: ClassVar[tuple[str, ...]] = aliases("transfer")

    @property
    def input_schema(self) -> Mapping[str, Any]:
        return {
            "type": "object",
            "properties": _PROPERTIES,
            "allOf": [
                either("source_endpoint", "source_endpoint_id"),
                either("destination_endpoint", "destination_endpoint_id"),
                either("DATA", "transfer_items"),
            ],
            "additionalProperties": False,
        }

    def submitted(self, order: Order) -> Task:
        body = forms.as_document(dict(order.body))
        ends = [collection_in(body, order.actor, (f"{end}_endpoint",)) for end in ("source", "destination")]
        items = [_item(one) for one in body["DATA"]]
        asked = forms.transfer_of({**NO_MAIL, **body, "DATA": items})
        task, _is_new = transfer.submit_transfer(
            actor=order.actor,
            source=ends[0],
            destination=ends[1],
            asked=replace(asked, label=label_of(order), submission_id=submission_id(order)),
        )
        return task


def _item(told: Mapping[str, Any]) -> dict[str, Any]:
    return {**told, **{name: tidy(told[name]) for name in ("source_path", "destination_path")}}
