"""What a process is told, and what it says: its output, which is wanted whole, and its murmur, of which the end is."""

from __future__ import annotations

import os
import selectors
import subprocess
from typing import IO

from apps.common.confined.errors import SaidTooMuch

READ_BYTES = 1 << 16
KEPT_MURMUR_BYTES = 4_000
MOST_MURMUR_BYTES = 256 << 20
"""What programs tell of their progress is not counted narrowly; but nobody listens for ever."""


class Voices:
    """The three streams of a process, each looked after when the selector says that it is ready."""

    def __init__(
        self, process: subprocess.Popen[bytes], told: bytes, most_bytes: int, selector: selectors.BaseSelector
    ) -> None:
        self._selector, self._left, self._most_bytes = selector, memoryview(told), most_bytes
        self._output, self._murmur, self._murmured = bytearray(), bytearray(), 0
        if process.stdin is None or process.stdout is None or process.stderr is None:
            raise ValueError("each stream has to be a pipe")
        os.set_blocking(process.stdin.fileno(), False)
        selector.register(process.stdin, selectors.EVENT_WRITE, self._tell)
        selector.register(process.stdout, selectors.EVENT_READ, self._hear)
        selector.register(process.stderr, selectors.EVENT_READ, self._overhear)
        self.spoken = (process.stdout, process.stderr)

    @property
    def output(self) -> bytes:
        return bytes(self._output)

    @property
    def murmur(self) -> str:
        return bytes(self._murmur).decode(errors="replace")

    def _tell(self, stream: IO[bytes]) -> None:
        try:
            self._left = self._left[os.write(stream.fileno(), self._left[:READ_BYTES]) :]
        except BrokenPipeError:  # It does not want to know.
            self._left = self._left[:0]
        if not self._left:
            self._selector.unregister(stream)
            stream.close()

    def _hear(self, stream: IO[bytes]) -> None:
        self._output += self._read(stream)
        self._require_bounded(len(self._output), self._most_bytes)

    def _overhear(self, stream: IO[bytes]) -> None:
        heard = self._read(stream)
        self._murmured += len(heard)
        self._murmur = (self._murmur + heard)[-KEPT_MURMUR_BYTES:]
        self._require_bounded(self._murmured, MOST_MURMUR_BYTES)

    def _read(self, stream: IO[bytes]) -> bytes:
        heard = os.read(stream.fileno(), READ_BYTES)
        if not heard:
            self._selector.unregister(stream)
        return heard

    def _require_bounded(self, said: int, most: int) -> None:
        if said > most:
            told = f"The process said more than {most:,} bytes, and was ended."
            raise SaidTooMuch(told, details={"said": self.murmur})
