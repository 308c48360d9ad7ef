"""What is filled in to the document that the API takes, and back; and what is wrong with it to the fields of the form.

The form asks when enough files have come in one place, and has markers where they are thought of: the document has
numbers, groups and markers beside each other.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from apps.common.errors import NotAllowed, PortalError
from apps.common.places import pointer_to
from apps.flows.errors import NoSuchFlow, Unprocessable
from apps.storage.errors import AccessDenied, NoSuchCollection, NoSuchFile, NotAFolder
from apps.triggers.errors import InvalidTrigger
from apps.triggers.models import Trigger
from apps.triggers.types import Files
from apps.web.files.words import readable
from apps.web.triggers.schemas import EACH

Document = dict[str, Any]
Kind = Trigger.Kind
_NOUGHT = {"least_bytes", "least_age_s"}
"""Where nought is as nothing."""
_COMMON = ("name", "flow_id", "body", "most_per_hour", "most_at_once", "most_failures")


def document_of(kind: str, value: Mapping[str, Any]) -> Document:
    """Of what is filled in whole.

    Raises:
        InvalidTrigger: there are two markers.
    """
    told = {key: one for key, one in value.items() if key not in _COMMON}
    watched = {**(_files(told) if kind == Kind.FILES else told), "kind": kind}
    if "of_flow" in watched:
        watched["flow_id"] = watched.pop("of_flow")
    return {**{key: value[key] for key in _COMMON if key in value}, "watched": watched}


def value_of(document: Document) -> Document:
    """What the form is filled in with."""
    watched = {key: one for key, one in document["watched"].items() if key != "kind" and one is not None}
    if document["watched"]["kind"] == Kind.FILES:
        watched = _filled_files(watched)
    elif "flow_id" in watched:
        watched["of_flow"] = watched.pop("flow_id")
    return {**watched, **{key: document[key] for key in _COMMON if document[key] is not None}}


def document_of_trigger(trigger: Trigger) -> Document:
    """As people write it: paths are not those of the database."""
    told: Document = {key: getattr(trigger, key) for key in _COMMON}
    flow_id, watched = str(trigger.flow_id) if trigger.flow_id else None, trigger.watched
    path = {"path": readable(watched.path.folder)} if isinstance(watched, Files) else {}
    return {**told, "flow_id": flow_id, "watched": {**trigger.watched_json, **path}}


def faults_of(error: PortalError, value: Mapping[str, Any]) -> dict[str, str]:
    """By the pointers of the fields that they belong to; those of none belong to the whole."""
    return dict(_faults(error, value))


def _faults(error: PortalError, value: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    if isinstance(error, Unprocessable):
        for place, message in error.faults:
            yield _pointer(list(map(str, place)), value), message
    elif error.place:
        yield _pointer(error.place.split("."), value), error.message
    else:
        yield _of_kind(error), error.message


def _pointer(place: list[str], value: Mapping[str, Any]) -> str:
    match place:
        case ["watched", "flow_id"]:
            return "/of_flow"
        case ["watched", *inner]:
            return _pointer(inner, value)
        case ["collection_id"]:
            return "/place/id"
        case ["path"]:
            return "/place/path"
        case ["batch", "group_by", *_]:
            return "/batch/group_by"
        case ["batch"]:
            return "/batch"
        case ["marker"] if _has_marker(value):
            return "/batch/marker"
        case ["body", *_]:
            return "/body"
    return pointer_to("", *place)


def _of_kind(error: PortalError) -> str:
    match error:
        case NoSuchCollection():
            return "/place/id"
        case AccessDenied() | NoSuchFile() | NotAFolder():
            return "/place/path"
        case NoSuchFlow() | NotAllowed():
            return "/flow_id"
    return ""


def _has_marker(value: Mapping[str, Any]) -> bool:
    batch = value.get("batch")
    return isinstance(batch, Mapping) and "marker" in batch


def _files(told: Document) -> Document:
    place, batch = told.pop("place"), told.pop("batch")
    told |= {"collection_id": place["id"], "path": place["path"]}
    if batch == EACH:
        return {**told, "batch": {"count": 1}}
    if "marker" in batch:
        if told.get("marker"):
            raise InvalidTrigger(
                "All files of a group have one marker. Leave out that of single files.", place="marker"
            )
        told["marker"] = batch["marker"]
    names = [one for one in re.split(r"[\s,]+", batch.get("group_by", "")) if one]
    return {**told, "batch": {"count": batch.get("count"), "group_by": names, "quiet_s": batch.get("quiet_s")}}


def _filled_files(watched: Document) -> Document:
    marker, batch = watched["marker"], watched.pop("batch")
    place = {"id": watched.pop("collection_id"), "path": watched.pop("path")}
    watched = {key: one for key, one in watched.items() if one != "" and (one or key not in _NOUGHT)}
    if batch == {"count": 1, "group_by": [], "quiet_s": None}:
        return {**watched, "place": place, "batch": EACH}
    told = {"count": batch["count"], "group_by": ", ".join(batch["group_by"]), "quiet_s": batch["quiet_s"]}
    if batch["count"] is None and "{name}" not in marker and marker:
        told["marker"] = watched.pop("marker")
    return {**watched, "place": place, "batch": {key: one for key, one in told.items() if one not in (None, "")}}
