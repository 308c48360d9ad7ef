"""What a call leaves behind: put into a collection as who asked for it, after the call has ended well."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import Any

from django.utils import timezone

from apps.common.errors import Invalid, PortalError
from apps.flows.computing.fetching import too_much
from apps.flows.computing.turns import TurnLost
from apps.flows.models import Function
from apps.flows.places import Place
from apps.storage import services as storage
from apps.storage.errors import NotAFile
from apps.storage.services import OpenCollection, uploads
from apps.storage.services.conditions import Conditions
from apps.storage.services.receiving import Body
from apps.storage.types import FilePath
from apps.transfer import services as transfer

Beat = Callable[[], object]
_FOLDER = os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC
_FILE = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC
DEEPEST = 30


@dataclass(frozen=True, slots=True)
class Left:
    """A file in the folder of a call, by the names on the way to it."""

    names: tuple[str, ...]
    size: int


def left_in(base: Path, names: tuple[str, ...], function: Function) -> list[Left]:
    """The files in the folder of these names below ``base``, in the order of their paths.

    Raises:
        Invalid: there are links or devices among them, or they are more than a call may leave; the folder is gone.
    """
    try:
        with _descended(base, names) as folder:
            found = list(islice(_files(folder, ()), function.most_files + 1))
    except (NotADirectoryError, FileNotFoundError) as error:
        raise Invalid("The folder for what it leaves is not there any more, or is a link now.") from error
    if len(found) > function.most_files or sum(one.size for one in found) > function.most_mib << 20:
        raise Invalid(f"{too_much(function)} It left more.")
    return sorted(found, key=lambda one: one.names)


def put(
    place: Place,
    base: Path,
    names: tuple[str, ...],
    left: list[Left],
    *,
    actor: Any,
    beat: Beat,
    taken_over_at: datetime | None = None,
) -> None:
    """Put these files into the collection: each is seen there when it is whole and verified, and replaces another.

    If another died at this before ``taken_over_at``, what it had begun to write there is thrown away first. If a file
    cannot be put there, those that were put and are new are taken away again.

    Raises:
        NoSuchCollection, AccessDenied, NotAFile, NotAFolder, QuotaExceeded, StorageAway. Whatever the beat raises.
    """
    collection = storage.get_collection(place.collection_id, actor=actor)
    with storage.opened(collection, actor=actor) as files:
        targets = [(one, FilePath((*place.path.names, *one.names))) for one in left]
        for _, path in targets:
            _require_room(files, path)
        if taken_over_at is not None:
            transfer.clear_strays(files, {path.parent for _, path in targets}, until=taken_over_at)
        made: list[FilePath] = []
        try:
            for one, path in targets:
                beat()
                made += storage.make_folders(files, path.parent)
                with _opened(base, (*names, *one.names)) as file:
                    body = Body(Beaten(file, beat), one.size)
                    _, is_new = uploads.put(files, path, body, actor=actor, conditions=Conditions(), now=timezone.now())
                made += [path] * is_new
        except TurnLost:  # What is there may be what another put there.
            raise
        except BaseException:
            _take_away(files, made)
            raise


class Beaten:
    """A file of this machine; whoever reads it lets others know that they are at it."""

    def __init__(self, descriptor: int, beat: Beat) -> None:
        self._descriptor, self._beat = descriptor, beat

    def read(self, size: int, /) -> bytes:
        self._beat()
        return os.read(self._descriptor, size)


def _require_room(files: OpenCollection, path: FilePath) -> None:
    files.require("rw", path)
    found = files.find(path)
    if found is not None and not found.is_file:
        raise NotAFile(f"{path} is there and is no file: nothing can be put in its place.")


def _take_away(files: OpenCollection, made: list[FilePath]) -> None:
    """As far as it goes: what went wrong is told, and may be just what keeps this from being done. A folder in which
    others have put something stays."""
    for path in reversed(made):
        with suppress(PortalError):
            files.delete(path)


@contextmanager
def _descended(base: Path, names: tuple[str, ...]) -> Iterator[int]:
    """The folder, open. A link on the way is no folder."""
    folder = os.open(base, _FOLDER)
    try:
        for name in names:
            below = os.open(name, _FOLDER, dir_fd=folder)
            os.close(folder)
            folder = below
        yield folder
    finally:
        os.close(folder)


@contextmanager
def _opened(base: Path, names: tuple[str, ...]) -> Iterator[int]:
    with _descended(base, names[:-1]) as folder:
        file = os.open(names[-1], _FILE, dir_fd=folder)
    try:
        yield file
    finally:
        os.close(file)


def _files(folder: int, names: tuple[str, ...]) -> Iterator[Left]:
    if len(names) > DEEPEST:
        raise Invalid(f"It left folders within each other to a depth of more than {DEEPEST}.")
    for name in os.listdir(folder):
        told = os.stat(name, dir_fd=folder, follow_symlinks=False)
        if stat.S_ISREG(told.st_mode):
            yield Left((*names, name), told.st_size)
        elif stat.S_ISDIR(told.st_mode):
            below = os.open(name, _FOLDER, dir_fd=folder)
            try:
                yield from _files(below, (*names, name))
            finally:
                os.close(below)
        else:
            raise Invalid(f"It left {'/'.join((*names, name))}, which is a link or a device. Leave files alone.")
