"""What is in an HDF5 or NeXus file. A process of its own reads it (``hdf5_child.py`` says why), from a copy here."""

from __future__ import annotations

import json
import logging
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryFile
from threading import BoundedSemaphore
from typing import IO, Any

from apps.common.errors import Invalid, Unavailable
from apps.storage.services.files import OpenCollection
from apps.storage.types import Entry
from apps.web.files import words
from apps.web.values import size

SUFFIXES = frozenset({"cxi", "h5", "hdf", "hdf5", "he5", "nx", "nxs"})
MOST_BYTES = 64 << 20
SECONDS = 10
PATIENCE_S = 5
_CHILD = Path(__file__).with_name("hdf5_child.py")
_ENVIRONMENT = {"HDF5_PLUGIN_PRELOAD": "::", "HDF5_USE_FILE_LOCKING": "FALSE", "OPENBLAS_NUM_THREADS": "1"}
"""No plug-ins: a file names those that it wants. One thread, as each takes memory."""
_at_once = BoundedSemaphore(2)  # of each process of the web server
log = logging.getLogger(__name__)


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


class Unreadable(Invalid):
    """The file cannot be looked into: it is broken, or more than the portal reads at once. Download it."""

    code = "web.unreadable"


def look(files: OpenCollection, entry: Entry) -> Tree:
    """
    Raises:
        Unreadable: the file is too large, broken, or takes too long; or nothing here reads its kind.
        Unavailable: others are looking into such files just now.
        AccessDenied, Changed, StorageAway.
    """
    if entry.size > MOST_BYTES:
        raise Unreadable(f"Files of this kind are looked into up to {size(MOST_BYTES)}. Download it.")
    if find_spec("h5py") is None:
        raise Unreadable("This portal has not installed what reads HDF5: the extra `hdf5`, for its administrator.")
    with _turn(), TemporaryFile() as copy, TemporaryFile() as told:
        for piece in files.read(entry):
            copy.write(piece)
        copy.seek(0)
        _read(copy, told)
        told.seek(0)
        try:
            found = json.load(told)
        except ValueError as error:  # It was cut off.
            raise Unreadable from error
    note = "There is more in it than is listed here." if found["is_cut"] else ""
    return Tree(tuple(_node(one, depth=0) for one in found["nodes"]), note)


@contextmanager
def _turn() -> Iterator[None]:
    if not _at_once.acquire(timeout=PATIENCE_S):
        raise Unavailable("Others are looking into such files just now. Try again in a few seconds.")
    try:
        yield
    finally:
        _at_once.release()


def _read(copy: IO[bytes], told: IO[bytes]) -> None:
    """
    Raises:
        Unreadable: the process did not end well, or not in time.
    """
    command = [sys.executable, "-I", "-B", str(_CHILD)]
    try:
        subprocess.run(
            command, stdin=copy, stdout=told, stderr=subprocess.DEVNULL, env=_ENVIRONMENT, timeout=SECONDS, check=True
        )
    except subprocess.SubprocessError as error:
        log.info("a file could not be looked into: %s", error)
        raise Unreadable from error


def _node(told: dict[str, Any], *, depth: int) -> Node:
    """Names and values are the file's own words: they are shown as plain text."""
    attributes = tuple((words.readable(name), words.readable(value)) for name, value in told.get("attributes", ()))
    return Node(
        name=words.readable(told["name"]),
        kind=told["kind"],
        about=_about(told, dict(attributes)),
        values=words.readable(told.get("values", "")),
        attributes=attributes,
        children=tuple(_node(one, depth=depth + 1) for one in told.get("children", ())),
        is_open=depth < 2,
    )


def _about(told: dict[str, Any], attributes: dict[str, str]) -> str:
    match told["kind"]:
        case "dataset":
            shape = told["shape"]
            size = "empty" if shape is None else " × ".join(map(str, shape)) or "one value"
            units = attributes.get("units", "")
            return ", ".join(filter(None, [size, told["type"], told["compression"], f"in {units}" if units else ""]))
        case "link":
            return f"a link to {words.readable(told['target'])}, which is not followed"
        case "group":
            return attributes.get("NX_class", "")
        case "broken":
            return "cannot be read"
        case _:
            return "a type"
