"""One process from its start to its end, as the portal sees it."""

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
from typing import Any, Self

from apps.common.confined import verdict
from apps.common.confined.errors import Failed, TookTooLong
from apps.common.confined.lending import Lender
from apps.common.confined.types import Setting, Source
from apps.common.confined.verdict import Report
from apps.common.confined.voices import Voices

GUARDIAN = Path(__file__).with_name("guardian.py")
BEAT_S = 0.5
GRACE_S = 5.0
REPORT_BYTES = 1 << 16
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
        self._ended: dict[str, Any] | None = None

    def __enter__(self) -> Self:
        with ExitStack() as stack:
            stack.enter_context(self._selector)
            folder = self._setting.folder or stack.enter_context(TemporaryDirectory(prefix="vitrine-"))
            self._line, its_line = _pair(stack)
            self._selector.register(self._line, selectors.EVENT_READ, self._learn)
            lines = [its_line, *self._lent(stack)]
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

    def _lent(self, stack: ExitStack) -> list[socket.socket]:
        """The end of the line on which the process asks for the file, if there is one."""
        if self._source is None:
            return []
        line, its_line = _pair(stack)
        lender = Lender(line, self._source, patience_s=GRACE_S)

        def answer(line: socket.socket) -> None:
            if not lender.answer():
                self._selector.unregister(line)

        self._selector.register(line, selectors.EVENT_READ, answer)
        self._order["source"] = {"descriptor": its_line.fileno(), "size": self._source.size}
        return [its_line]

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
        limits = self._setting.limits
        self._voices = voices = Voices(self._guardian, told, limits.output_bytes, self._selector)
        deadline = monotonic() + limits.seconds
        next_beat = monotonic() + BEAT_S
        while self._selector.get_map():
            for key, _ in self._selector.select(max(0.0, min(deadline, next_beat) - monotonic())):
                if key.fd in self._selector.get_map():  # What came before may have ended it.
                    key.data(key.fileobj)
            if monotonic() >= next_beat:
                self._setting.beat()
                next_beat = monotonic() + BEAT_S
            if monotonic() >= deadline:
                raise TookTooLong(verdict.time(limits), details={"said": voices.murmur})
        if self._ended is None:
            raise Failed("The process was killed together with its guardian.", details={"said": voices.murmur})
        return Report(output=voices.output, murmur=voices.murmur, **self._ended)

    def _learn(self, line: socket.socket) -> None:
        """The guardian says how it ended; nothing is left then, and what it said comes to its end."""
        heard = line.recv(REPORT_BYTES)
        self._ended = json.loads(heard) if heard else None
        for key in list(self._selector.get_map().values()):
            if key.fileobj not in self._voices.spoken:
                self._selector.unregister(key.fileobj)


def _pair(stack: ExitStack) -> tuple[socket.socket, socket.socket]:
    mine, its = socket.socketpair()
    stack.callback(mine.close)
    stack.callback(its.close)
    return mine, its
