"""What one SFTP session can be asked, in as few turns as the answers allow.

The protocol promises that requests about one file are met in the order in which they come (6.1). So what does not
depend on an answer is asked along with what comes before it: a small file is written, read back, dated and closed in
one turn.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from paramiko import SFTPError
from paramiko.sftp import (
    CMD_ATTRS,
    CMD_CLOSE,
    CMD_EXTENDED,
    CMD_EXTENDED_REPLY,
    CMD_HANDLE,
    CMD_LSTAT,
    CMD_MKDIR,
    CMD_NAME,
    CMD_OPEN,
    CMD_OPENDIR,
    CMD_READDIR,
    CMD_READLINK,
    CMD_REALPATH,
    CMD_REMOVE,
    CMD_RENAME,
    CMD_RMDIR,
    CMD_SETSTAT,
    CMD_SYMLINK,
    SFTP_FLAG_CREATE,
    SFTP_FLAG_EXCL,
    SFTP_FLAG_READ,
    SFTP_FLAG_WRITE,
)

from apps.storage.backends.sftp_answers import Answer, Attributes, SftpFailure, text
from apps.storage.backends.sftp_file import BLOCK, OpenFile, Sizes
from apps.storage.backends.sftp_wire import Wire

LARGE_BLOCK = 255 * 1024
"""In bytes: what OpenSSH gives. Others may give less, and are asked for less then."""
LARGEST_BLOCK = 1 << 20
READ, WRITE = SFTP_FLAG_READ, SFTP_FLAG_WRITE
NEW = SFTP_FLAG_WRITE | SFTP_FLAG_READ | SFTP_FLAG_CREATE | SFTP_FLAG_EXCL
Times = tuple[int, int]
"""Of the last access and the last change, in seconds."""
_LIMITS = b"limits@openssh.com"


class Session:
    """Used by one thread at a time. Names are bytes; failures keep their number."""

    def __init__(self, channel: Any) -> None:
        self.wire = Wire(channel)
        # Those written in Go (rclone's, say) zero what is read of a file, or dated, while it is written.
        self._is_openssh = b"fsync@openssh.com" in self.wire.extensions
        self._sizes = Sizes(read=LARGE_BLOCK, written=BLOCK)
        if _LIMITS in self.wire.extensions:
            limits = self._ask(CMD_EXTENDED, text(_LIMITS), kind=CMD_EXTENDED_REPLY)
            _, gives, takes, _ = limits.longs(4)
            self._sizes = Sizes(min(gives or LARGE_BLOCK, LARGEST_BLOCK), min(takes or BLOCK, LARGEST_BLOCK))

    def names(self, folder: bytes) -> Iterator[tuple[bytes, Attributes]]:
        """What is in a folder, in the server's order. One request at a time: the session is free between two."""
        handle = text(self._ask(CMD_OPENDIR, text(folder), kind=CMD_HANDLE).text())
        try:
            while True:
                answer = self._ask(CMD_READDIR, handle, kind=CMD_NAME)
                for _ in range(answer.number()):
                    name, _ = answer.text(), answer.text()
                    yield name, answer.attributes()
        except EOFError:
            return
        finally:
            self._ask(CMD_CLOSE, handle)

    def real_path(self, path: bytes) -> bytes:
        """Where the server says that a path leads. OpenSSH resolves links for this; some servers only spell it out."""
        return self._one_name(self.wire.ask(CMD_REALPATH, text(path)))

    def lstat(self, path: bytes) -> Attributes:
        return self._ask(CMD_LSTAT, text(path), kind=CMD_ATTRS).attributes()

    def look(self, folder: bytes, path: bytes) -> tuple[bytes, Attributes | SftpFailure]:
        """Where the folder leads, and what is at the path, in one turn."""
        leads, there = self.wire.ask(CMD_REALPATH, text(folder)), self.wire.ask(CMD_LSTAT, text(path))
        real = self._one_name(leads)
        try:
            return real, self.wire.take(there, CMD_ATTRS).attributes()
        except SftpFailure as failure:
            return real, failure

    def readlink(self, path: bytes) -> bytes:
        return self._one_name(self.wire.ask(CMD_READLINK, text(path)))

    def symlink(self, target: bytes, path: bytes) -> None:
        """In the order of words that OpenSSH takes, which is not the draft's."""
        self._ask(CMD_SYMLINK, text(target), text(path))

    def mkdir(self, path: bytes) -> None:
        self._ask(CMD_MKDIR, text(path), _NO_ATTRIBUTES)

    def rmdir(self, path: bytes) -> None:
        self._ask(CMD_RMDIR, text(path))

    def remove(self, path: bytes) -> None:
        self._ask(CMD_REMOVE, text(path))

    def rename(self, old: bytes, new: bytes) -> None:
        self._ask(CMD_RENAME, text(old), text(new))

    def replace(self, old: bytes, new: bytes) -> Attributes:
        """Rename onto what is there, and tell what is there then: one turn, of servers that can."""
        renamed = self.wire.ask(CMD_EXTENDED, text(b"posix-rename@openssh.com"), text(old), text(new))
        there = self.wire.ask(CMD_LSTAT, text(new))
        self.wire.take(renamed)
        return self.wire.take(there, CMD_ATTRS).attributes()

    def set_times(self, path: bytes, times: Times) -> None:
        self._ask(CMD_SETSTAT, text(path), _dated(times))

    def free_bytes(self, path: bytes) -> int | None:
        """Room on the file system; None if the server has no word for it."""
        try:
            answer = self._ask(CMD_EXTENDED, text(b"statvfs@openssh.com"), text(path), kind=CMD_EXTENDED_REPLY)
        except SftpFailure:
            return None
        _, unit, blocks, _, available = answer.longs(5)
        return unit * available if blocks else None  # without blocks, it knows nothing

    @contextmanager
    def opened(self, path: bytes, flags: int) -> Iterator[OpenFile]:
        """The file is closed at the end, and that it was is known if it was written to."""
        answer = self._ask(CMD_OPEN, text(path), struct.pack(">I", flags), _NO_ATTRIBUTES, kind=CMD_HANDLE)
        file = OpenFile(self.wire, text(answer.text()), self._sizes)
        try:
            yield file
        except BaseException:
            self.wire.ask(CMD_CLOSE, file.handle)
            raise
        if not file.is_closed:
            closed = self.wire.ask(CMD_CLOSE, file.handle)
            if flags & WRITE:
                self.wire.take(closed)

    def make(self, path: bytes) -> None:
        """An empty file, where nothing is."""
        with self.opened(path, NEW):
            pass

    def put(self, path: bytes, data: bytes, *, times: Times | None, reads_back: bool) -> bool:
        """Make a file of these bytes, and tell whether the server has them; True if it is not asked."""
        at_once = reads_back and self._is_openssh
        is_one_turn = len(data) <= min(self._sizes.read, self._sizes.written)
        with self.opened(path, NEW) as file:
            asked = file.ask_to_write(0, data)
            blocks = file.read(0, len(data)) if at_once else None
            last = self._ask_to_end(file, path, times) if is_one_turn else []
            for number in asked:
                self.wire.take(number)
            is_same = blocks is None or _are(blocks, data)
            for number in last or self._ask_to_end(file, path, times):
                self.wire.take(number)
        return is_same if at_once or not reads_back else self._has(path, data)

    def _ask_to_end(self, file: OpenFile, path: bytes, times: Times | None) -> list[int]:
        """It is dated when it is closed: see ``_is_openssh``."""
        closed = file.ask_to_close()
        return [closed] if times is None else [closed, self.wire.ask(CMD_SETSTAT, text(path), _dated(times))]

    def _has(self, path: bytes, data: bytes) -> bool:
        with self.opened(path, READ) as file:
            return _are(file.read(0, len(data)), data)

    def _ask(self, request: int, *parts: bytes, kind: int | None = None) -> Answer:
        return self.wire.take(self.wire.ask(request, *parts), *([] if kind is None else [kind]))

    def _one_name(self, number: int) -> bytes:
        answer = self.wire.take(number, CMD_NAME)
        if answer.number() != 1:
            raise SFTPError("The server answered with something else than one name.")
        return answer.text()


_NO_ATTRIBUTES = struct.pack(">I", 0)


def _dated(times: Times) -> bytes:
    return struct.pack(">III", 8, *times)


def _are(blocks: Iterator[bytes], data: bytes) -> bool:
    """Whether the blocks are these bytes."""
    at = 0
    for block in blocks:
        if not data.startswith(block, at):
            return False
        at += len(block)
    return at == len(data)
