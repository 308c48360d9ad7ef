"""Tells what is in an HDF5 file: run as a program of its own, which may be killed at any moment.

The file comes on standard input, and JSON goes out. The library that reads it is large, is written in C, and follows
what the file says: into other files, into plug-ins, into decompressing without end. So everything is imported first,
and then the process gives up the right to open any file at all, and takes bounds of time, memory and output.
Nothing of the portal is imported here.
"""

from __future__ import annotations

import json
import os
import resource
import sys
from itertools import islice
from typing import Any

MOST_NODES = 1_000
MOST_CHILDREN = 200
MOST_ATTRIBUTES = 40
MOST_SIGNS = 200
MOST_VALUES = 8
MOST_CHUNK_BYTES = 32 << 20
DEEPEST = 12
SECONDS = 8
MEMORY_BYTES = 1 << 30
OUTPUT_BYTES = 4 << 20


def main() -> None:
    data = sys.stdin.buffer.read()
    import h5py

    _give_up_rights()
    file = h5py.File(h5py.h5f.open_file_image(data))
    reader = _Reader(h5py)
    told = {"nodes": [reader.node("/", file, 0)], "is_cut": reader.is_cut}
    sys.stdout.write(json.dumps(told))
    sys.stdout.flush()
    os._exit(0)  # The library may not take well to what it was given: it is not asked to clean up.


def _give_up_rights() -> None:
    for kind, most in (
        (resource.RLIMIT_CPU, SECONDS),
        (resource.RLIMIT_AS, MEMORY_BYTES),
        (resource.RLIMIT_FSIZE, OUTPUT_BYTES),
        (resource.RLIMIT_NOFILE, 0),  # Of what is open, no more: an external link leads nowhere.
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(kind, (most, most))


class _Reader:
    def __init__(self, h5py: Any) -> None:
        self._h5py, self._left, self._seen = h5py, MOST_NODES, set[int]()
        self.is_cut = False

    def node(self, name: str, found: Any, depth: int) -> dict[str, Any]:
        """A group, a data set, or something else. What of it cannot be read is left out."""
        self._left -= 1
        told: dict[str, Any] = {"name": name[:MOST_SIGNS], "attributes": self._attributes(found)}
        if isinstance(found, self._h5py.Dataset):
            return told | {"kind": "dataset", **self._described(found), "values": _values(found)}
        if isinstance(found, self._h5py.Group):
            return told | {"kind": "group", "children": self._children(found, depth)}
        return told | {"kind": "type"}

    def _described(self, data: Any) -> dict[str, Any]:
        try:
            kind = "text" if self._h5py.check_string_dtype(data.dtype) else str(data.dtype)
        except (OSError, RuntimeError, TypeError, ValueError):
            kind = "a type of its own"
        shape = None if data.shape is None else list(data.shape)
        return {"shape": shape, "type": kind[:MOST_SIGNS], "compression": data.compression or ""}

    def _children(self, group: Any, depth: int) -> list[dict[str, Any]]:
        """A group that was told already, under another name, is not told again: groups may be in each other."""
        address = self._h5py.h5o.get_info(group.id).addr
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
        """Links are told, and not followed: they may lead to another file."""
        link = group.get(name, getlink=True)
        if isinstance(link, self._h5py.HardLink):
            try:
                return self.node(name, group[name], depth + 1)
            except (KeyError, OSError, RuntimeError, TypeError, ValueError):
                return {"name": name[:MOST_SIGNS], "kind": "broken"}
        target = ":".join(filter(None, [getattr(link, "filename", ""), getattr(link, "path", "")]))
        return {"name": name[:MOST_SIGNS], "kind": "link", "target": target[:MOST_SIGNS]}

    def _attributes(self, found: Any) -> list[tuple[str, str]]:
        told = []
        for name in islice(found.attrs, MOST_ATTRIBUTES):
            try:
                told.append((name[:MOST_SIGNS], _text(found.attrs[name])))
            except (KeyError, OSError, RuntimeError, TypeError, ValueError):
                told.append((name[:MOST_SIGNS], "cannot be read"))
        return told


def _values(data: Any) -> str:
    """The first of them, along the last axis. What lies in other files, or in one huge piece, is not read."""
    try:
        if data.shape is None or data.is_virtual or data.external or not all(data.shape):
            return ""
        if data.chunks and _product(data.chunks) * max(data.dtype.itemsize, 1) > MOST_CHUNK_BYTES:
            return ""
        if not data.shape:
            return _text(data[()])
        first = data[(*[0] * (len(data.shape) - 1), slice(0, MOST_VALUES))]
        more = ", …" if _product(data.shape) > MOST_VALUES else ""
        return ", ".join(_text(one) for one in first)[: 2 * MOST_SIGNS] + more
    except (OSError, RuntimeError, TypeError, ValueError):
        return ""


def _product(numbers: Any) -> int:
    made = 1
    for number in numbers:
        made *= int(number)
    return made


def _text(value: Any) -> str:
    if isinstance(value, bytes):
        value = value[: 4 * MOST_SIGNS].decode(errors="replace")
    text = str(value) if not hasattr(value, "ravel") else _array_text(value)
    return text if len(text) <= MOST_SIGNS else text[: MOST_SIGNS - 1] + "…"


def _array_text(value: Any) -> str:
    if value.ndim == 0:
        return str(value)
    first = value.ravel()[: MOST_VALUES + 1].tolist()
    texts = [one.decode(errors="replace") if isinstance(one, bytes) else str(one) for one in first]
    return ", ".join(texts[:MOST_VALUES]) + (", …" if len(texts) > MOST_VALUES else "")


if __name__ == "__main__":
    main()
