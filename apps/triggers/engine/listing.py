"""What is below a folder, in pieces."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from apps.storage.errors import NoSuchFile
from apps.storage.services import OpenCollection
from apps.storage.types import Entry
from apps.triggers.types import Files

A_BATCH = 500


def files_below(there: OpenCollection, files: Files) -> Iterator[Entry]:
    """The files that a trigger may see. A folder that is deleted meanwhile has none.

    Raises:
        NoSuchFile: there is no such folder. AccessDenied, StorageAway.
    """
    waiting = [files.path]
    while waiting:
        here = waiting.pop()
        try:
            for entry in there.list(here):
                if entry.is_file:
                    yield entry
                elif entry.is_folder and files.is_recursive:
                    waiting.append(entry.path)
        except NoSuchFile:
            if here == files.path:
                raise


def in_batches(entries: Iterable[Entry]) -> Iterator[list[Entry]]:
    batch = list[Entry]()
    for entry in entries:
        batch.append(entry)
        if len(batch) == A_BATCH:
            yield batch
            batch = []
    if batch:
        yield batch
