"""The bytes of a file, as a stream that ends where it is more than may be read."""

from __future__ import annotations

import gzip
import io
from collections.abc import Iterator
from typing import Any, cast

from apps.common.errors import Invalid
from apps.storage.services import OpenCollection
from apps.storage.types import Entry

MOST_MIB = 64
_PIECE = 1 << 20


def text_in(files: OpenCollection, entry: Entry) -> io.TextIOWrapper:
    """What is in a file, packed with gzip if its name says so. Line ends are as they are, a mark of the order of bytes
    is left out.

    Raises, while it is read:
        Invalid: it is more than the portal reads at once. UnicodeDecodeError, OSError (gzip), Changed.
    """
    stream = io.BufferedReader(_Bounded(files.read(entry), str(entry.path)), _PIECE)
    if entry.path.name.endswith(".gz"):
        unpacked = gzip.GzipFile(fileobj=cast(Any, stream))
        stream = io.BufferedReader(_Bounded(iter(lambda: unpacked.read(_PIECE), b""), str(entry.path)), _PIECE)
    return io.TextIOWrapper(stream, encoding="utf-8-sig", newline="")


class _Bounded(io.RawIOBase):
    def __init__(self, pieces: Iterator[bytes], name: str) -> None:
        self._pieces, self._name = pieces, name
        self._held = memoryview(b"")
        self._left = MOST_MIB << 20

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        while not self._held:
            piece = next(self._pieces, None)
            if piece is None:
                return 0
            self._held = memoryview(piece)
        size = min(len(buffer), len(self._held))
        self._left -= size
        if self._left < 0:
            raise Invalid(
                f"{self._name} is more than {MOST_MIB} MiB, which are read at most. Say MaxItems, or split it."
            )
        buffer[:size] = self._held[:size]
        self._held = self._held[size:]
        return size
