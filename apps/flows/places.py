"""Arguments of functions that are places in collections, by the schema of what a function takes.

A property of the format ``globus-collection`` is a file or folder that the call is given: ``{"id", "path"}``, and
``names`` of files in the folder if it is given these alone. One of the format ``globus-collection-output`` is a folder
that what the call leaves behind goes to. The function itself finds a path of its machine in their stead.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from apps.common.errors import Invalid
from apps.common.parsing import uuid_in
from apps.storage.errors import IllegalPath
from apps.storage.types import FilePath

INPUT, OUTPUT = "globus-collection", "globus-collection-output"


@dataclass(frozen=True, slots=True)
class Place:
    """What an argument says. Without ``names`` it is all that is at the path."""

    argument: str
    collection_id: UUID
    path: FilePath
    names: tuple[str, ...] = ()
    is_output: bool = False


def place_arguments(schema: Mapping[str, Any]) -> dict[str, str]:
    """The arguments that are places, with their formats. Only those on top are looked at."""
    properties = schema.get("properties")
    told = properties if isinstance(properties, Mapping) else {}
    formats = {name: one.get("format") for name, one in told.items() if isinstance(one, Mapping)}
    return {name: told_as for name, told_as in formats.items() if told_as in (INPUT, OUTPUT)}


def places_in(schema: Mapping[str, Any], arguments: Mapping[str, Any]) -> list[Place]:
    """The places that these arguments say; what is left out or null is none.

    Raises:
        Invalid: one cannot be read; its ``place`` is the argument.
    """
    asked = place_arguments(schema)
    return [_place(name, arguments[name], asked[name]) for name in asked if arguments.get(name) is not None]


def _place(argument: str, told: Any, told_as: str) -> Place:
    if not isinstance(told, Mapping) or not isinstance(told.get("path"), str) or "id" not in told:
        raise Invalid("A place is an object with the id of a collection and a path.", place=argument)
    names = told.get("names") or ()
    if not isinstance(names, list | tuple) or not all(isinstance(name, str) for name in names):
        raise Invalid("Names are a list of texts.", place=f"{argument}.names")
    try:
        path = FilePath.parse(re.sub("/{2,}", "/", told["path"]))  # definitions join a folder and a name with one more
        for name in names:
            FilePath((*path.names, name))
    except IllegalPath as error:
        raise Invalid(error.message, place=f"{argument}.path") from error
    return Place(argument, uuid_in(told["id"], f"{argument}.id"), path, tuple(dict.fromkeys(names)), told_as == OUTPUT)
