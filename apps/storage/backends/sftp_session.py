"""One SFTP session: paramiko's client, and what it cannot do.

It reads names as UTF-8 only, drops the numbers of failures, forgets the answers to pipelined writes (so that a full
disk goes unnoticed), and reads ahead by a thread that shares the connection with whoever closes the file. Here names
are bytes, failures keep their number, and each answer is waited for, by the one thread that has the session.
"""

from __future__ import annotations

import struct
from collections import deque
from collections.abc import Iterator

from paramiko import Message, SFTPAttributes, SFTPClient, SFTPError
from paramiko.sftp import (
    CMD_CLOSE,
    CMD_EXTENDED,
    CMD_EXTENDED_REPLY,
    CMD_NAME,
    CMD_OPENDIR,
    CMD_READ,
    CMD_READDIR,
    CMD_REALPATH,
    CMD_STATUS,
    CMD_WRITE,
    SFTP_EOF,
    SFTP_OK,
    int64,
)

BLOCK = 32 * 1024
"""In bytes: what every server takes and gives in one request."""
LARGE_BLOCK = 255 * 1024
"""What OpenSSH gives in one answer; others may give less."""
ON_THE_WAY = 2 * 1024 * 1024
"""In bytes, of requests under way at once: a line of 20 ms still carries 100 MiB/s."""


class SftpFailure(Exception):
    """The server answered that it did not do it. ``code`` is the protocol's (`draft-ietf-secsh-filexfer-02`, 7)."""

    def __init__(self, code: int, text: str) -> None:
        super().__init__(text)
        self.code = code


class Session(SFTPClient):  # type: ignore[misc]  # paramiko has no types
    """Used by one thread at a time."""

    _gives = LARGE_BLOCK

    def _convert_status(self, message: Message) -> None:
        code, text = message.get_int(), message.get_string().decode(errors="replace")
        if code == SFTP_EOF:
            raise EOFError(text)
        if code != SFTP_OK:
            raise SftpFailure(code, text)

    def names(self, folder: bytes) -> Iterator[tuple[bytes, SFTPAttributes]]:
        """What is in a folder, in the server's order. One request at a time: the session is free between two."""
        _, message = self._request(CMD_OPENDIR, folder)
        handle = message.get_binary()
        try:
            while True:
                _, message = self._request(CMD_READDIR, handle)
                for _ in range(message.get_int()):
                    name, _ = message.get_binary(), message.get_binary()
                    yield name, SFTPAttributes._from_msg(message)
        except EOFError:
            return
        finally:
            self._request(CMD_CLOSE, handle)

    def real_path(self, path: bytes) -> bytes:
        """Where the server says that a path leads. OpenSSH resolves links for this; some servers only spell it out."""
        kind, message = self._request(CMD_REALPATH, path)
        if kind != CMD_NAME or message.get_int() != 1:
            raise SFTPError("REALPATH was answered with something else than one name.")
        return bytes(message.get_binary())

    def read_blocks(self, handle: bytes, start: int, length: int) -> Iterator[bytes]:
        """The bytes of an open file, in order. They end where the file does."""
        answers, asked, block = _Answers(self), deque[tuple[int, int, int]](), self._gives
        for offset in range(start, start + length, block):
            size = min(block, start + length - offset)
            asked.append((answers.ask(CMD_READ, handle, int64(offset), size), offset, size))
            if len(asked) * block >= ON_THE_WAY:
                yield self._block(answers, handle, *asked.popleft())
        while asked:
            yield self._block(answers, handle, *asked.popleft())

    def _block(self, answers: _Answers, handle: bytes, number: int, offset: int, size: int) -> bytes:
        """Servers may send less than was asked for; then the rest is asked for again, until the end is told, and
        no more than that is asked for from then on."""
        got, most = b"", 0
        try:
            while True:
                _, message = answers.take(number)
                got += (part := message.get_binary())
                if most:  # it was not the file's end that cut the first answer short
                    self._gives = max(min(self._gives, most), BLOCK)
                if len(got) == size:
                    return bytes(got)
                most = max(most, len(part))
                number = answers.ask(CMD_READ, handle, int64(offset + len(got)), size - len(got))
        except EOFError:
            return got

    def write_at(self, handle: bytes, offset: int, data: bytes) -> None:
        """Write all of it, and know that the server has."""
        answers, asked = _Answers(self), deque[int]()
        for at in range(0, len(data), BLOCK):
            asked.append(answers.ask(CMD_WRITE, handle, int64(offset + at), data[at : at + BLOCK]))
            if len(asked) * BLOCK >= ON_THE_WAY:
                answers.take(asked.popleft())
        for number in asked:
            answers.take(number)

    def free_bytes(self, path: bytes) -> int | None:
        """Room on the file system; None if the server has no word for it."""
        try:
            kind, message = self._request(CMD_EXTENDED, "statvfs@openssh.com", path)
        except SftpFailure:
            return None
        if kind != CMD_EXTENDED_REPLY:
            return None
        _, unit, _, _, available = struct.unpack(">5Q", message.get_bytes(40))
        return int(unit * available)


class _Answers:
    """The answers to requests that are under way, in whatever order the server gives them."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._arrived: dict[int, tuple[int, Message]] = {}

    def ask(self, kind: int, *words: bytes | int) -> int:
        return int(self._session._async_request(self, kind, *words))

    def take(self, number: int) -> tuple[int, Message]:
        while number not in self._arrived:
            self._session._read_response()
        kind, message = self._arrived.pop(number)
        if kind == CMD_STATUS:
            self._session._convert_status(message)
        return kind, message

    def _async_response(self, kind: int, message: Message, number: int) -> None:
        """Called by paramiko with each answer to what ``ask`` sent."""
        self._arrived[number] = (kind, message)
