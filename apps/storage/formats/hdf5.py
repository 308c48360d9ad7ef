"""HDF5 and NeXus: the tree, with attributes, shapes, types and the first values.

The library follows what a file says: into other files, into plug-ins, into unpacking without end. So links are told
and not followed, nothing is read that lies in other files or in one huge piece, and a group that was told once, under
another name, is not told again.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from math import prod
from typing import Any, BinaryIO

import h5py

from apps.storage.formats.arrays import listed
from apps.storage.formats.plain import text

MOST_NODES = 1_000
MOST_CHILDREN = 200
MOST_ATTRIBUTES = 40
MOST_OF_AN_ATTRIBUTE = 32
MOST_VALUES = 8
MOST_CHUNK_BYTES = 32 << 20
DEEPEST = 12
ABOUT_AN_ENTRY = {"title", "definition", "start_time", "end_time", "experiment_identifier", "program_name"}
BROKEN = (KeyError, OSError, RuntimeError, TypeError, ValueError, OverflowError, AttributeError)
"""What the library raises of broken files."""


def read(file: BinaryIO, *, most_nodes: int = MOST_NODES) -> dict[str, Any]:
    """``root`` is a node; ``is_cut`` says that there is more; ``entries`` are what NeXus says of the whole."""
    with h5py.File(file, "r") as opened:
        tree = _Tree(most_nodes)
        root = tree.node("/", opened, 0)
    return {"entries": list(_entries(root)), "root": root, "is_cut": tree.is_cut}


def _entries(root: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for group in root.get("children", ()):
        if group.get("attributes", {}).get("NX_class") == "NXentry":
            children = {child["name"]: child.get("value") for child in group["children"]}
            about = {name: children[name] for name in sorted(ABOUT_AN_ENTRY & set(children))}
            yield {"path": f"/{group['name']}"} | {name: value for name, value in about.items() if value is not None}


class _Tree:
    def __init__(self, most_nodes: int) -> None:
        self._left, self._seen = most_nodes, set[int]()
        self.is_cut = False

    def node(self, name: str, found: Any, depth: int) -> dict[str, Any]:
        """A group, a data set, or something else. What of it cannot be read is left out."""
        self._left -= 1
        told: dict[str, Any] = {"name": text(name)}
        attributes = dict(_attributes(found))
        if attributes:
            told["attributes"] = attributes
        if isinstance(found, h5py.Dataset):
            return told | {"kind": "dataset", **_described(found), **_values(found)}
        if isinstance(found, h5py.Group):
            return told | {"kind": "group", "children": self._children(found, depth)}
        return told | {"kind": "type"}

    def _children(self, group: Any, depth: int) -> list[dict[str, Any]]:
        address = h5py.h5o.get_info(group.id).addr
        if address in self._seen:
            return []
        self._seen.add(address)
        names = list(islice(group, MOST_CHILDREN + 1))
        self.is_cut |= len(names) > MOST_CHILDREN or (depth >= DEEPEST and bool(names))
        told = []
        for name in names[:MOST_CHILDREN] if depth < DEEPEST else ():
            if self._left <= 0:
                self.is_cut = True
                break
            told.append(self._child(group, name, depth))
        return told

    def _child(self, group: Any, name: str, depth: int) -> dict[str, Any]:
        link = group.get(name, getlink=True)
        if isinstance(link, h5py.HardLink):
            try:
                return self.node(name, group[name], depth + 1)
            except BROKEN:
                return {"name": text(name), "kind": "broken"}
        target = ":".join(filter(None, [getattr(link, "filename", ""), getattr(link, "path", "")]))
        return {"name": text(name), "kind": "link", "target": text(target)}


def _attributes(found: Any) -> Iterator[tuple[str, Any]]:
    for name in islice(found.attrs, MOST_ATTRIBUTES):
        try:
            value = found.attrs[name]
            yield text(name), None if isinstance(value, h5py.Empty) else listed(value, MOST_OF_AN_ATTRIBUTE)
        except BROKEN:
            yield text(name), None


def _described(data: Any) -> dict[str, Any]:
    try:
        kind = "text" if h5py.check_string_dtype(data.dtype) else str(data.dtype)
    except BROKEN:
        kind = "a type of its own"
    told = {"shape": None if data.shape is None else list(data.shape), "type": text(kind)}
    return told | ({"compression": data.compression} if data.compression else {})


def _values(data: Any) -> dict[str, Any]:
    """``value`` if there is one, ``first`` if there are many: the first of them, along the last axis."""
    try:
        if data.shape is None or data.is_virtual or data.external or not all(data.shape):
            return {}
        if data.chunks and prod(data.chunks) * max(data.dtype.itemsize, 1) > MOST_CHUNK_BYTES:
            return {}
        if not data.shape:
            return {"value": listed(data[()], MOST_VALUES)}
        first = listed(data[(*[0] * (len(data.shape) - 1), slice(0, MOST_VALUES))], MOST_VALUES)
        return {"value": first[0]} if prod(data.shape) == 1 else {"first": first}
    except BROKEN:
        return {}
