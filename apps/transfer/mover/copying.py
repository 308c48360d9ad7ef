"""One file from the source to the destination: small ones at once, large ones in pieces that are never sent twice."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress

from apps.common.checksums import OWN, checksum_of
from apps.storage.errors import AlreadyThere, Changed
from apps.transfer.models import File
from apps.transfer.mover.faults import Fault, of_destination, of_source, require_checksum
from apps.transfer.mover.places import into_folders, kept_time, make_folders
from apps.transfer.mover.sync import is_there, looked_at_anew
from apps.transfer.mover.work import Work

SMALL = 8 << 20
"""Bytes. Up to here a file is held whole, and written at once."""
State = File.State


def is_small(line: File) -> bool:
    """Whether it is a file that is written at once."""
    return line.action == File.Action.COPY and line.size <= SMALL and line.upload is None


def transfer(work: Work, line: File, send: Callable[[File], None]) -> None:
    """Do what a line of the ledger says, and write into it what became of it. ``send`` does so with large files.

    Raises:
        Fault: it could not be done. Stopped: the task is interrupted.
    """
    with of_destination():
        work.destination.require("rw", line.destination)
    match line.action:
        case File.Action.FOLDER:
            _make_folder(work, line)
        case File.Action.LINK:
            _make_link(work, line)
        case _:
            _copy(work, line, send)


def _copy(work: Work, line: File, send: Callable[[File], None]) -> None:
    with of_source():
        work.origin.require("r", line.source)
    if line.upload is None and is_there(work, line):
        line.state = State.SAME
        return
    try:
        if line.size <= SMALL:
            _write(work, line)
        else:
            send(line)
    except Fault as fault:
        if isinstance(fault.error, Changed):
            _look_again(work, line)
        raise
    line.state = State.DONE


def _write(work: Work, line: File) -> None:
    with of_source():
        found = work.origin.storage.read(work.origin.place(line.source), version=line.version)
        data = b"".join(found)
        if len(data) != line.size:
            raise Changed(f"{line.source} has {len(data)} bytes, and had {line.size}.")
    line.algorithm = line.algorithm or OWN
    line.checksum = checksum_of([data], line.algorithm)
    require_checksum(line)
    work.go_on()
    storage, at, verify = work.destination.storage, kept_time(work, line), work.options.verify_checksum
    with of_destination():
        into_folders(work, line, lambda place: storage.write(place, data, modified_at=at, verify=verify))
    line.sent += line.size
    work.tally.add(sent=line.size, checked=line.size if work.options.verify_checksum else 0)


def _look_again(work: Work, line: File) -> None:
    """The file was changed: the next attempt is about the new one."""
    with suppress(Fault), of_source():
        looked_at_anew(line, work.origin.stat(line.source))


def _make_folder(work: Work, line: File) -> None:
    with of_destination():
        is_new = make_folders(work.destination, line.destination)
    line.state = State.DONE if is_new else State.SAME


def _make_link(work: Work, line: File) -> None:
    """The link as it is written. What it leads to is neither looked at nor sent."""
    target = bytes.fromhex(line.target).decode(errors="surrogateescape")
    to = work.destination
    with of_destination():
        try:
            into_folders(work, line, lambda place: to.storage.make_link(place, target))
        except AlreadyThere:
            if to.stat(line.destination).target != target:
                raise
    line.state = State.DONE
