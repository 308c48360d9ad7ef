"""An open file of an SFTP session: read and written in blocks, many of them under way at once."""

from __future__ import annotations

import struct
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass

from paramiko.sftp import CMD_ATTRS, CMD_CLOSE, CMD_DATA, CMD_FSTAT, CMD_READ, CMD_WRITE

from apps.storage.backends.sftp_answers import Attributes
from apps.storage.backends.sftp_wire import Wire

BLOCK = 32 * 1024
"""In bytes: what every server takes and gives in one request."""
ON_THE_WAY = 2 << 20
"""In bytes, of requests under way at once: a line of 20 ms still carries 100 MiB/s. OpenSSH lets no more come."""


@dataclass
class Sizes:
    """How much a server gives and takes in one request, in bytes, as far as is known by now."""

    read: int
    written: int


class OpenFile:
    """A file of a session that is open. ``handle`` is what the server knows it by; ``has_asked_on`` tells that more was
    asked for than at once, when it was read."""

    def __init__(self, wire: Wire, handle: bytes, sizes: Sizes) -> None:
        self.handle = handle
        self.is_closed = False
        self.has_asked_on = False
        self._wire, self._sizes = wire, sizes

    def stat(self) -> Attributes:
        return self.told(self.ask_to_stat())

    def ask_to_stat(self) -> int:
        """What is answered then is ``told``."""
        return self._wire.ask(CMD_FSTAT, self.handle)

    def told(self, number: int) -> Attributes:
        return self._wire.take(number, CMD_ATTRS).attributes()

    def write(self, offset: int, data: bytes) -> None:
        """Write all of it, and know that the server has."""
        for number in self.ask_to_write(offset, data):
            self._wire.take(number)

    def ask_to_write(self, offset: int, data: bytes) -> deque[int]:
        """Ask for all of it to be written; the answers to the last requests are still to be taken."""
        asked, block, whole = deque[int](), self._sizes.written, memoryview(data)
        for at in range(0, len(data), block):
            part = bytes(whole[at : at + block])
            asked.append(self._wire.ask(CMD_WRITE, self.handle, struct.pack(">QI", offset + at, len(part)), part))
            if len(asked) * block >= ON_THE_WAY:
                self._wire.take(asked.popleft())
        return asked

    def ask_to_close(self) -> int:
        """The answer is still to be taken."""
        self.is_closed = True
        return self._wire.ask(CMD_CLOSE, self.handle)

    def read(self, start: int, length: int) -> Iterator[bytes]:
        """The bytes, in order. They end where the file does. The first are asked for at once."""
        block = self._sizes.read
        wanted = ((at, min(block, start + length - at)) for at in range(start, start + length, block))
        asked = deque[tuple[int, int, int]]()
        for offset, size in wanted:
            asked.append((self._ask(offset, size), offset, size))
            if len(asked) * block >= ON_THE_WAY:
                break
        return self._blocks(asked, wanted)

    def _blocks(self, asked: deque[tuple[int, int, int]], wanted: Iterator[tuple[int, int]]) -> Iterator[bytes]:
        while asked:
            yield self._block(*asked.popleft())
            if following := next(wanted, None):
                self.has_asked_on = True
                asked.append((self._ask(*following), *following))

    def _ask(self, offset: int, size: int) -> int:
        return self._wire.ask(CMD_READ, self.handle, struct.pack(">QI", offset, size))

    def _block(self, number: int, offset: int, size: int) -> bytes:
        """Servers may send less than was asked for; then the rest is asked for again, until the end is told, and
        no more than that is asked for from then on."""
        got, most = b"", 0
        try:
            while True:
                part = self._wire.take(number, CMD_DATA).text()
                got = got + part if got else part
                if most:  # it was not the file's end that cut the first answer short
                    self._sizes.read = max(min(self._sizes.read, most), BLOCK)
                if len(got) == size:
                    return got
                most = max(most, len(part))
                self.has_asked_on = True
                number = self._ask(offset + len(got), size - len(got))
        except EOFError:
            return got
