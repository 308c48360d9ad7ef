"""Calls a Python function in the process that the guardian made for it: JSON comes in, and JSON goes out.

What the function prints goes to the other output, so that the answer stays whole.
"""

from __future__ import annotations

import importlib
import io
import json
import os
import resource
import socket
import struct
import sys
import traceback
from contextlib import suppress
from operator import attrgetter
from typing import Any, NoReturn

QUESTION = struct.Struct("!QQ")
PIECE = 1 << 20
PIECES = 64
"""Kept at most of those that were read, in MiB: formats go back and forth."""


def call(order: dict[str, Any]) -> NoReturn:
    answers = os.dup(1)
    os.dup2(2, 1)
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(line_buffering=True, errors="backslashreplace")  # Nothing is left in it at the end.
    try:
        told = _answer(order)
    except MemoryError:
        told = b'{"memory": true}'
    with suppress(OSError, ValueError):
        sys.stdout.flush()
    with os.fdopen(answers, "wb") as out:
        out.write(told)
    os._exit(0)  # A library that was given something broken may not end well: it is not asked to clean up.


def _answer(order: dict[str, Any]) -> bytes:
    try:
        function = _find(order["function"])
    except Exception as error:
        return json.dumps({"no_function": _sentence(error)}).encode()
    if order["is_shut"]:
        for kind in (resource.RLIMIT_NOFILE, resource.RLIMIT_NPROC):  # the second binds all but root
            resource.setrlimit(kind, (0, 0))
    asked = json.loads(sys.stdin.buffer.read())
    first = [io.BufferedReader(Ranged(order["source"]))] if order.get("source") else []
    try:
        answer = function(*first, *asked["args"], **asked["kwargs"])
    except MemoryError:
        raise
    except BaseException as error:
        traceback.print_exception(type(error), error, error.__traceback__ and error.__traceback__.tb_next)
        sys.stderr.flush()
        return json.dumps({"error": _sentence(error), "kind": type(error).__name__}).encode()
    try:
        return json.dumps({"answer": answer}, allow_nan=False).encode()
    except (TypeError, ValueError) as error:
        told = f"The function returned what is no JSON: {error}"
        return json.dumps({"error": told, "kind": type(error).__name__}).encode()


def _find(name: str) -> Any:
    module, _, inside = name.partition(":")
    return attrgetter(inside)(importlib.import_module(module))


def _sentence(error: BaseException) -> str:
    return f"{type(error).__name__}: {str(error)[:2000]}".rstrip(": ")


class Ranged(io.RawIOBase):
    """A file that was not opened here: its bytes are asked for, piece by piece."""

    def __init__(self, source: dict[str, int]) -> None:
        self._line = socket.socket(fileno=source["descriptor"])
        self.size, self._at = source["size"], 0
        self._pieces: dict[int, bytes] = {}

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def tell(self) -> int:
        return self._at

    def seek(self, offset: int, whence: int = os.SEEK_SET) -> int:
        base = {os.SEEK_SET: 0, os.SEEK_CUR: self._at, os.SEEK_END: self.size}[whence]
        if base + offset < 0:
            raise ValueError("a place before the beginning of the file")
        self._at = base + offset
        return self._at

    def readinto(self, buffer: Any) -> int:
        view = memoryview(buffer).cast("B")
        number, within = divmod(self._at, PIECE)
        part = self._piece(number)[within : within + len(view)] if self._at < self.size else b""
        view[: len(part)] = part
        self._at += len(part)
        return len(part)

    def _piece(self, number: int) -> bytes:
        piece = self._pieces.pop(number, None)
        if piece is None:
            piece = self._ask(number * PIECE, min(PIECE, self.size - number * PIECE))
            while len(self._pieces) >= PIECES:
                del self._pieces[next(iter(self._pieces))]
        self._pieces[number] = piece  # The last that was used stands last.
        return piece

    def _ask(self, start: int, length: int) -> bytes:
        self._line.sendall(QUESTION.pack(start, length))
        answer = bytearray()
        while len(answer) < length:
            received = self._line.recv(length - len(answer))
            if not received:
                raise OSError("the file could not be read on")
            answer += received
        return bytes(answer)
