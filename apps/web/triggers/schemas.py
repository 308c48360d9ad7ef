"""What the form of a trigger asks for, as a JSON Schema, by its kind.

How much is too much is asked of the document that is made of it.
"""

from __future__ import annotations

from typing import Any

from apps.triggers.models import Trigger
from apps.triggers.types import EVERY_S, SETTLE_S, Records

Kind = Trigger.Kind
Schema = dict[str, Any]
EACH = "each"
_HALF = {"width": "half"}


def _text(title: str, hint: str = "", **more: Any) -> Schema:
    return {"type": "string", "title": title, "description": hint, **more}


def _number(title: str, hint: str = "", *, least: int = 1, unit: str = "", **more: Any) -> Schema:
    told = {"type": "integer", "title": title, "description": hint, "minimum": least, "x-layout": _HALF}
    return {**told, **({"x-unit": unit} if unit else {}), **more}


def _box(title: str, hint: str = "", *, default: bool = False) -> Schema:
    return {"type": "boolean", "title": title, "description": hint, "default": default}


_GROUP_BY = _text(
    "Files belong together by",
    "Names in braces in the pattern, with commas between: chip. Or folder: the one that they are in.",
    maxLength=500,
)
_QUIET = _number("What is left starts one too, when nothing new came for", unit="seconds")
_BATCH = {
    "title": "A run is started for",
    "default": EACH,
    "oneOf": [
        {"const": EACH, "title": "each file"},
        {
            "title": "every so many files",
            "type": "object",
            "properties": {"count": _number("Files"), "group_by": _GROUP_BY, "quiet_s": _QUIET},
            "required": ["count"],
            "additionalProperties": False,
        },
        {
            "title": "all files of a group, when its marker is there",
            "type": "object",
            "properties": {
                "marker": _text(
                    "Marker",
                    "Pattern of the file that says so, with the same names in braces: chip_{chip}/DONE.",
                    maxLength=500,
                ),
                "group_by": _GROUP_BY,
                "quiet_s": _QUIET,
            },
            "required": ["marker"],
            "additionalProperties": False,
        },
        {
            "title": "all files of a group, when nothing new comes any more",
            "type": "object",
            "properties": {"quiet_s": _number("Nothing new for", unit="seconds"), "group_by": _GROUP_BY},
            "required": ["quiet_s"],
            "additionalProperties": False,
        },
    ],
}
_FOLDER = {
    "type": "object",
    "format": "globus-collection",
    "title": "Folder",
    "description": "Where files will come. You need to be allowed to read it.",
    "properties": {"id": {"type": "string", "format": "uuid"}, "path": {"type": "string", "maxLength": 4096}},
    "required": ["id", "path"],
}
_WHICH: Schema = {
    "place": _FOLDER,
    "pattern": _text(
        "Which files",
        "* stands for any part of a name, {chip} for one that is remembered: chip_{chip}/*.cbf. Without a / it is the "
        "name alone, in whatever folder.",
        default="*",
        maxLength=500,
    ),
    "is_regex": _box("This is a regular expression", "Of the path below the folder, all of it: (?P<chip>…) remembers."),
    "is_recursive": _box("Also in the folders below it", default=True),
}
_FINE: Schema = {
    "settle_s": _number(
        "Settled when unchanged for",
        "Longer than who writes ever pauses, unless that is on a disk of the portal's machine, which can tell.",
        least=0,
        unit="seconds",
        default=SETTLE_S,
    ),
    "every_s": _number(
        "Looks again each", "Where the storage does not tell of changes.", unit="seconds", default=EVERY_S
    ),
    "marker": _text(
        "Marker of single files", "A file is whole when this one is beside it: {name}.done.", maxLength=500
    ),
    "least_bytes": _number("No smaller than", least=0, unit="bytes"),
    "most_bytes": _number("No larger than", least=0, unit="bytes"),
    "least_age_s": _number("Not changed for at least", least=0, unit="seconds"),
    "is_taken_again": _box("Files that change after they were taken count as new ones"),
    "takes_old": _box("Files that are there before the trigger begins count, too"),
    "is_described": _box("Look into the first file", "What is in it, is there for the template as $.described."),
}
_LIMITS: Schema = {
    "most_at_once": _number("Runs at once, at most", "More have to wait; nothing is lost."),
    "most_per_hour": _number("Runs an hour, at most"),
    "most_failures": _number("Rests after so many failures in a row", default=5),
}
_STARTS: Schema = {
    "flow_id": {"type": "string", "format": "uuid", "title": "Flow", "x-vocabulary": "flows"},
    "body": {
        "type": "object",
        "title": "Template of the input",
        "description": "What the flow is started with, filled in from what happened.",
    },
}
_OWN: dict[str, tuple[Schema, list[str]]] = {
    Kind.FILES: ({**_WHICH, "batch": _BATCH, **_FINE}, ["place", "pattern", "batch"]),
    Kind.WEBHOOK: ({}, []),
    Kind.MESSAGE: ({}, []),
    Kind.RUN_END: (
        {
            "of_flow": {
                "type": "string",
                "format": "uuid",
                "title": "Runs of this flow",
                "description": "Of any flow, if none is named: of those runs that you may see.",
                "x-vocabulary": "flows",
            },
            "statuses": {
                "type": "array",
                "title": "That",
                "uniqueItems": True,
                "minItems": 1,
                "default": ["SUCCEEDED"],
                "items": {
                    "oneOf": [{"const": "SUCCEEDED", "title": "succeeded"}, {"const": "FAILED", "title": "failed"}]
                },
            },
        },
        ["statuses"],
    ),
    Kind.RECORDS: (
        {
            "index": _text("Index", **{"x-vocabulary": "indexes"}),
            "query": _text(
                "Search", "What stands behind the ? in the address of a search page: q=lysozyme.", maxLength=8_000
            ),
            "most_together": _number("Records in one run, at most", default=Records.MOST),
        },
        ["index"],
    ),
}


def schema_of(kind: str) -> Schema:
    own, required = _OWN[kind]
    name = _text("Name", "What you will look for it by.", minLength=1, maxLength=Trigger.LONGEST_NAME)
    return {
        "type": "object",
        "properties": {"name": name, **own, **_LIMITS, **_STARTS},
        "required": ["name", *required, "flow_id", "body"],
        "x-layout": {"sections": _sections(own)},
    }


def _sections(own: Schema) -> list[Schema]:
    fine = [key for key in own if key in _FINE]
    plain = [key for key in own if key not in _FINE]
    return [
        {"title": "What it waits for", "fields": plain},
        {"title": "Finer points", "fields": fine, "folded": True},
        {"title": "Limits", "fields": list(_LIMITS), "folded": True},
        {"title": "What it starts", "fields": list(_STARTS)},
    ]
