"""What the path of a file says to a trigger that watches a folder."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from enum import StrEnum
from uuid import UUID, uuid5

from apps.storage.types import FilePath
from apps.triggers.errors import InvalidTrigger
from apps.triggers.patterns import Pattern, name_marked, pattern_of
from apps.triggers.types import FOLDER, Files

_NAMES = UUID("5e0b7a7e-6f0c-5b0e-9d53-3f1f6f1a8f0d")


class Part(StrEnum):
    """What a file is to a trigger."""

    FILE = "file"
    MARKER = "marker"
    """It says that its group is whole."""
    NAME_MARKER = "name_marker"
    """It says that one other file is."""
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class Reading:
    """``groups`` is what the names in the pattern stand for; ``why`` it is nothing to the trigger; ``marked`` which
    file it says is whole."""

    part: Part
    groups: dict[str, str] = field(default_factory=dict)
    group_id: UUID | None = None
    marked: FilePath | None = None
    why: str = ""


def read_path(files: Files, path: FilePath) -> Reading:
    """What a file at this path, below the folder that is watched, is to the trigger."""
    relative = "/".join(path.names[len(files.path.names) :])
    if not relative.isascii() and not _is_text(relative):
        return Reading(Part.NOTHING, why="Its name is no UTF-8, so that no flow could be told of it.")
    if files.marker and (found := _marker(files, path, relative)):
        return found
    groups = pattern_of(files.pattern, files.is_regex).match(relative)
    if groups is None:
        return Reading(Part.NOTHING, why="It does not fit the pattern.")
    return Reading(Part.FILE, groups, group_of(files, path, groups))


def group_of(files: Files, path: FilePath, groups: dict[str, str]) -> UUID:
    """What stands for the group that a file is in."""
    values = [path.parent.folder if name == FOLDER else groups.get(name, "") for name in files.batch.group_by]
    return uuid5(_NAMES, json.dumps(values))


def path_id(path: FilePath) -> UUID:
    return uuid5(_NAMES, path.key)


def require(files: Files) -> None:
    """
    Raises:
        InvalidTrigger: it could never start anything, by the place of what is wrong.
    """
    pattern = Pattern(files.pattern, is_regex=files.is_regex, place="pattern")
    known = {*pattern.names, FOLDER}
    for number, name in enumerate(files.batch.group_by):
        if name not in known:
            place, names = f"batch.group_by.{number}", ", ".join(sorted(known))
            raise InvalidTrigger(f"Nothing in the pattern is named “{name}”. There are: {names}.", place=place)
    if files.marker:
        _require_marker(files)
    elif files.batch.count is None and files.batch.quiet_s is None:
        told = "Say when a group is complete: by a number of files, a marker, or a time in which nothing new comes."
        raise InvalidTrigger(told, place="batch.count")
    if files.most_bytes is not None and files.most_bytes < files.least_bytes:
        raise InvalidTrigger("No file is so small and so large at once.", place="most_bytes")


def _require_marker(files: Files) -> None:
    if files.marks_single_files:
        if "/" in files.marker or files.marker.count("{name}") > 1 or files.marker == "{name}":
            told = "A marker of single files is a name with “{name}” in it once, such as “{name}.done”."
            raise InvalidTrigger(told, place="marker")
        return
    missing = {*files.batch.group_by} - {*Pattern(files.marker, place="marker").names, FOLDER}
    if missing:
        told = f"Files are grouped by “{missing.pop()}”, which the marker does not name: write it in braces."
        raise InvalidTrigger(told, place="marker")
    if files.batch.count is not None:
        told = "The marker of a group takes all of it. Leave out the number of files."
        raise InvalidTrigger(told, place="batch.count")


def _marker(files: Files, path: FilePath, relative: str) -> Reading | None:
    if files.marks_single_files:
        name = name_marked(files.marker, path.name)
        return Reading(Part.NAME_MARKER, marked=path.parent / name) if name else None
    groups = pattern_of(files.marker, is_regex=False).match(relative)
    return None if groups is None else Reading(Part.MARKER, groups, group_of(files, path, groups))


def _is_text(name: str) -> bool:
    return not any("\udc80" <= sign <= "\udcff" for sign in name)
