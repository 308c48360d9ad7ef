"""The files that a call is given: fetched as who asked for it, before the call begins."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from apps.common.errors import Invalid, Unavailable
from apps.flows.models import Function
from apps.flows.places import Place
from apps.storage import services as storage
from apps.storage.errors import Changed, NotAFile
from apps.storage.services import OpenCollection
from apps.storage.types import Entry, FilePath

DEEPEST = 30
Beat = Callable[[], object]


class Basket:
    """What may still be fetched: of all places of a call together, so many files and bytes."""

    def __init__(self, function: Function) -> None:
        self._function = function
        self._files, self._bytes = function.most_files, function.most_mib << 20

    def add(self, entry: Entry) -> None:
        """
        Raises:
            Invalid: it is too much.
        """
        self._files -= 1
        self._bytes -= entry.size
        if self._files < 0 or self._bytes < 0:
            raise Invalid(f"{too_much(self._function)} Give it fewer of them, or have its limits raised.")


def too_much(function: Function) -> str:
    return f"A call of {function.name} has at most {function.most_files:,} files, of {function.most_mib:,} MiB in all."


def fetch(place: Place, folder: Path, *, actor: Any, basket: Basket, beat: Beat) -> Path:
    """Fetch what is at a place into an empty folder; where it is then. Links are left out.

    Raises:
        Invalid: it is more than the function is given. NotAFile: it is a link, or a device.
        Unavailable: this machine cannot hold it.
        NoSuchCollection, NoSuchFile, AccessDenied, Changed, StorageAway. Whatever the beat raises.
    """
    collection = storage.get_collection(place.collection_id, actor=actor)
    with storage.opened(collection, actor=actor) as files:
        files.require("r", place.path)
        root = files.stat(place.path)
        if not root.is_folder and not root.is_file:
            raise NotAFile
        target = folder / (place.path.name or "root")
        found = list(_chosen(files, root, place, basket, beat))
        if root.is_folder:
            target.mkdir()
        for entry in found:
            with _kept():
                _bring(files, entry, _below(target, entry.path, place.path), beat)
    return target


def _chosen(files: OpenCollection, root: Entry, place: Place, basket: Basket, beat: Beat) -> Iterator[Entry]:
    """All of it is known before the first byte is fetched."""
    if place.names:
        chosen: Iterator[Entry] = (_file(files, place.path / name) for name in place.names)
    else:
        chosen = _walk(files, place.path, DEEPEST, beat) if root.is_folder else iter([root])
    for entry in chosen:
        beat()
        if entry.is_file:
            basket.add(entry)
        if entry.is_file or entry.is_folder:
            yield entry


def _file(files: OpenCollection, path: FilePath) -> Entry:
    entry = files.stat(path)
    if not entry.is_file:
        raise NotAFile(f"{path} is no file.")
    return entry


def _walk(files: OpenCollection, folder: FilePath, depth: int, beat: Beat) -> Iterator[Entry]:
    for entry in files.list(folder):
        beat()
        yield entry
        if entry.is_folder:
            if not depth:
                raise Invalid(f"{folder} has folders within each other to a depth of more than {DEEPEST}.")
            yield from _walk(files, entry.path, depth - 1, beat)


def _below(target: Path, path: FilePath, top: FilePath) -> Path:
    return target.joinpath(*path.names[len(top.names) :])


@contextmanager
def _kept() -> Iterator[None]:
    """
    Raises:
        Unavailable: this machine cannot hold the files.
    """
    try:
        yield
    except OSError as error:
        raise Unavailable(f"The machine that computes cannot hold the files: {error.strerror}.") from error


def _bring(files: OpenCollection, entry: Entry, target: Path, beat: Beat) -> None:
    if entry.is_folder:
        target.mkdir()
        return
    size = 0
    with target.open("xb") as file:
        for piece in files.read(entry):
            beat()
            size += file.write(piece)
    if size != entry.size:
        raise Changed(f"{entry.path} has {size:,} bytes, and had {entry.size:,}.")
