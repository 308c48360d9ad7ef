"""The TCP connection beneath SSH, as paramiko reads and writes it: prompt both ways."""

from __future__ import annotations

import socket

CHUNK = 256 * 1024


class Line(socket.socket):
    """paramiko reads a packet by two calls, and in small parts: here one call of the system fetches all that has come.

    Each packet leaves at once, and is acknowledged at once: OpenSSH, too, holds back what is small until what it sent
    before is acknowledged, which else takes 40 ms, several times for each new connection.
    """

    _come = b""
    _at = 0

    @classmethod
    def to(cls, host: str, port: int, timeout_s: float) -> Line:
        line = cls(fileno=socket.create_connection((host, port), timeout_s).detach())
        line.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        return line

    def recv(self, most: int, flags: int = 0) -> bytes:
        if self._at == len(self._come):
            self._come, self._at = super().recv(CHUNK, flags), 0
            if hasattr(socket, "TCP_QUICKACK"):  # of Linux, which forgets it
                self.setsockopt(socket.IPPROTO_TCP, socket.TCP_QUICKACK, 1)
        found = self._come[self._at : self._at + most]
        self._at += len(found)
        return found
