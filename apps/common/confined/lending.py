"""A file is lent to a process piece by piece: it asks, and the portal answers."""

from __future__ import annotations

import socket

from apps.common.confined.calling import PIECE, QUESTION
from apps.common.confined.errors import Failed
from apps.common.confined.types import Source


class Lender:
    """The portal's end of the line on which a process asks."""

    def __init__(self, line: socket.socket, source: Source, *, patience_s: float) -> None:
        self.line, self._source = line, source
        line.settimeout(patience_s)

    def answer(self) -> bool:
        """Answer one question; False when there will be no more.

        Raises:
            Failed: what is asked makes no sense, or the file ended before it should. Whatever the source raises.
        """
        asked = self.line.recv(QUESTION.size, socket.MSG_WAITALL)
        if not asked:
            return False
        start, length = QUESTION.unpack(asked)
        if length > PIECE or start + length > self._source.size:
            raise Failed("The process asked for what is not in the file.")
        piece = self._source.read_at(start, length)
        if len(piece) < length:
            raise Failed("The file became shorter while it was read. Begin anew.")
        try:
            self.line.sendall(piece)
        except OSError:  # It was ended meanwhile, and says itself why.
            return False
        return True
