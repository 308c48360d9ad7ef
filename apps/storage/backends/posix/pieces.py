"""Large files on their way in: a hidden file with the bytes, and one that says which pieces of it are there.

A receipt's tag is the piece's XXH3. What is told to be there is read again for it, when an upload is taken up anew and
before the file gets its name: no piece need be flushed to the disk by itself, and a machine that lost power, or a
network file system that lost a write, is found out. Whoever does not want the file to be read again is told what is
missing by the records alone.
"""

from __future__ import annotations

import os
import struct
from collections.abc import Iterator, Mapping

from xxhash import xxh3_128, xxh3_128_digest

from apps.common.errors import Invalid
from apps.storage.backends.posix.descriptors import write_all
from apps.storage.errors import ChecksumMismatch
from apps.storage.types import Receipt, Upload, chunks_of

_RECORD = struct.Struct(">Q16s")  # the length and one, since a piece of nothing is one too; the checksum
_READ = 1 << 20


def write_piece(part: int, known: int, upload: Upload, number: int, data: bytes) -> Receipt:
    """May be done by several at once, and again. The record is written last: a piece cut off is none."""
    length = min(upload.chunk_size, upload.size - number * upload.chunk_size)
    if number < 0 or length < 0 or len(data) != length:
        raise Invalid(f"Piece {number} of this upload has {max(length, 0)} bytes, and {len(data)} were sent.")
    write_all(part, data, number * upload.chunk_size)
    digest = xxh3_128_digest(data)
    write_all(known, _RECORD.pack(len(data) + 1, digest), number * _RECORD.size)
    return Receipt(number, len(data), digest.hex())


def pieces_of(part: int, known: int, upload: Upload) -> Iterator[Receipt]:
    """Those that are there and, read again, are what was written."""
    for number, start, length in chunks_of(upload.size, upload.chunk_size):
        record = os.pread(known, _RECORD.size, number * _RECORD.size)
        if record.strip(b"\0") and record == _RECORD.pack(length + 1, digest_of(part, start, length)):
            yield Receipt(number, length, record[-16:].hex())


def require_pieces(file: int, upload: Upload, receipts: Mapping[int, Receipt]) -> None:
    """
    Raises:
        ChecksumMismatch: the file, read again, is not of these pieces, or they are not a whole file.
    """
    if os.fstat(file).st_size != upload.size:
        raise ChecksumMismatch
    for number, start, length in chunks_of(upload.size, upload.chunk_size):
        _require(receipts.get(number), Receipt(number, length, digest_of(file, start, length).hex()))


def require_records(known: int, upload: Upload, receipts: Mapping[int, Receipt]) -> None:
    """
    Raises:
        ChecksumMismatch: other pieces were written than these, or they are not a whole file.
    """
    for number, _, length in chunks_of(upload.size, upload.chunk_size):
        written, digest = _RECORD.unpack(
            os.pread(known, _RECORD.size, number * _RECORD.size).ljust(_RECORD.size, b"\0")
        )
        _require(receipts.get(number), Receipt(number, length, digest.hex() if written == length + 1 else ""))


def _require(receipt: Receipt | None, there: Receipt) -> None:
    if receipt != there:
        raise ChecksumMismatch(f"Piece {there.number} is not what was sent, or was not sent. Send it again.")


def require_data(file: int, data: bytes) -> None:
    """
    Raises:
        ChecksumMismatch: the file, read again, is something else.
    """
    if os.fstat(file).st_size != len(data) or digest_of(file, 0, len(data)) != xxh3_128_digest(data):
        raise ChecksumMismatch


def digest_of(file: int, start: int, length: int) -> bytes:
    """Of what is there; a shorter file has another one."""
    digest, end = xxh3_128(), start + length
    while start < end and (data := os.pread(file, min(_READ, end - start), start)):
        digest.update(data)
        start += len(data)
    return digest.digest()
