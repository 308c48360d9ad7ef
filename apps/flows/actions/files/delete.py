"""Deletes files and folders."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, ClassVar

from apps.flows.actions.files.bodies import COLLECTION_ID, NAMES_COLLECTION, aliases, collection_in, either, tidy
from apps.flows.actions.files.tasks import FLAG, NO_MAIL, OPTIONS, TEXT, TaskAction, label_of, submission_id
from apps.flows.types import Order
from apps.transfer import forms
from apps.transfer import services as transfer
from apps.transfer.models import Task

_ITEM = {
    "type": "object",
    "required": ["path"],
    "properties": {"DATA_TYPE": TEXT, "path": {"type": "string", "title": "Path"}},
    "additionalProperties": False,
}
_PROPERTIES: dict[str, Any] = {
    "endpoint": COLLECTION_ID,
    "endpoint_id": COLLECTION_ID,
    "collection_id": COLLECTION_ID,
    "DATA": {"type": "array", "items": _ITEM, "minItems": 1},
    "items": {"type": "array", "items": TEXT, "minItems": 1, "title": "Paths"},
    **OPTIONS,
    "recursive": {"type": "boolean", "title": "Folders, with all that is in them"},
    "ignore_missing": {"type": "boolean", "title": "What is not there is no failure"},
    "interpret_globs": {"type": "boolean", "title": "* and ? in the last name stand for other signs"},
    "store_base_path_info": FLAG,
}


class Delete(TaskAction):
    """``$.Result.details`` is the document of the task."""

    name: ClassVar[str] = "transfer/delete"
    title: ClassVar[str] = "Delete files"
    subtitle: ClassVar[str] = "Deletes files and folders of a collection."
    description: ClassVar[str] = "It may be canceled; what is deleted by then stays deleted."
    keywords: ClassVar[tuple[str, ...]] = ("files", "remove", "clean")
    aliases: ClassVar[tuple[str, ...]] = aliases("delete")

    @property
    def input_schema(self) -> Mapping[str, Any]:
        return {
            "type": "object",
            "properties": _PROPERTIES,
            "allOf": [NAMES_COLLECTION, either("DATA", "items")],
            "additionalProperties": False,
        }

    def submitted(self, order: Order) -> Task:
        body = order.body
        paths = [one["path"] for one in body["DATA"]] if body.get("DATA") else body["items"]
        asked = forms.delete_of({**NO_MAIL, **body, "DATA": [{"path": tidy(path)} for path in paths]})
        task, _is_new = transfer.submit_delete(
            actor=order.actor,
            collection=collection_in(body, order.actor),
            asked=replace(asked, label=label_of(order), submission_id=submission_id(order)),
        )
        return task
