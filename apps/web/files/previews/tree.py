"""What is in an HDF5 or NeXus file, as a tree of lines (``apps/storage/formats/hdf5.py`` reads it)."""

from __future__ import annotations

import math
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from threading import BoundedSemaphore
from typing import Any

from apps.common.confined.types import Limits
from apps.common.errors import Unavailable
from apps.storage import services as storage
from apps.storage.services.files import OpenCollection
from apps.storage.services.kinds import HDF5
from apps.storage.types import Entry
from apps.web.files import words

SUFFIXES = HDF5.suffixes
LIMITS = Limits(seconds=10, cpu_s=8)
PATIENCE_S = 5
_at_once = BoundedSemaphore(2)  # of each process of the web server


@dataclass(frozen=True, slots=True)
class Node:
    """``about`` is what its line says beside the name: shape and type, or where a link leads."""

    name: str
    kind: str
    about: str
    values: str
    attributes: tuple[tuple[str, str], ...]
    children: tuple[Node, ...]
    is_open: bool

    @property
    def is_leaf(self) -> bool:
        """All there is to tell stands on its line."""
        return not (self.attributes or self.children)


@dataclass(frozen=True, slots=True)
class Tree:
    nodes: tuple[Node, ...]
    note: str


def look(files: OpenCollection, entry: Entry) -> Tree:
    """
    Raises:
        Unreadable: the file is broken, or takes too long; or nothing here reads its kind.
        Unavailable: others are looking into such files just now.
        AccessDenied, Changed, StorageAway.
    """
    with _turn():
        found = storage.contents_of(files, entry, HDF5, limits=LIMITS)
    note = "There is more in it than is listed here." if found["is_cut"] else ""
    return Tree((_node(found["root"], depth=0),), note)


@contextmanager
def _turn() -> Iterator[None]:
    if not _at_once.acquire(timeout=PATIENCE_S):
        raise Unavailable("Others are looking into such files just now. Try again in a few seconds.")
    try:
        yield
    finally:
        _at_once.release()


def _node(told: dict[str, Any], *, depth: int) -> Node:
    """Names and values are the file's own words: they are shown as plain text."""
    attributes = tuple((words.readable(name), _text(value)) for name, value in told.get("attributes", {}).items())
    return Node(
        name=words.readable(told["name"]),
        kind=told["kind"],
        about=_about(told, dict(attributes)),
        values=_values(told),
        attributes=attributes,
        children=tuple(_node(one, depth=depth + 1) for one in told.get("children", ())),
        is_open=depth < 2,
    )


def _values(told: dict[str, Any]) -> str:
    if "value" in told:
        return _text(told["value"])
    first = told.get("first", [])
    more = ", …" if len(first) < math.prod(told.get("shape") or []) else ""
    return _text(first) + more if first else ""


def _text(value: Any) -> str:
    """A value as people write it; of an array its values, of a record the names, too."""
    match value:
        case None:
            return ""
        case list():
            return ", ".join(map(_text, value))
        case dict():
            return ", ".join(f"{name} {_text(one)}" for name, one in value.items())
        case _:
            return words.readable(str(value))


def _about(told: dict[str, Any], attributes: dict[str, str]) -> str:
    match told["kind"]:
        case "dataset":
            shape = told["shape"]
            size = "empty" if shape is None else " × ".join(map(str, shape)) or "one value"
            units = attributes.get("units", "")
            return ", ".join(
                filter(None, [size, told["type"], told.get("compression", ""), f"in {units}" if units else ""])
            )
        case "link":
            return f"a link to {words.readable(told['target'])}, which is not followed"
        case "group":
            return attributes.get("NX_class", "")
        case "broken":
            return "cannot be read"
        case _:
            return "a type"
