"""The packets of SFTP (version 3, `draft-ietf-secsh-filexfer-02`) on a channel of an SSH connection.

paramiko's own client reads names as UTF-8 only, drops the numbers of failures, forgets the answers to pipelined writes
(so that a full disk goes unnoticed), and sends each request by itself. Here names are bytes, each answer can be waited
for, and requests that are made one after another go together.
"""

from __future__ import annotations

import struct
from typing import Any

from paramiko import SFTPError, SSHException
from paramiko.sftp import CMD_INIT, CMD_STATUS, CMD_VERSION

from apps.storage.backends.sftp_answers import Answer

VERSION = 3
FULL = 256 * 1024
"""In bytes: so much waits at most to be sent."""
SSH_PACKET = 32 * 1024
"""What OpenSSH takes in one packet of SSH."""
LARGEST = 2 << 20
"""In bytes. No answer is larger than what is asked for at once."""
_HEAD = struct.Struct(">IBI")
_LONG = struct.Struct(">I")


class Wire:
    """Used by one thread at a time. What was asked is sent when an answer is waited for, at the latest."""

    def __init__(self, channel: Any) -> None:
        self.channel = channel
        self.extensions: set[bytes] = set()
        self._number = 0
        self._unsent: list[bytes] = []
        self._unsent_bytes = 0
        self._come = bytearray()
        self._arrived: dict[int, Answer] = {}
        self._awaited: set[int] = set()
        self._greet()

    def ask(self, kind: int, *parts: bytes) -> int:
        """The number of the request. Nobody has to take its answer."""
        self._number = (self._number + 1) & 0xFFFFFFFF
        size = sum(map(len, parts))
        self._unsent += (_HEAD.pack(5 + size, kind, self._number), *parts)
        self._unsent_bytes += size
        self._awaited.add(self._number)
        if self._unsent_bytes >= FULL:
            self._send()
        return self._number

    def take(self, number: int, *kinds: int) -> Answer:
        """The answer to a request, which is one of these kinds, or says that it was done.

        Raises:
            SftpFailure: it was not. EOFError: there is no more.
        """
        if self._unsent:
            self._send()
        while number not in self._arrived:
            self._receive()
        answer = self._arrived.pop(number)
        if answer.kind == CMD_STATUS:
            answer.require_done()
        if answer.kind not in (kinds or (CMD_STATUS,)):
            raise SFTPError("The server answered with something else than was asked for.")
        return answer

    def forget(self) -> None:
        """Let nobody wait for what is still under way: another operation begins."""
        if self._unsent:
            self._send()
        self._arrived.clear()
        self._awaited.clear()

    def _greet(self) -> None:
        self._unsent = [struct.pack(">IBI", 5, CMD_INIT, VERSION)]
        self._send()
        while (body := self._packet()) is None:
            self._fill()
        answer = Answer(body[0], body[1:])
        if answer.kind != CMD_VERSION or answer.number() < VERSION:
            raise SFTPError("The server speaks no SFTP of version 3.")
        while not answer.is_read:
            self.extensions.add(answer.text())
            answer.text()

    def _send(self) -> None:
        data = memoryview(b"".join(self._unsent))
        self._unsent, self._unsent_bytes = [], 0
        while data:
            sent = self.channel.send(bytes(data[:SSH_PACKET]))
            if not sent:
                raise SSHException("The connection is closed.")
            data = data[sent:]

    def _receive(self) -> None:
        """All packets that came by now; at least one."""
        while (body := self._packet()) is None:
            self._fill()
        while body is not None:
            kind, number = struct.unpack_from(">BI", body)
            if number in self._awaited:
                self._awaited.discard(number)
                self._arrived[number] = Answer(kind, body[5:])
            body = self._packet()

    def _packet(self) -> bytes | None:
        if len(self._come) < 4:
            return None
        (size,) = _LONG.unpack_from(self._come)
        if not 5 <= size <= LARGEST:
            raise SFTPError(f"The server sends no SFTP, but {bytes(self._come[:40])!r}.")
        if len(self._come) < 4 + size:
            return None
        body = bytes(memoryview(self._come)[4 : 4 + size])
        del self._come[: 4 + size]
        return body

    def _fill(self) -> None:
        came = self.channel.recv(FULL)
        if not came:
            raise SSHException("The connection is closed.")
        self._come += came
