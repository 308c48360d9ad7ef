"""Receipts for storages that give none: of what was sent, kept beside the pieces."""

from __future__ import annotations

import hashlib
import struct
from collections.abc import Mapping

from apps.storage.types import Receipt, Upload, chunks_of

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
