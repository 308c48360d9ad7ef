"""Receipts for storages that give none: of what was sent, kept beside the pieces."""

from __future__ import annotations

import hashlib
import struct
from collections.abc import Iterable, Iterator, Mapping

from apps.storage.errors import ChecksumMismatch
from apps.storage.types import FilePath, Receipt, Upload, chunks_of

RECORD = struct.Struct(">32sQ")
"""The record of piece n stands at n times its size, so that several may write theirs at once."""


def tag_of(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def pack(receipt: Receipt) -> bytes:
    return RECORD.pack(bytes.fromhex(receipt.tag), receipt.size)


def unpack(records: bytes) -> dict[int, Receipt]:
    """Those that are there; the gaps between them are zeros, and a last one that was cut off counts for nothing."""
    whole = records[: len(records) - len(records) % RECORD.size]
    found = enumerate(RECORD.iter_unpack(whole))
    return {number: Receipt(number, size, tag.hex()) for number, (tag, size) in found if any(tag)}


def differs(upload: Upload, receipts: Mapping[int, Receipt], held: Mapping[int, Receipt]) -> bool:
    """Whether the receipts are other than what the storage holds, or are not those of the whole file."""
    sizes = {number: length for number, _, length in chunks_of(upload.size, upload.chunk_size)}
    return dict(receipts) != dict(held) or {number: receipt.size for number, receipt in held.items()} != sizes


def of_one_piece(path: FilePath, data: bytes) -> tuple[Upload, dict[int, Receipt]]:
    """A small file, as a large one of a single piece."""
    return Upload(path, len(data), max(len(data), 1), {}), {0: Receipt(0, len(data), tag_of(data))}


def require_same(blocks: Iterable[bytes], upload: Upload, receipts: Mapping[int, Receipt]) -> None:
    """
    Raises:
        ChecksumMismatch: what was read again, in blocks of any size, is not the file of these receipts.
    """
    there = {receipt.number: receipt for receipt in _receipts_of(blocks, upload.chunk_size)}
    if differs(upload, receipts, there):
        raise ChecksumMismatch(f"What the storage has of {upload.path} is not what was sent. Send it again.")


def _receipts_of(blocks: Iterable[bytes], chunk_size: int) -> Iterator[Receipt]:
    number, size, digest = 0, 0, hashlib.sha256()
    for block in blocks:
        rest = memoryview(block)
        while rest:
            part, rest = rest[: chunk_size - size], rest[chunk_size - size :]
            digest.update(part)
            size += len(part)
            if size == chunk_size:
                yield Receipt(number, size, digest.hexdigest())
                number, size, digest = number + 1, 0, hashlib.sha256()
    if size or not number:
        yield Receipt(number, size, digest.hexdigest())
