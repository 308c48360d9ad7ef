"""A template of the input that a flow asks for, proposed from its input schema and from what will be known when the
trigger fires. Each place says where it comes from, and what nobody can guess is named."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from apps.triggers.models import Trigger
from apps.web.triggers.schemas import EACH
from apps.web.values import label

Value = Mapping[str, Any]
Found = tuple[dict[str, Any], str]
"""Members of the template, and where they come from."""
_AIMS = re.compile(r"dest|target|result|archive", re.IGNORECASE)
_NAMES = re.compile(r"\{([A-Za-z_]\w*)(?::int)?\}|\(\?P<(\w+)>")
Known = Mapping[str, tuple[str, str]]
_OF_ALL: Known = {"to": ("$.owner.email", "your address"), "title": ("$.trigger.name", "the name of the trigger")}
_OF_FILES: Known = {
    **_OF_ALL,
    "path": ("$.first.path", "the path of the first file"),
    "file": ("$.first.path", "the path of the first file"),
    "filename": ("$.first.name", "the name of the first file"),
    "folder": ("$.first.folder", "the folder of the first file"),
    "directory": ("$.first.folder", "the folder of the first file"),
    "files": ("$.files[*].path", "the paths of all files"),
    "paths": ("$.files[*].path", "the paths of all files"),
    "names": ("$.files[*].name", "the names of all files"),
}
_OF_RECORDS: Known = {
    **_OF_ALL,
    "text": ("$.text", "each record with its address"),
    "subject": ("$.first.subject", "the subject of the first record"),
    "subjects": ("$.records[*].subject", "the subjects of all records"),
    "index": ("$.index", "the index that is searched"),
}
_OF_RUNS: Known = {
    **_OF_ALL,
    "text": ("$.text", "how the run ended"),
    "run": ("$.run.id", "the run that ended"),
    "output": ("$.run.output", "what the run made"),
}
_KNOWN = {Trigger.Kind.FILES: _OF_FILES, Trigger.Kind.RECORDS: _OF_RECORDS, Trigger.Kind.RUN_END: _OF_RUNS}
"""By the last word of what a flow calls it."""


@dataclass(frozen=True, slots=True)
class Place:
    """``why`` is "" where it has to be written by hand."""

    name: str
    why: str


@dataclass(frozen=True, slots=True)
class Proposed:
    body: dict[str, Any]
    places: tuple[Place, ...]


def proposed(kind: str, schema: Value, filled: Value) -> Proposed:
    """``schema`` is what the flow asks for, ``filled`` what the form of the trigger holds as yet."""
    if kind in {Trigger.Kind.WEBHOOK, Trigger.Kind.MESSAGE}:
        return Proposed({"body.$": "$.body"}, (Place("body", "what is sent"),))
    members: dict[str, Any] = {}
    places = []
    for key, part in _members(schema):
        found = _by_place(key, part, filled) if kind == Trigger.Kind.FILES else None
        found = found or _by_key(key, part, _KNOWN[Trigger.Kind(kind)])
        if found is not None:
            members |= found[0]
            places.append(Place(key, found[1]))
        elif "default" in part:
            members[key] = part["default"]
            places.append(Place(key, "what the flow proposes"))
        elif key in (schema.get("required") or ()):
            members[key] = None
            places.append(Place(key, ""))
    body: dict[str, Any] = {"body": members}
    group = next(iter(_grouped_by(filled)), "")
    if group:
        body["label.="] = f"'{label(group)} ' + groups.{group}"
        places.append(Place("label", f"“{group}” in the pattern"))
    return Proposed(body, tuple(places))


def _members(schema: Value) -> Iterator[tuple[str, Value]]:
    """Those that it names, and those that it demands."""
    told, demanded = schema.get("properties"), schema.get("required")
    told = told if isinstance(told, Mapping) else {}
    for key in dict.fromkeys([*told, *(demanded if isinstance(demanded, list) else ())]):
        part = told.get(key)
        yield key, part if isinstance(part, Mapping) else {}


def _by_place(key: str, part: Value, filled: Value) -> Found | None:
    if key in names_in(str(filled.get("pattern", ""))) and part.get("type") in {None, "string"}:
        return {f"{key}.$": f"$.groups.{key}"}, f"“{key}” in the pattern"
    if _is_aim(key, part):
        return None
    if part.get("format") == "globus-collection":
        return _place(key, part, filled)
    if part.get("format") == "globus-collection-id" or part.get("x-vocabulary") == "collections":
        return {f"{key}.$": "$.collection"}, "the collection that is watched"
    return None


def _by_key(key: str, part: Value, known: Known) -> Found | None:
    path, why = known.get(key.rpartition("_")[2].lower(), ("", ""))
    wanted = "array" if "[*]" in path else "object" if path == "$.run.output" else "string"
    fits = bool(path) and part.get("type", wanted) == wanted and not _is_aim(key, part)
    return ({f"{key}.$": path}, why) if fits else None


def _is_aim(key: str, part: Value) -> bool:
    """Where a flow writes to is not where things come from."""
    return bool(_AIMS.search(f"{key} {part.get('title', '')}"))


def _place(key: str, part: Value, filled: Value) -> Found:
    """Of each file that, of several the folder that the first is in."""
    told = part.get("properties")
    is_file = filled.get("batch") == EACH
    place = {"id.$": "$.collection"}
    if isinstance(told, Mapping) and "path" in told:
        place["path.$"] = "$.first.path" if is_file else "$.first.folder"
    return {key: place}, "the file" if is_file else "the folder of the first file"


def names_in(pattern: str) -> list[str]:
    """The names that it remembers."""
    return [one or other for one, other in _NAMES.findall(pattern)]


def _grouped_by(filled: Value) -> list[str]:
    batch = filled.get("batch")
    told = str(batch.get("group_by", "")) if isinstance(batch, Mapping) else ""
    known = names_in(str(filled.get("pattern", "")))
    return [one for one in re.split(r"[\s,]+", told) if one in known]
