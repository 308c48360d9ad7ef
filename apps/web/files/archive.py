"""Files and folders as one ZIP archive, written while it is sent: nothing of it is kept here."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from zipfile import ZIP_STORED, ZipFile, ZipInfo

from apps.common.errors import TooLarge
from apps.storage.services.files import OpenCollection
from apps.storage.types import Entry, FilePath
from apps.web.files import words
from apps.web.values import size

MOST_FILES = 10_000
MOST_BYTES = 20_000_000_000
"""What somebody waits for at a browser; while it is sent it takes up a thread of the server."""
_EARLIEST = datetime(1980, 1, 1, tzinfo=UTC)


def entries_of(files: OpenCollection, chosen: Iterable[Entry]) -> list[Entry]:
    """The files that were chosen and those in the folders that were, and the folders that are empty. Links stay out.

    Raises:
        TooLarge: they are more than a browser should be sent.
        AccessDenied: one may not be read.
    """
    found: list[Entry] = []
    total = 0
    for entry in _walk(files, chosen):
        found.append(entry)
        total += entry.size
        if len(found) > MOST_FILES or total > MOST_BYTES:
            most = f"{MOST_FILES:,} files or {size(MOST_BYTES)}"
            raise TooLarge(f"An archive holds at most {most}. Choose less, or transfer the folder.")
    return found


def _walk(files: OpenCollection, entries: Iterable[Entry]) -> Iterator[Entry]:
    for entry in entries:
        if entry.is_folder:
            yield entry
            yield from _walk(files, files.list(entry.path))
        elif entry.is_file:
            files.require("r", entry.path)
            yield entry


def zipped(files: OpenCollection, entries: Iterable[Entry], *, within: FilePath) -> Iterator[bytes]:
    """The archive, in pieces. Files are stored as they are: most of a facility's are compressed already."""
    sink = _Sink()
    with ZipFile(sink, "w", ZIP_STORED) as archive:  # type: ignore[call-overload]  # it asks for no more than a sink has
        for entry in entries:
            info = _info(entry, within)
            if entry.is_folder:
                archive.writestr(info, b"")
                continue
            with archive.open(info, "w", force_zip64=True) as member:
                for piece in files.read(entry):
                    member.write(piece)
                    yield sink.take()
    yield sink.take()


def _info(entry: Entry, within: FilePath) -> ZipInfo:
    """By its name below the folder that one looked at. Times before 1980 the format cannot hold."""
    names = [words.readable(name) for name in entry.path.names[len(within.names) :]]
    at = max(entry.modified_at or _EARLIEST, _EARLIEST)
    info = ZipInfo("/".join(names) + ("/" if entry.is_folder else ""), at.timetuple()[:6])
    info.file_size = entry.size
    return info


class _Sink:
    """Takes what is written until it is sent."""

    def __init__(self) -> None:
        self._held = bytearray()

    def write(self, data: bytes) -> int:
        self._held += data
        return len(data)

    def flush(self) -> None:
        """There is nothing behind it."""

    def take(self) -> bytes:
        held, self._held = bytes(self._held), bytearray()
        return held
