"""Where files go: folders are made when one turns out not to be there."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from typing import TypeVar

from apps.storage.errors import AlreadyThere, NoSuchFile, NotAFolder
from apps.storage.services import OpenCollection
from apps.storage.types import Entry, FilePath
from apps.transfer.models import File
from apps.transfer.mover.work import Work

T = TypeVar("T")


def into_folders(work: Work, line: File, act: Callable[[FilePath], T]) -> T:
    """Do something at the line's place on the destination's storage; once more if only the folder was missing."""
    place = work.destination.place(line.destination)
    try:
        return act(place)
    except NoSuchFile:
        make_folders(work.destination, line.destination.parent)
        return act(place)


def kept_time(work: Work, line: File) -> datetime | None:
    return line.modified_at if work.options.preserve_timestamp else None


def make_folders(files: OpenCollection, path: FilePath) -> bool:
    """Make a folder, and those above it that are missing; whether it was missing.

    Raises:
        NotAFolder: something else has its name.
    """
    missing = _missing(files, path)
    for folder in reversed(missing):
        with suppress(AlreadyThere):  # another thread was quicker
            files.storage.make_folder(files.place(folder))
    return bool(missing)


def _missing(files: OpenCollection, path: FilePath) -> list[FilePath]:
    """From the folder upwards."""
    missing = []
    while path.names:
        with suppress(NoSuchFile):
            _require_folder(files.entry(files.storage.stat(files.place(path))))
            break
        missing.append(path)
        path = path.parent
    return missing


def _require_folder(entry: Entry) -> None:
    if not entry.is_folder:
        raise NotAFolder(f"{entry.path} is no folder, and one is needed there.")
