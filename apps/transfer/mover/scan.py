"""What a task is about, found out and written into the ledger. Doing it again adds what is new, and changes nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import islice

from apps.storage.services import OpenCollection
from apps.storage.types import Entry, EntryKind, FilePath
from apps.transfer.models import File, Item
from apps.transfer.mover.faults import Fault, of_source
from apps.transfer.mover.job import Job
from apps.transfer.types import digest_of

BATCH = 1000
PUT, TAKE = "put", "take"
State = File.State


def scan(job: Job, found: Callable[[Job, Item], Iterator[File]]) -> None:
    """All items whose files are not in the ledger yet.

    Raises:
        Fault: a storage does not answer; what was found is kept.
    """
    for item in job.task.items.filter(is_scanned=False):
        write_down(job, found(job, item))
        Item.objects.filter(pk=item.pk).update(is_scanned=True)
    job.ledger.count()


def write_down(job: Job, lines: Iterator[File]) -> None:
    """Into the ledger, some at a time: there may be millions."""
    while batch := list(islice(lines, BATCH)):
        job.ledger.add(batch)
        job.tick()


def files_to_send(job: Job, item: Item) -> Iterator[File]:
    """The lines of an item of a transfer."""
    try:
        with of_source():
            job.origin.require("r", item.source)
            entry = job.origin.stat(item.source)
    except Fault as fault:
        yield _failed(job, item.source, item.destination, fault)
        return
    if entry.is_folder:
        yield from _folder(job, item, entry)
    elif item.is_recursive:
        yield _refused(job, item, "NOT_A_DIRECTORY", f"{entry.path} is no folder. Leave `recursive` out.")
    elif entry.is_file:
        target = item.destination / entry.path.name if item.is_into else item.destination
        yield _line(job, File.Action.COPY, target, entry, item)
    elif entry.kind is EntryKind.LINK and (item.is_link or job.options.recursive_symlinks == "keep"):
        yield _line(job, File.Action.LINK, item.destination, entry, item)
    else:
        yield _refused(job, item, "NOT_A_FILE", f"{entry.path} is a {entry.kind}, no file. Links are not followed.")


def _folder(job: Job, item: Item, entry: Entry) -> Iterator[File]:
    if item.is_recursive is False:
        yield _refused(job, item, "NOT_A_FILE", f"{entry.path} is a folder. Ask for it recursively.")
    else:
        yield from _tree(job, item, entry, item.destination)


def _tree(job: Job, item: Item, folder: Entry, target: FilePath) -> Iterator[File]:
    """A folder and all below it: each folder before what is in it. Deep trees need no deep stack."""
    open_folders = [_inside(job, item, folder, target)]
    while open_folders:
        found = next(open_folders[-1], None)
        if found is None:
            open_folders.pop()
        elif isinstance(found, File):
            yield found
        else:
            open_folders.append(_inside(job, item, *found))


def _inside(job: Job, item: Item, folder: Entry, target: FilePath) -> Iterator[File | tuple[Entry, FilePath]]:
    yield _line(job, File.Action.FOLDER, target, folder, item)
    try:
        with of_source():
            for entry in job.origin.list(folder.path):
                yield from _entry(job, item, entry, target)
    except Fault as fault:
        yield _failed(job, folder.path, target, fault, told_as="list")


def _entry(job: Job, item: Item, entry: Entry, into: FilePath) -> Iterator[File | tuple[Entry, FilePath]]:
    if not job.options.takes(entry.path.name, is_folder=entry.is_folder):
        return
    target = into / entry.path.name
    if entry.is_folder:
        yield entry, target
    elif entry.is_file:
        yield _line(job, File.Action.COPY, target, entry, item)
    elif entry.kind is EntryKind.LINK and job.options.recursive_symlinks == "keep":
        yield _line(job, File.Action.LINK, target, entry, item)
    elif entry.kind is EntryKind.OTHER:
        told = f"{entry.path} is a device, a socket or the like. It cannot be transferred."
        yield _ended(job, entry.path, digest_of(PUT, target), target, State.SKIPPED, "NOT_A_FILE", told)


def _line(job: Job, action: File.Action, target: FilePath, entry: Entry, item: Item) -> File:
    return File(
        task_id=job.task.pk,
        action=action,
        digest=digest_of(PUT, target),
        source_key=entry.path.key,
        destination_key=target.key,
        size=entry.size,
        modified_at=entry.modified_at,
        version=entry.version,
        target=entry.target.encode(errors="surrogateescape").hex(),
        wanted_checksum=item.checksum,
        algorithm=item.algorithm,
    )


def _failed(job: Job, source: FilePath, target: FilePath, fault: Fault, *, told_as: str = PUT) -> File:
    """The line of what could not even be looked at.

    Raises:
        Fault: it may be looked at later.
    """
    if not fault.is_final(1):
        raise fault
    state = State.SKIPPED if job.options.skip_source_errors and fault.may_be_skipped else State.FAILED
    return _ended(job, source, digest_of(told_as, target), target, state, fault.code, fault.message)


def _refused(job: Job, item: Item, code: str, message: str) -> File:
    target = item.destination
    return _ended(job, item.source, digest_of(PUT, target), target, State.FAILED, code, message)


def _ended(
    job: Job, source: FilePath, digest: str, target: FilePath, state: File.State, code: str, message: str
) -> File:
    """A line about which nothing is left to be done."""
    return File(
        task_id=job.task.pk,
        action=File.Action.COPY,
        state=state,
        digest=digest,
        source_key=source.key,
        destination_key=target.key,
        ended_at=job.clock(),
        error_code=code,
        error_details=message,
    )


def known(job: Job, paths: Iterable[FilePath]) -> set[FilePath]:
    """Those of the paths that the task itself puts there."""
    by_digest = {digest_of(PUT, path): path for path in paths}
    found = job.ledger.lines.filter(digest__in=list(by_digest)).values_list("digest", flat=True)
    return {by_digest[digest] for digest in found}


def listed(files: OpenCollection, path: FilePath) -> Iterator[Entry]:
    """What is in a folder of the destination, for somebody who may change it."""
    files.require("rw", path)
    return files.list(path)
