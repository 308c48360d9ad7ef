"""What a trigger waits for, as JSON: how the database keeps it, and how the API tells it.

``{"kind": "files", "collection_id": …, "path": "/raw/", "pattern": "chip_{chip}/*.cbf", "batch": {"count": 512,
"group_by": ["chip"]}}``; ``{"kind": "webhook"}``; ``{"kind": "message"}``; ``{"kind": "run_end", "flow_id": …,
"statuses": ["SUCCEEDED"]}``; ``{"kind": "records", "index": "ssx", "query": "q=lysozyme"}``.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from apps.storage.types import FilePath
from apps.triggers.types import Batch, Files, Message, Records, RunEnd, Watched, Webhook


def watched_json(watched: Watched) -> dict[str, Any]:
    match watched:
        case Files():
            return _files_json(watched)
        case Webhook():
            return {"kind": "webhook"}
        case Message():
            return {"kind": "message"}
        case RunEnd(flow_id, statuses):
            return {"kind": "run_end", "flow_id": str(flow_id) if flow_id else None, "statuses": list(statuses)}
        case Records(index, query, most_together):
            return {"kind": "records", "index": index, "query": query, "most_together": most_together}


def watched_from(told: Mapping[str, Any]) -> Watched:
    """What ``watched_json`` made."""
    more = {name: value for name, value in told.items() if name != "kind"}
    match told["kind"]:
        case "files":
            return _files_from(more)
        case "webhook":
            return Webhook()
        case "message":
            return Message()
        case "run_end":
            flow_id = UUID(more["flow_id"]) if more["flow_id"] else None
            return RunEnd(flow_id, tuple(more["statuses"]))
        case _:
            return Records(**more)


def _files_json(files: Files) -> dict[str, Any]:
    batch = {"count": files.batch.count, "group_by": list(files.batch.group_by), "quiet_s": files.batch.quiet_s}
    plain = {name: getattr(files, name) for name in Files.__dataclass_fields__}
    return {"kind": "files", **plain, "collection_id": str(files.collection_id), "path": files.path.key, "batch": batch}


def _files_from(told: Mapping[str, Any]) -> Files:
    batch = Batch(told["batch"]["count"], tuple(told["batch"]["group_by"]), told["batch"]["quiet_s"])
    places = {"collection_id": UUID(told["collection_id"]), "path": FilePath.from_key(told["path"])}
    return Files(**{**told, **places, "batch": batch})
