"""Questions as JSON and back, so that one can be stored: a delete by query waits its turn in the ledger."""

from __future__ import annotations

import dataclasses
from enum import Enum
from typing import Any

from apps.search import types

_CLASSES = {
    cls.__name__: cls for cls in vars(types).values() if isinstance(cls, type) and dataclasses.is_dataclass(cls)
}


def encode(value: Any) -> Any:  # Any: a tree of dataclasses in, JSON out
    """Write dataclasses of ``types`` (and what they hold) as JSON values."""
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        fields = {field.name: encode(getattr(value, field.name)) for field in dataclasses.fields(value)}
        return {"@": type(value).__name__, **fields}
    if isinstance(value, tuple):
        return [encode(item) for item in value]
    if isinstance(value, frozenset):
        return {"@": "frozenset", "items": sorted(encode(item) for item in value)}
    return value.value if isinstance(value, Enum) else value


def decode(value: Any) -> Any:  # Any: JSON in, a tree of dataclasses out
    """Read what ``encode`` wrote. Sequences come back as tuples."""
    if isinstance(value, list):
        return tuple(decode(item) for item in value)
    if not isinstance(value, dict):
        return value
    fields = {name: decode(item) for name, item in value.items() if name != "@"}
    return frozenset(fields["items"]) if value["@"] == "frozenset" else _CLASSES[value["@"]](**fields)
