"""What is to be deleted, found out, and deleted: files first, and each folder after what was in it."""

from __future__ import annotations

from collections.abc import Iterator
from fnmatch import fnmatchcase
from itertools import islice

from apps.storage.errors import NoSuchFile
from apps.storage.types import Entry, FilePath
from apps.transfer.models import File, Item
from apps.transfer.mover.faults import Fault, of_destination
from apps.transfer.mover.job import Job
from apps.transfer.mover.scan import TAKE, known, listed
from apps.transfer.types import digest_of

State = File.State
LOOKED_UP = 500


def files_to_delete(job: Job, item: Item) -> Iterator[File]:
    """The lines of an item of a delete."""
    try:
        with of_destination():
            for entry in _meant(job, item):
                yield from _all_of(job, entry, is_recursive=job.options.is_recursive)
    except Fault as fault:
        if not fault.is_final(1):
            raise
        line = _line(job, File.Action.DELETE, item.destination)
        line.error_code, line.error_details, line.ended_at = fault.code, fault.message, job.clock()
        is_missing = isinstance(fault.error, NoSuchFile) and job.options.ignore_missing
        line.state = State.SKIPPED if is_missing else State.FAILED
        yield line


def _meant(job: Job, item: Item) -> Iterator[Entry]:
    """What is at the item's path, or, with a pattern, what in the folder has such a name."""
    if not item.pattern:
        job.destination.require("rw", item.destination)
        yield job.destination.stat(item.destination)
        return
    matches = [entry for entry in listed(job.destination, item.destination) if _is_meant(entry, item.pattern)]
    if not matches:
        raise NoSuchFile(f"Nothing in {item.destination.folder} has a name like {item.pattern}.")
    yield from matches


def _is_meant(entry: Entry, pattern: str) -> bool:
    """As a shell has it: names that begin with a dot are meant by patterns that do."""
    name = entry.path.name
    return fnmatchcase(name, pattern) and (pattern.startswith(".") or not name.startswith("."))


def extras(job: Job, item: Item) -> Iterator[File]:
    """What is in the destination of a folder, and not in the source. What filter rules leave out stays.

    Raises:
        Fault: the destination does not answer.
    """
    with of_destination():
        yield from _extras(job, item.destination)


def _extras(job: Job, top: FilePath) -> Iterator[File]:
    folders = [top]
    while folders:
        entries = listed(job.destination, folders.pop())
        while batch := list(islice(entries, LOOKED_UP)):
            ours = known(job, (entry.path for entry in batch))
            for entry in batch:
                if not job.options.takes(entry.path.name, is_folder=entry.is_folder):
                    continue
                if entry.path not in ours:
                    yield from _all_of(job, entry, is_recursive=True)
                elif entry.is_folder:
                    folders.append(entry.path)


def _all_of(job: Job, entry: Entry, *, is_recursive: bool) -> Iterator[File]:
    """What is in a folder before the folder itself. A link is deleted itself, and never what it leads to."""
    if not entry.is_folder:
        yield _line(job, File.Action.DELETE, entry.path)
        return
    open_folders = [(entry, listed(job.destination, entry.path) if is_recursive else iter(()))]
    while open_folders:
        folder, entries = open_folders[-1]
        inner = next(entries, None)
        if inner is None:
            open_folders.pop()
            yield _line(job, File.Action.REMOVE, folder.path)
        elif inner.is_folder:
            open_folders.append((inner, listed(job.destination, inner.path)))
        else:
            yield _line(job, File.Action.DELETE, inner.path)


def _line(job: Job, action: File.Action, path: FilePath) -> File:
    return File(task_id=job.task.pk, action=action, digest=digest_of(TAKE, path), destination_key=path.key)


def delete(job: Job, line: File) -> None:
    """One file, link or emptied folder. What is gone already is as good as deleted."""
    with of_destination():
        job.destination.require("rw", line.destination)
        try:
            job.destination.storage.delete(job.destination.place(line.destination))
        except NoSuchFile:
            line.error_details = "It was gone already."
    line.state = State.DONE
