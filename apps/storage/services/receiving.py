"""What a request over HTTP says of the bytes that it brings, and the bytes themselves, held to that."""

from __future__ import annotations

import base64
import binascii
import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

from apps.common.errors import Invalid
from apps.storage.errors import ChecksumMismatch, Incomplete

_READ = 1 << 20
_PIECE = re.compile(r"bytes (?:(\d{1,18})-(\d{1,18})|\*)/(\d{1,18})", re.ASCII)
_DIGEST = re.compile(r"\s*(sha-256|sha-512)\s*=\s*:([A-Za-z0-9+/]+={0,2}):\s*(?:;.*)?", re.ASCII)
ALGORITHMS = {"sha-256": "sha256", "sha-512": "sha512"}


@dataclass(frozen=True, slots=True)
class Piece:
    """The bytes from ``start``, ``length`` of them, of a file of ``total``. Without any it is a question."""

    start: int
    length: int
    total: int

    @property
    def end(self) -> int:
        return self.start + self.length


def piece_of(header: str) -> Piece:
    """What ``Content-Range`` says of a body.

    Raises:
        Invalid: it cannot be read, or makes no sense.
    """
    found = _PIECE.fullmatch(header.strip())
    if found is None:
        raise Invalid("Write bytes FIRST-LAST/TOTAL, or bytes */TOTAL to ask.", place="Content-Range")
    total = int(found[3])
    if found[1] is None:
        return Piece(0, 0, total)
    first, last = int(found[1]), int(found[2])
    if not first <= last < total:
        raise Invalid("The piece ends before it begins, or behind the end of the file.", place="Content-Range")
    return Piece(first, last - first + 1, total)


Digest = tuple[str, bytes]
"""An algorithm as hashlib names it, and the digest."""


def digests_of(header: str, *, place: str) -> tuple[Digest, ...]:
    """The digests in a ``Content-Digest`` or ``Repr-Digest`` (RFC 9530) that are known here.

    Raises:
        Invalid: there are some, and none that is: what somebody wants compared is never let go by.
    """
    found = [match for part in header.split(",") if (match := _DIGEST.fullmatch(part))]
    if header.strip() and not found:
        raise Invalid(f"Send the digest as one of {', '.join(ALGORITHMS)}, such as sha-256=:BASE64=:", place=place)
    return tuple((ALGORITHMS[match[1]], _decoded(match[2], place)) for match in found)


def _decoded(text: str, place: str) -> bytes:
    try:
        return base64.b64decode(text, validate=True)
    except binascii.Error as error:
        raise Invalid("The digest is no base64.", place=place) from error


class Stream(Protocol):
    def read(self, size: int, /) -> bytes: ...


class Body:
    """The bytes of a request: as many as it promised, and those that its digests are of."""

    def __init__(self, stream: Stream, length: int, digests: Iterable[Digest] = ()) -> None:
        self.length = length
        self._stream, self._read = stream, 0
        self._digests = [(hashlib.new(algorithm), digest) for algorithm, digest in digests]

    @property
    def has_digest(self) -> bool:
        return bool(self._digests)

    def read(self, length: int) -> bytes:
        """The next bytes, ``length`` of them.

        Raises:
            Incomplete: the connection ended before.
        """
        pieces = []
        while length:
            piece = self._some(min(length, _READ))
            length -= len(piece)
            pieces.append(piece)
        return b"".join(pieces)

    def skip(self, length: int) -> None:
        """Read past bytes that are there already."""
        while length:
            length -= len(self._some(min(length, _READ)))

    def require_digests(self) -> None:
        """
        Raises:
            ChecksumMismatch: what was read is not what was promised.
        """
        if any(made.digest() != told for made, told in self._digests):
            raise ChecksumMismatch

    def _some(self, most: int) -> bytes:
        try:
            piece = self._stream.read(most)
        except OSError as error:
            raise Incomplete from error
        if not piece:
            raise Incomplete(f"The body ended after {self._read:,} of {self.length:,} bytes. Send it again.")
        self._read += len(piece)
        for made, _ in self._digests:
            made.update(piece)
        return piece
