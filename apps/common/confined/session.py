"""One process from its start to its end, as the portal sees it: what it says, what it asks, how long it takes."""

from __future__ import annotations

import json
import os
import selectors
import socket
import subprocess
import sys
from contextlib import ExitStack
from dataclasses import asdict
from pathlib import Path
from tempfile import TemporaryDirectory
from time import monotonic
from typing import IO, Any, Self

from apps.common.confined import verdict
from apps.common.confined.calling import PIECE, QUESTION
from apps.common.confined.errors import Failed, SaidTooMuch, TookTooLong
from apps.common.confined.types import Setting, Source
from apps.common.confined.verdict import Report

GUARDIAN = Path(__file__).with_name("guardian.py")
BEAT_S = 0.5
GRACE_S = 5.0
MURMUR_BYTES = 4000
PIPE_BYTES = 1 << 16
_BARE = {
    "PATH": os.defpath,
    "LC_ALL": "C.UTF-8",
    "OPENBLAS_NUM_THREADS": "1",  # One thread, as each takes memory.
    "OMP_NUM_THREADS": "1",
}


class Session:
    """``with Session(…) as session: session.report(…)``. Whatever happens, nothing of it is left when it is over."""

    def __init__(self, order: dict[str, Any], setting: Setting, source: Source | None) -> None:
        self._order, self._setting, self._source = order, setting, source
        self._stack, self._selector = ExitStack(), selectors.DefaultSelector()
        self._said: dict[IO[bytes], bytearray] = {}
        self._ended: dict[str, Any] | None = None

    def __enter__(self) -> Self:
        with ExitStack() as stack:
            stack.enter_context(self._selector)
            folder = self._setting.folder or stack.enter_context(TemporaryDirectory(prefix="vitrine-"))
            self._line, its_line = _pair(stack)
            lines = [its_line]
            if self._source is not None:
                self._asking, its_asking = _pair(stack)
                self._asking.settimeout(GRACE_S)
                lines.append(its_asking)
                self._order["source"] = {"descriptor": its_asking.fileno(), "size": self._source.size}
            told = {"line": its_line.fileno(), "folder": str(folder), "limits": asdict(self._setting.limits)}
            self._guardian = subprocess.Popen(
                [sys.executable, "-I", "-B", str(GUARDIAN), json.dumps(self._order | told)],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                pass_fds=[line.fileno() for line in lines],
                env=_BARE | {"HOME": str(folder), "TMPDIR": str(folder)} | self._setting.environment,
                start_new_session=True,
            )
            stack.callback(self._end)
            for line in lines:
                line.close()
            self._stack = stack.pop_all()
        return self

    def __exit__(self, *_: object) -> None:
        self._stack.close()

    def _end(self) -> None:
        """The guardian ends all that it began as soon as the line is shut."""
        self._line.close()
        for stream in (self._guardian.stdin, self._guardian.stdout, self._guardian.stderr):
            if stream is not None:
                stream.close()
        try:
            self._guardian.wait(GRACE_S)
        except subprocess.TimeoutExpired:
            self._guardian.kill()
            self._guardian.wait()

    def report(self, told: bytes) -> Report:
        """Say to the process what it is told, and wait for its end.

        Raises:
            TookTooLong, SaidTooMuch: it was ended for that. Failed: nobody knows how it ended.
            Whatever the beat or the source raises.
        """
        self._listen(told)
        deadline = monotonic() + self._setting.limits.seconds
        next_beat = monotonic() + BEAT_S
        while self._selector.get_map():
            for key, _ in self._selector.select(max(0.0, min(deadline, next_beat) - monotonic())):
                if key.fd in self._selector.get_map():  # What came before may have ended it.
                    key.data(key.fileobj)
            if monotonic() >= next_beat:
                self._setting.beat()
                next_beat = monotonic() + BEAT_S
            if monotonic() >= deadline:
                raise TookTooLong(verdict.time(self._setting.limits), details={"said": self._murmur()})
        if self._ended is None:
            raise Failed("The process was killed together with its guardian.", details={"said": self._murmur()})
        output = bytes(self._said[self._stdout])
        return Report(self._ended["code"], output, self._murmur(), self._ended["cpu_s"], self._ended["memory_mib"])

    def _listen(self, told: bytes) -> None:
        stdin, stdout, stderr = self._guardian.stdin, self._guardian.stdout, self._guardian.stderr
        assert stdin is not None and stdout is not None and stderr is not None  # noqa: PT018 - they are pipes
        self._stdout, self._stderr, self._left = stdout, stderr, memoryview(told)
        for stream in (stdout, stderr):
            self._said[stream] = bytearray()
            self._selector.register(stream, selectors.EVENT_READ, self._hear)
        os.set_blocking(stdin.fileno(), False)
        self._selector.register(stdin, selectors.EVENT_WRITE, self._tell)
        self._selector.register(self._line, selectors.EVENT_READ, self._learn)
        if self._source is not None:
            self._selector.register(self._asking, selectors.EVENT_READ, self._answer)

    def _hear(self, stream: IO[bytes]) -> None:
        said = self._said[stream]
        heard = os.read(stream.fileno(), PIPE_BYTES)
        if not heard:
            self._selector.unregister(stream)
        said += heard
        if len(said) > self._setting.limits.output_bytes:
            raise SaidTooMuch(verdict.output(self._setting.limits), details={"said": self._murmur()})

    def _tell(self, stream: IO[bytes]) -> None:
        try:
            self._left = self._left[os.write(stream.fileno(), self._left[:PIPE_BYTES]) :]
        except BrokenPipeError:  # It does not want to know.
            self._left = self._left[:0]
        if not self._left:
            self._selector.unregister(stream)
            stream.close()

    def _learn(self, line: socket.socket) -> None:
        """The guardian says how it ended; nothing is left then, and the outputs come to their ends."""
        heard = line.recv(PIPE_BYTES)
        self._ended = json.loads(heard) if heard else None
        for key in list(self._selector.get_map().values()):
            if key.fileobj not in self._said:
                self._selector.unregister(key.fileobj)

    def _answer(self, line: socket.socket) -> None:
        """
        Raises:
            Failed: what is asked makes no sense, or the file ended before it should. Whatever the source raises.
        """
        assert self._source is not None
        asked = line.recv(QUESTION.size, socket.MSG_WAITALL)
        if not asked:
            self._selector.unregister(line)
            return
        start, length = QUESTION.unpack(asked)
        if length > PIECE or start + length > self._source.size:
            raise Failed("The process asked for what is not in the file.")
        piece = self._source.read_at(start, length)
        if len(piece) < length:
            raise Failed("The file became shorter while it was read. Begin anew.")
        try:
            line.sendall(piece)
        except OSError:  # It was ended meanwhile, and says itself why.
            self._selector.unregister(line)

    def _murmur(self) -> str:
        return bytes(self._said[self._stderr][-MURMUR_BYTES:]).decode(errors="replace")


def _pair(stack: ExitStack) -> tuple[socket.socket, socket.socket]:
    mine, its = socket.socketpair()
    stack.callback(mine.close)
    stack.callback(its.close)
    return mine, its
