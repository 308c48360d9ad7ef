"""What stands at a path of a record's content."""

from __future__ import annotations

from collections.abc import Iterator

from apps.search import paths
from apps.search.types import Record


def values(record: Record, path: str) -> list[object]:
    """The scalars at the path in all entries of the record, each once, in order; arrays are many values."""
    found = {repr(leaf): leaf for leaf in nodes(record, path) if not isinstance(leaf, dict)}
    return list(found.values())


def text(record: Record, path: str) -> str:
    """The first non-empty string or number at the path, or ""."""
    return next((str(leaf) for leaf in values(record, path) if leaf not in ("", None)), "")


def objects(record: Record, path: str) -> list[dict[str, object]]:
    """The objects at the path in all entries, in order."""
    return [node for node in nodes(record, path) if isinstance(node, dict)]


def nodes(record: Record, path: str) -> Iterator[object]:
    """Whatever stands at the path, arrays opened; nothing without a path."""
    if path:
        keys = paths.split(path)
        for entry in record.entries:
            yield from _walk(entry.content, keys)


def _walk(node: object, keys: tuple[str, ...]) -> Iterator[object]:
    if isinstance(node, list):
        for item in node:
            yield from _walk(item, keys)
    elif not keys:
        yield node
    elif isinstance(node, dict) and keys[0] in node:
        yield from _walk(node[keys[0]], keys[1:])
