"""Metadata is put into an index, taken out of it, and asked for."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar
from uuid import UUID

from apps.common import quick_json
from apps.common.parsing import uuid_in
from apps.flows.actions.base import Asking, hosted
from apps.flows.types import Order, Progress, Status
from apps.search import services as search
from apps.search.forms import answers, document, entries
from apps.search.models import Index, Task

MOST_FAILURES = 20
_INDEX = {"type": "string", "format": "uuid", "title": "Index"}
_SUBJECT = {"type": "string", "title": "Subject", "description": "What the metadata is about: a URI."}
_ENTRY_ID = {"type": ["string", "null"], "title": "Id of the entry"}


class _Task(Asking):
    """What becomes a task of an index: it has an end when the metadata can be found, or no more."""

    def look(self, order: Order) -> Progress:
        return _how_it_is(search.task(task_id=UUID(order.memo["task_id"]), actor=order.actor))

    def cancel(self, order: Order) -> Progress:
        """It is done within seconds, and cannot be called back."""
        return self.look(order)


class SearchIngest(_Task):
    """The body of the hosted one (one entry), or a whole GIngest under ``ingest_data``."""

    name: ClassVar[str] = "search/ingest"
    title: ClassVar[str] = "Search: ingest"
    subtitle: ClassVar[str] = "Puts metadata into an index, and ends when it can be found."
    aliases: ClassVar[tuple[str, ...]] = hosted("search/ingest")

    @property
    def input_schema(self) -> Mapping[str, Any]:
        return {
            "type": "object",
            "properties": {
                "search_index": _INDEX,
                "subject": _SUBJECT,
                "id": _ENTRY_ID,
                "visible_to": {"type": "array", "items": {"type": "string"}, "title": "Visible to"},
                "content": {"type": "object", "title": "Metadata"},
                "only_if": {
                    "type": "object",
                    "title": "Only if",
                    "description": "Paths, and what the entry says there until now (null: nothing). Else it fails.",
                },
                "ingest_type": {"enum": ["GMetaEntry", "GMetaList"]},
                "ingest_data": {"type": "object"},
            },
            "required": ["search_index"],
            "oneOf": [{"required": ["subject", "visible_to", "content"]}, {"required": ["ingest_type", "ingest_data"]}],
            "unevaluatedProperties": False,
        }

    def begin(self, order: Order) -> Progress:
        index = _index(order)
        if "ingest_data" in order.body:
            told = {key: order.body[key] for key in ("ingest_type", "ingest_data")}
            asked = entries.ingest(told).entries
        else:
            told = {key: value for key, value in order.body.items() if key != "search_index" and value is not None}
            asked = (entries.entry(told),)
        request_id = UUID(order.request_id)
        return _how_it_is(search.submit_entries(index=index, actor=order.actor, entries=asked, request_id=request_id))


class SearchDelete(_Task):
    """By ``delete_by``: a whole ``subject``, one ``entry`` of it (``id``, null for the null entry), or all subjects
    that a ``query`` matches, which is told as POST …/delete_by_query takes it."""

    name: ClassVar[str] = "search/delete"
    title: ClassVar[str] = "Search: delete"
    subtitle: ClassVar[str] = "Takes subjects, or an entry of one, out of an index."
    aliases: ClassVar[tuple[str, ...]] = hosted("search/delete")

    @property
    def input_schema(self) -> Mapping[str, Any]:
        by = {"enum": ["subject", "entry", "query"], "default": "subject"}
        named = {"search_index": _INDEX, "delete_by": by, "subject": _SUBJECT, "id": _ENTRY_ID}
        by_query = {"properties": {"delete_by": {"const": "query"}}, "required": ["delete_by"]}
        return {
            "type": "object",
            "properties": named,
            "required": ["search_index"],
            "if": by_query,
            "else": {"required": ["subject"], "propertyNames": {"enum": list(named)}},
        }

    def begin(self, order: Order) -> Progress:
        body = order.body
        how: Any = {"index": _index(order), "actor": order.actor, "request_id": UUID(order.request_id)}
        match body.get("delete_by", "entry" if "id" in body else "subject"):
            case "query":
                query = {key: value for key, value in body.items() if key not in {"search_index", "delete_by"}}
                return _how_it_is(search.remove_by_query(query=document.deletion(query).query, **how))
            case "entry":
                return _how_it_is(search.remove_entry(subject=body["subject"], entry_id=body.get("id") or "", **how))
        return _how_it_is(search.remove_subjects(subjects=[body["subject"]], **how))


class SearchQuery(Asking):
    """A query as the search API takes it, asked in the name of who runs the flow: it finds what they may see."""

    name: ClassVar[str] = "search/query"
    title: ClassVar[str] = "Search: query"
    subtitle: ClassVar[str] = "Asks an index, and gives back what it found."
    is_synchronous: ClassVar[bool] = True

    @property
    def input_schema(self) -> Mapping[str, Any]:
        return {
            "type": "object",
            "properties": {
                "search_index": _INDEX,
                "query": {"type": "object", "title": "Query", "description": "A document as POST …/search takes it."},
            },
            "required": ["search_index", "query"],
            "additionalProperties": False,
        }

    def begin(self, order: Order) -> Progress:
        asked = document.search(order.body["query"])
        found = search.find(index=_index(order), request=asked, actor=order.actor)
        return Progress(details=quick_json.loads(quick_json.dumps(answers.page(found, asked))))


def _index(order: Order) -> Index:
    index_id = uuid_in(order.body["search_index"], "search_index")
    return search.get_index(name=str(index_id), actor=order.actor)


def _how_it_is(task: Task) -> Progress:
    failures = search.failures(task=task, most=MOST_FAILURES) if task.failed else ()
    told = {**answers.task(task, failures), "acknowledged": True}
    known = {"task_id": str(task.pk)}
    match task.state:
        case Task.State.SUCCESS:
            return Progress(details=told, memo=known)
        case Task.State.FAILED:
            return Progress(status=Status.FAILED, details=told, display_status=task.message, memo=known)
    return Progress(status=Status.ACTIVE, details=told, awaits=f"search:{task.pk}", memo=known)
