"""What stands at a path of a record's content."""

from __future__ import annotations

from collections.abc import Iterator

from apps.search import paths
from apps.search.types import Record


def values(record: Record, path: str) -> list[object]:
    """The scalars at the path in all entries of the record, each once, in order; arrays are many values."""
    if not path:
        return []
    keys = paths.split(path)
    found = {repr(leaf): leaf for entry in record.entries for leaf in _walk(entry.content, keys)}
    return list(found.values())


def text(record: Record, path: str) -> str:
    """The first non-empty string or number at the path, or ""."""
    return next((str(leaf) for leaf in values(record, path) if leaf not in ("", None)), "")


def _walk(node: object, keys: tuple[str, ...]) -> Iterator[object]:
    if isinstance(node, list):
        for item in node:
            yield from _walk(item, keys)
    elif not keys:
        if not isinstance(node, dict):
            yield node
    elif isinstance(node, dict) and keys[0] in node:
        yield from _walk(node[keys[0]], keys[1:])
