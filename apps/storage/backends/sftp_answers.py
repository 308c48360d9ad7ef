"""What an SFTP server answers (version 3, `draft-ietf-secsh-filexfer-02`)."""

from __future__ import annotations

import struct
from typing import Any, NamedTuple

from paramiko import SFTPError
from paramiko.sftp import SFTP_EOF, SFTP_OK

_LONG = struct.Struct(">I")


class SftpFailure(Exception):
    """The server answered that it did not do it. ``code`` is the protocol's (7)."""

    def __init__(self, code: int, text: str) -> None:
        super().__init__(text)
        self.code = code


class Attributes(NamedTuple):
    """What a server says of a file; None where it says nothing."""

    size: int | None = None
    uid: int | None = None
    gid: int | None = None
    mode: int | None = None
    modified: int | None = None


class Answer:
    """Read from its beginning to its end."""

    def __init__(self, kind: int, body: bytes) -> None:
        self.kind = kind
        self._body = body
        self._at = 0

    def number(self) -> int:
        return int(self._take(_LONG)[0])

    def text(self) -> bytes:
        size = self.number()
        found = self._body[self._at : self._at + size]
        if len(found) != size:
            raise SFTPError("An answer of the server is cut off.")
        self._at += size
        return found

    def longs(self, count: int) -> tuple[int, ...]:
        return self._take(struct.Struct(f">{count}Q"))

    def attributes(self) -> Attributes:
        flags = self.number()
        size = self.longs(1)[0] if flags & 1 else None
        uid, gid = (self.number(), self.number()) if flags & 2 else (None, None)
        mode = self.number() if flags & 4 else None
        _, modified = (self.number(), self.number()) if flags & 8 else (None, None)
        if flags & 0x80000000:
            for _ in range(2 * self.number()):
                self.text()
        return Attributes(size, uid, gid, mode, modified)

    @property
    def is_read(self) -> bool:
        return self._at >= len(self._body)

    def require_done(self) -> None:
        """Of an answer that says how it went.

        Raises:
            SftpFailure: the server did not do it. EOFError: there is no more.
        """
        code = self.number()
        said = "" if self.is_read else self.text().decode(errors="replace")
        if code == SFTP_EOF:
            raise EOFError(said)
        if code != SFTP_OK:
            raise SftpFailure(code, said)

    def _take(self, form: struct.Struct) -> tuple[Any, ...]:
        try:
            found = form.unpack_from(self._body, self._at)
        except struct.error as error:
            raise SFTPError("An answer of the server is cut off.") from error
        self._at += form.size
        return found


def text(told: bytes) -> bytes:
    """As the protocol writes names and contents."""
    return _LONG.pack(len(told)) + told
