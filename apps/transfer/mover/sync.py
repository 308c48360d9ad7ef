"""Whether a file is at the destination already."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing

from apps.common.checksums import OWN, checksum_of
from apps.storage.services import OpenCollection
from apps.storage.types import Entry, EntryKind
from apps.transfer.models import File
from apps.transfer.mover.faults import of_destination, of_source
from apps.transfer.mover.work import Work
from apps.transfer.types import SyncLevel


def is_there(work: Work, line: File) -> bool:
    """Whether the sync level says that the file need not be sent."""
    level = work.options.sync_level
    if level is None:
        return False
    with of_destination():
        there = work.destination.find(line.destination)
    if there is None or not there.is_file:
        return False
    if level >= SyncLevel.SIZE and there.size != line.size:
        return False
    if level == SyncLevel.MODIFIED:
        return not _is_newer(work, line, there)
    return level != SyncLevel.CHECKSUM or _have_one_checksum(work, line, there)


def _is_newer(work: Work, line: File, there: Entry) -> bool:
    """Listings of some storages tell when a file was stored, and only a closer look when it was changed."""
    if there.modified_at is None or line.modified_at is None:
        return True
    if line.modified_at <= there.modified_at:
        return False
    with of_source():
        here = work.origin.stat(line.source)
    return here.modified_at is None or here.modified_at > there.modified_at


def _have_one_checksum(work: Work, line: File, there: Entry) -> bool:
    here = Entry(line.source, EntryKind.FILE, size=line.size, version=line.version)
    algorithm = _cheapest(work.origin, work.destination, here, there)
    with of_source():
        wanted = _checksum(work, work.origin, here, algorithm)
    with of_destination():
        return wanted == _checksum(work, work.destination, there, algorithm)


def _cheapest(source: OpenCollection, destination: OpenCollection, here: Entry, there: Entry) -> str:
    """One that a storage knows without reading, if any does."""
    for files, entry in ((source, here), (destination, there)):
        for algorithm in sorted(files.storage.features.checksums):
            if files.storage.checksum(files.place(entry.path), algorithm):
                return algorithm
    return OWN


def _checksum(work: Work, files: OpenCollection, entry: Entry, algorithm: str) -> str:
    told = files.storage.checksum(files.place(entry.path), algorithm) if algorithm != OWN else None
    return told or checksum_of(_read(work, files, entry), algorithm)


def _read(work: Work, files: OpenCollection, entry: Entry) -> Iterator[bytes]:
    with closing(files.storage.read(files.place(entry.path), version=entry.version)) as pieces:  # type: ignore[type-var]  # backends read by generators
        for piece in pieces:
            work.go_on()
            work.tally.add(checked=len(piece))
            yield piece


def looked_at_anew(line: File, entry: Entry) -> None:
    """The source has become another file: the line is about that now."""
    line.size, line.modified_at, line.version = entry.size, entry.modified_at, entry.version
