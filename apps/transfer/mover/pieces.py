"""Large files, piece by piece: several at once, and after an interruption only those that the storage has not."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from contextlib import suppress

from apps.common.checksums import Digest, digest
from apps.common.errors import PortalError
from apps.storage.errors import Changed, ChecksumMismatch
from apps.storage.types import Receipt, Upload, chunks_of
from apps.transfer.models import File
from apps.transfer.mover.faults import Fault, of_destination, of_source, require_checksum
from apps.transfer.mover.job import Job
from apps.transfer.mover.places import into_folders, kept_time
from apps.transfer.mover.room import Room

CHUNK = 16 << 20
MOST_CHUNKS = 9_000
AT_ONCE = 4
ROOM = Room(512 << 20)
"""Bytes of large files that are in memory at most, as long as a single piece is no larger."""
Receipts = dict[int, Receipt]


class Pieces:
    """Sends large files. The pool is shared by all files of a job."""

    def __init__(self, pool: ThreadPoolExecutor) -> None:
        self._pool = pool

    def send(self, job: Job, line: File) -> None:
        """
        Raises:
            Fault: it did not work; the pieces that arrived are kept, unless they are of an older file.
            Stopped: the task is interrupted.
        """
        try:
            self._send_all(job, line)
        except Fault as fault:
            if isinstance(fault.error, Changed):
                give_up(job, line)
            raise

    def _send_all(self, job: Job, line: File) -> None:
        upload, receipts = _taken_up(job, line) or _begun(job, line)
        if line.receipts is None:
            self._send_missing(job, line, upload, receipts)
            line.receipts = {str(number): [one.size, one.tag] for number, one in receipts.items()}
            job.ledger.keep(line, "receipts", "sent", "checksum", "algorithm")
        _commit(job, line, upload, receipts)

    def _send_missing(self, job: Job, line: File, upload: Upload, receipts: Receipts) -> None:
        told = digest(line.algorithm) if line.algorithm else None
        flying: set[Future[Receipt]] = set()
        try:
            for number, start, length in chunks_of(line.size, upload.chunk_size):
                if number in receipts and told is None:
                    continue
                job.go_on()
                if number in receipts:
                    _read(job, line, start, length, told)  # for the checksum of the whole
                    continue
                if len(flying) >= _at_once(job):
                    flying = _landed(flying, receipts, line)
                flying.add(self._launched(job, line, upload, (number, start, length), told))
        finally:
            failed = [error for one in flying if (error := _outcome(one, receipts, line)) is not None]
        if failed:
            raise failed[0]
        if told:
            line.checksum = told.hexdigest()

    def _launched(
        self, job: Job, line: File, upload: Upload, piece: tuple[int, int, int], told: Digest | None
    ) -> Future[Receipt]:
        """A piece on its way. For a checksum of the whole, pieces are read here, one after the other."""
        _, start, length = piece
        ROOM.take(length, job.go_on)
        try:
            data = _read(job, line, start, length, told) if told else None
            return self._pool.submit(_send, job, line, upload, piece, data)
        except BaseException:
            ROOM.give_back(length)
            raise


def _at_once(job: Job) -> int:
    return AT_ONCE if job.destination.storage.features.is_parallel else 1


def _landed(flying: set[Future[Receipt]], receipts: Receipts, line: File) -> set[Future[Receipt]]:
    """Those that are still under way, when at least one is there."""
    done, flying_on = wait(flying, return_when=FIRST_COMPLETED)
    failed = [error for one in done if (error := _outcome(one, receipts, line)) is not None]
    if failed:
        wait(flying_on)
        raise failed[0]
    return flying_on


def _outcome(flight: Future[Receipt], receipts: Receipts, line: File) -> BaseException | None:
    error = flight.exception()
    if error is None:
        receipt = flight.result()
        if receipt.number not in receipts:
            receipts[receipt.number] = receipt
            line.sent += receipt.size
    return error


def _send(job: Job, line: File, upload: Upload, piece: tuple[int, int, int], data: bytes | None) -> Receipt:
    number, start, length = piece
    try:
        job.go_on()
        if data is None:
            data = _read(job, line, start, length, None)
        with of_destination():
            receipt = job.destination.storage.write_chunk(upload, number, data)
    finally:
        ROOM.give_back(length)
    job.tally.add(sent=length)
    return receipt


def _read(job: Job, line: File, start: int, length: int, told: Digest | None) -> bytes:
    with of_source():
        place = job.origin.place(line.source)
        data = b"".join(job.origin.storage.read(place, start=start, length=length, version=line.version))
        if len(data) != length:
            raise Changed(f"{line.source} ends at {start + len(data)}, and had {line.size} bytes.")
    if told:
        told.update(data)
    return data


def _begun(job: Job, line: File) -> tuple[Upload, Receipts]:
    storage, chunk = job.destination.storage, max(CHUNK, -(-line.size // MOST_CHUNKS))
    at = kept_time(job, line)
    with of_destination():
        upload = into_folders(
            job, line, lambda place: storage.begin(place, line.size, chunk_size=chunk, modified_at=at)
        )
    line.upload = {"chunk_size": upload.chunk_size, "state": upload.state}
    line.receipts = None
    job.ledger.keep(line, "upload", "receipts")
    return upload, {}


def _taken_up(job: Job, line: File) -> tuple[Upload, Receipts] | None:
    """The upload that was begun earlier, and what of it is there."""
    upload = upload_of(job, line)
    if upload is None:
        return None
    if line.receipts is not None:
        return upload, {int(number): Receipt(int(number), *told) for number, told in line.receipts.items()}
    with of_destination():
        return upload, dict(job.destination.storage.chunks(upload))


def upload_of(job: Job, line: File) -> Upload | None:
    if line.upload is None:
        return None
    place = job.destination.place(line.destination)
    return Upload(place, line.size, line.upload["chunk_size"], line.upload["state"])


def _commit(job: Job, line: File, upload: Upload, receipts: Receipts) -> None:
    try:
        require_checksum(line)
        job.go_on()
        with of_destination():
            job.destination.storage.commit(
                upload, receipts, modified_at=kept_time(job, line), verify=job.options.verify_checksum
            )
    except Fault as fault:
        if isinstance(fault.error, ChecksumMismatch):
            give_up(job, line)
        raise
    job.tally.add(checked=line.size if job.options.verify_checksum else 0)
    line.upload = line.receipts = None


def give_up(job: Job, line: File) -> None:
    """Throw away what was sent of it. A storage that cannot be reached forgets it by itself later."""
    upload = upload_of(job, line)
    if upload is not None:
        with suppress(PortalError):
            job.destination.storage.abort(upload)
        line.upload = line.receipts = None
        job.ledger.keep(line, "upload", "receipts")


def all_uploads(job: Job) -> Iterator[File]:
    """The lines of which something is on its way."""
    yield from job.ledger.lines.exclude(upload=None)
