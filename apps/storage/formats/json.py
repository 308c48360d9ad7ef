"""JSON: what stands at its top."""

from __future__ import annotations

import json
from typing import Any, BinaryIO

from apps.storage.formats.plain import text

MOST_BYTES = 32 << 20
MOST_KEYS = 200
KINDS = {dict: "object", list: "array", str: "string", bool: "boolean", int: "number", float: "number"}


def read(file: BinaryIO) -> dict[str, Any]:
    data = file.read(MOST_BYTES + 1)
    if len(data) > MOST_BYTES:
        raise ValueError(f"JSON is read up to {MOST_BYTES >> 20} MiB")
    found = json.loads(data)
    told: dict[str, Any] = {"type": _kind(found)}
    if isinstance(found, dict):
        keys = list(found.items())[:MOST_KEYS]
        told |= {"keys": {text(key): _kind(value) for key, value in keys}, "is_cut": len(found) > MOST_KEYS}
    if isinstance(found, list):
        told["length"] = len(found)
    return told


def _kind(value: Any) -> str:
    return KINDS.get(type(value), "null")
