"""Where the items of a Map are read and its results are written: what a ``Resource`` there may name.

The Amazon States Language leaves that to the interpreter. Here they are actions of the portal on the files of a
collection; the names by which Step Functions knows those of Amazon S3 mean the same, with a collection for the bucket.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType


class Store(StrEnum):
    """The value is the name of the action."""

    GET = "collection/get_object"
    LIST = "collection/list_objects"
    PUT = "collection/put_object"


NAMES: Mapping[Store, tuple[str, ...]] = MappingProxyType(
    {
        Store.GET: ("vitrine:collection:getObject", "arn:aws:states:::s3:getObject"),
        Store.LIST: ("vitrine:collection:listObjects", "arn:aws:states:::s3:listObjectsV2"),
        Store.PUT: ("vitrine:collection:putObject", "arn:aws:states:::s3:putObject"),
    }
)
"""The one to write, and the one that existing definitions have."""

BUCKET, KEY, PREFIX = "Bucket", "Key", "Prefix"
PARAMETERS: Mapping[Store, tuple[str, ...]] = MappingProxyType(
    {Store.GET: (BUCKET, KEY), Store.LIST: (BUCKET, PREFIX), Store.PUT: (BUCKET, PREFIX)}
)
REQUIRED: Mapping[Store, tuple[str, ...]] = MappingProxyType(
    {Store.GET: (BUCKET, KEY), Store.LIST: (BUCKET,), Store.PUT: (BUCKET,)}
)
DELIMITERS: Mapping[str, str] = MappingProxyType(
    {"COMMA": ",", "PIPE": "|", "SEMICOLON": ";", "SPACE": " ", "TAB": "\t"}
)
INPUT_TYPES = ("CSV", "JSON", "JSONL", "MANIFEST")
HEADERS = ("FIRST_ROW", "GIVEN")
FLATTENING = "LOAD_AND_FLATTEN"
NONE, COMPACT, FLATTEN = "NONE", "COMPACT", "FLATTEN"
JSON, JSONL = "JSON", "JSONL"


def store_of(resource: str) -> Store | None:
    """Which of the three an address means; None is another action."""
    plain = resource.rstrip("/").removesuffix("/run")
    return next((store for store, names in NAMES.items() if plain in names or plain.endswith(_path(store))), None)


def _path(store: Store) -> str:
    return f"/api/actions/{store}"
