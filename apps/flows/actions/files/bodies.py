"""What bodies of actions on files have in common: collections, paths, the URLs they were written for."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from apps.common.parsing import id_in
from apps.flows.actions.base import hosted
from apps.storage import services as storage
from apps.storage.errors import NoSuchCollection
from apps.storage.models import Collection
from apps.storage.types import FilePath
from apps.transfer import forms

COLLECTION_ID = {"type": "string", "format": "uuid", "title": "Collection", "description": "The id of a collection."}
PATH = {"type": "string", "title": "Path", "description": "A path of the collection, such as /run7/images/."}
_NAMES = ("endpoint_id", "endpoint", "collection_id")
PLACE = {"endpoint_id": COLLECTION_ID, "endpoint": COLLECTION_ID, "collection_id": COLLECTION_ID, "path": PATH}
NAMES_COLLECTION: dict[str, Any] = {"anyOf": [{"required": [name]} for name in _NAMES]}
"""Of a schema: the collection is named in one of the ways."""


def aliases(*names: str) -> tuple[str, ...]:
    """The URLs of hosted providers of these names."""
    return tuple(
        url for name in names for url in (*hosted(f"transfer/{name}"), f"https://transfer.actions.globus.org/{name}")
    )


def either(*names: str) -> dict[str, Any]:
    """Of a schema: one of these members is there."""
    return {"anyOf": [{"required": [name]} for name in names]}


def collection_in(body: Mapping[str, Any], actor: Any, names: tuple[str, ...] = _NAMES) -> Collection:
    """
    Raises:
        NoSuchCollection: there is none with this id, or the actor is not told of it.
    """
    told = next((body[name] for name in names if body.get(name)), None)
    return storage.get_collection(id_in(told, NoSuchCollection), actor=actor)


def path_in(body: Mapping[str, Any], name: str = "path") -> FilePath:
    """The root, if nothing is said.

    Raises:
        Invalid, IllegalPath: it is no path.
    """
    return forms.path_of(tidy(body.get(name, "/")), name)


def tidy(path: Any) -> Any:
    """Definitions join a folder and a name with ``/``, so that two may stand where one is meant."""
    return re.sub("/{2,}", "/", path) if isinstance(path, str) else path
