"""Describes files: size, checksums, and what is in them, as JSON that a record of metadata can hold."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar
from uuid import UUID

from apps.common.errors import Invalid
from apps.flows.actions.asked import Stopped, stopping
from apps.flows.actions.base import Asking
from apps.flows.types import Order, Progress
from apps.storage import services as storage
from apps.storage.services.describing import ALGORITHMS, MOST_FILES
from apps.storage.types import FilePath


class Describe(Asking):
    """A file, or those of a folder that fit a pattern. Whoever begins it reads them to their end."""

    name: ClassVar[str] = "describe"
    title: ClassVar[str] = "Describe files"
    subtitle: ClassVar[str] = "Tells size, checksums, and what is in HDF5, NeXus, pictures, CBF, CIF, FITS, CSV, JSON."
    description: ClassVar[str] = (
        "The answer for one file has `path`, `name`, `size`, `modified_at`, `media_type`, `checksums`, and if it could "
        "be looked into `format` and `contents`, else `trouble`. For a folder it has such `files`, and `is_cut`."
    )
    keywords: ClassVar[tuple[str, ...]] = ("metadata", "files", "checksums")
    queue: ClassVar[str] = "describe"

    @property
    def input_schema(self) -> Mapping[str, Any]:
        place = {"type": "object", "properties": {"id": _UUID, "path": _PATH}, "required": ["id", "path"]}
        return {
            "type": "object",
            "properties": {
                "source": {**place, "format": "globus-collection", "title": "File or folder"},
                "collection_id": {**_UUID, "title": "Collection, if there is no source"},
                "path": {**_PATH, "title": "File or folder, if there is no source"},
                "pattern": {"type": "string", "minLength": 1, "title": "Of a folder, files of this pattern (*.h5)"},
                "recursive": {"type": "boolean", "default": False, "title": "Files of the folders in it, too"},
                "limit": {"type": "integer", "minimum": 1, "maximum": MOST_FILES, "title": "At most so many files"},
                "checksums": {"type": "array", "items": {"enum": list(ALGORITHMS)}, "uniqueItems": True},
                "contents": {"type": "boolean", "default": True, "title": "Look into the files"},
                "place": {"type": "boolean", "default": False, "title": "Where pictures were taken (GPS), too"},
                "nodes": {"type": "integer", "minimum": 1, "maximum": 5_000, "title": "Of a tree, at most so many"},
            },
            "oneOf": [{"required": ["source"]}, {"required": ["collection_id", "path"]}],
            "additionalProperties": False,
        }

    def begin(self, order: Order) -> Progress:
        try:
            return Progress(details=_described(order))
        except Stopped:
            return Progress.failed("The action was canceled.")


_UUID = {"type": "string", "format": "uuid", "pattern": "^[0-9a-fA-F-]{36}$"}
_PATH = {"type": "string", "pattern": "^/"}


def _described(order: Order) -> dict[str, Any]:
    body = order.body
    told = body.get("source") or {"id": body.get("collection_id"), "path": body.get("path")}
    path, wanted, beat = FilePath.parse(told["path"]), _wanted(body), stopping(order)
    with storage.opened(_collection(told["id"], order), actor=order.actor) as files:
        if not files.stat(path).is_folder:
            if "pattern" in body:
                raise Invalid(f"{path} is a file: a pattern is for the files of a folder.", place="pattern")
            return storage.describe(files, path, wanted=wanted, beat=beat).as_json()
        found = storage.describe_all(
            files,
            path,
            pattern=body.get("pattern", "*"),
            is_recursive=body.get("recursive", False),
            most=body.get("limit", MOST_FILES),
            wanted=wanted,
            beat=beat,
        )
    described = [one.as_json() for one in found.files]
    total = sum(one.entry.size for one in found.files)
    return {"path": path.folder, "files": described, "count": len(described), "size": total, "is_cut": found.is_cut}


def _collection(text: str, order: Order) -> Any:
    try:
        return storage.get_collection(UUID(text), actor=order.actor)
    except ValueError as error:
        raise Invalid(f"{text[:100]!r} is no id of a collection.", place="collection_id") from error


def _wanted(body: Mapping[str, Any]) -> storage.Wanted:
    return storage.Wanted(
        checksums=tuple(body.get("checksums", ())),
        has_contents=body.get("contents", True),
        has_place=body.get("place", False),
        **({"most_nodes": body["nodes"]} if "nodes" in body else {}),
    )
