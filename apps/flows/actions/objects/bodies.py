"""What bodies of actions on objects have in common: a collection by its id or name, keys, how files are read."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from apps.common.errors import Invalid
from apps.flows.actions.files.bodies import tidy
from apps.flows.language.stores import BUCKET, DELIMITERS, FLATTENING, HEADERS, INPUT_TYPES, NONE
from apps.storage import services as storage
from apps.storage.errors import NoSuchCollection
from apps.storage.models import Collection
from apps.storage.types import FilePath

COLLECTION = {"type": "string", "minLength": 1, "title": "Collection", "description": "Its id, or its name."}
FILE_KEY = {"type": "string", "minLength": 1, "title": "Path of the file", "description": "Such as run7/frames.csv."}
HOW_READ: Mapping[str, Any] = {
    "type": "object",
    "title": "How files are read",
    "properties": {
        "InputType": {"enum": list(INPUT_TYPES)},
        "Transformation": {"enum": [NONE, FLATTENING]},
        "ManifestType": {"enum": ["S3_INVENTORY"]},
        "ItemsPointer": {"type": "string", "description": "Where the items are in the JSON, as a JSON pointer."},
        "CSVDelimiter": {"enum": list(DELIMITERS)},
        "CSVHeaderLocation": {"enum": list(HEADERS)},
        "CSVHeaders": {"type": "array", "items": {"type": "string"}, "uniqueItems": True},
        "MaxItems": {"type": "integer", "minimum": 1},
    },
    "additionalProperties": False,
}


def collection_in(body: Mapping[str, Any], actor: Any) -> Collection:
    """
    Raises:
        NoSuchCollection: there is none of this id or name, or the actor is not told of it.
        Invalid: there are several of this name.
    """
    told = body[BUCKET]
    try:
        return storage.get_collection(UUID(told), actor=actor)
    except ValueError:  # a name, then
        named = list(storage.visible_collections(actor).filter(name=told)[:2])
    if len(named) > 1:
        raise Invalid(f"Several collections are called “{told[:200]}”. Write the id of one.", place=BUCKET)
    if not named:
        raise NoSuchCollection(f"There is no collection “{told[:200]}” that you are told of.", place=BUCKET)
    return named[0]


def path_of(key: str) -> FilePath:
    """Keys of S3 begin without a ``/``.

    Raises:
        IllegalPath.
    """
    return FilePath.parse(tidy(f"/{key}"))
