"""One file from the source to the destination: small ones at once, large ones in pieces that are never sent twice."""

from __future__ import annotations

from contextlib import suppress

from apps.common.checksums import OWN, checksum_of
from apps.storage.errors import AlreadyThere, Changed
from apps.transfer.models import File
from apps.transfer.mover.faults import Fault, of_destination, of_source, require_checksum
from apps.transfer.mover.job import Job
from apps.transfer.mover.pieces import Pieces, give_up
from apps.transfer.mover.places import into_folders, kept_time, make_folders
from apps.transfer.mover.sync import is_there, looked_at_anew

SMALL = 8 << 20
"""Bytes. Up to here a file is held whole, and written at once."""
State = File.State


def transfer(job: Job, line: File, pieces: Pieces) -> None:
    """Do what a line of the ledger says, and write into it what became of it.

    Raises:
        Fault: it could not be done. Stopped: the task is interrupted.
    """
    job.destination.require("rw", line.destination)
    match line.action:
        case File.Action.FOLDER:
            _make_folder(job, line)
        case File.Action.LINK:
            _make_link(job, line)
        case _:
            _copy(job, line, pieces)


def _copy(job: Job, line: File, pieces: Pieces) -> None:
    with of_source():
        job.origin.require("r", line.source)
    if line.upload is None and is_there(job, line):
        line.state = State.SAME
        return
    try:
        if line.size <= SMALL:
            _write(job, line)
        else:
            pieces.send(job, line)
    except Fault as fault:
        if isinstance(fault.error, Changed):
            _look_again(job, line)
        raise
    line.state = State.DONE


def _write(job: Job, line: File) -> None:
    with of_source():
        found = job.origin.storage.read(job.origin.place(line.source), version=line.version)
        data = b"".join(found)
        if len(data) != line.size:
            raise Changed(f"{line.source} has {len(data)} bytes, and had {line.size}.")
    line.algorithm = line.algorithm or OWN
    line.checksum = checksum_of([data], line.algorithm)
    require_checksum(line)
    job.go_on()
    storage, at, verify = job.destination.storage, kept_time(job, line), job.options.verify_checksum
    with of_destination():
        into_folders(job, line, lambda place: storage.write(place, data, modified_at=at, verify=verify))
    line.sent += line.size
    job.tally.add(sent=line.size, checked=line.size if job.options.verify_checksum else 0)


def _look_again(job: Job, line: File) -> None:
    """The file was changed: what was sent of it is worth nothing, and the next attempt is about the new one."""
    give_up(job, line)
    with suppress(Fault), of_source():
        looked_at_anew(line, job.origin.stat(line.source))


def _make_folder(job: Job, line: File) -> None:
    with of_destination():
        is_new = make_folders(job.destination, line.destination)
    line.state = State.DONE if is_new else State.SAME


def _make_link(job: Job, line: File) -> None:
    """The link as it is written. What it leads to is neither looked at nor sent."""
    target = bytes.fromhex(line.target).decode(errors="surrogateescape")
    to = job.destination
    with of_destination():
        try:
            into_folders(job, line, lambda place: to.storage.make_link(place, target))
        except AlreadyThere:
            if to.stat(line.destination).target != target:
                raise
    line.state = State.DONE
