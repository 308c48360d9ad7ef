"""Sums that an SSH server computes itself: what it has is compared, and does not come back for it."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from threading import Lock
from typing import Any

import paramiko

from apps.storage.backends.sftp_session import Session
from apps.storage.types import Receipt, Upload

UNIT = 1 << 20
"""In bytes. Pieces of large files are multiples of it, for `dd` counts in units."""
LANES = 4
"""So many pieces are summed at once."""
PATIENCE_S = 300
"""For the next piece, of a storage that is slow and busy."""
_LONGEST_LINE = 200
_COMMANDS = ("openssl dgst -sha256 -r", "sha256sum", "shasum -a 256", "sha256 -q")
"""The quickest first. Each begins its line with the sum."""
_ABC = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
_PROBE = f"""LC_ALL=C; export LC_ALL
for c in {" ".join(f"'{command}'" for command in _COMMANDS)}; do
  s=$(printf abc | dd bs={UNIT} count=1 2>/dev/null | $c 2>/dev/null)
  if [ "${{s%% *}}" = {_ABC} ]; then echo "sums $c"; break; fi
done
"""
_SUMS = """f={path}
lane=0
while [ $lane -lt {lanes} ]; do
  ( i=$lane
    while [ $i -lt {pieces} ]; do
      s=$(dd if="$f" bs={unit} skip=$((i * {units})) count={units} 2>/dev/null | {command})
      echo "$i ${{s%% *}}"
      i=$((i + {lanes}))
    done ) &
  lane=$((lane + 1))
done
wait
echo end
"""
_LOST = (EOFError, OSError, paramiko.SSHException)


class Sums:
    """By one `sh` on the server, which is given scripts to read: so no other shell has to understand how names are
    quoted. It is started when a large file begins; a server that has not answered by the time the file is there, or in
    other words than these, is not asked again. Serves several threads, one after the other."""

    def __init__(self, *, is_allowed: bool) -> None:
        self._is_off = not is_allowed
        self._shell: Any = None
        self._come = b""
        self._command = ""
        self._lock = Lock()

    def prepare(self, session: Session) -> None:
        with self._lock:
            if self._is_off or self._shell is not None:
                return
            try:
                self._shell = _started(session)
            except _LOST:
                self._is_off = True

    @property
    def is_ready(self) -> bool:
        """Whether the server has said by now that it computes sums."""
        return bool(self._command) or (self._shell is not None and self._shell.recv_ready())

    def agree(self, path: bytes, upload: Upload, receipts: Mapping[int, Receipt]) -> bool:
        """Whether the server finds the sums of the receipts. If it does not, this may be for another reason."""
        if upload.chunk_size % UNIT:
            return False
        with self._lock:
            if self._is_off or not self.is_ready:
                return False
            try:
                return self._found(path, upload) == {number: one.tag for number, one in receipts.items()}
            except (*_LOST, ValueError):
                self._stop()
                return False

    def close(self) -> None:
        with self._lock:
            self._stop()

    def _found(self, path: bytes, upload: Upload) -> dict[int, str]:
        """
        Raises:
            ValueError: the server says something else.
        """
        if not self._command:
            said, _, self._command = self._line().partition(" ")
            if said != "sums" or self._command not in _COMMANDS:
                raise ValueError(said)
        pieces = max(-(-upload.size // upload.chunk_size), 1)
        script = _SUMS.format(
            path=_QUOTED,
            lanes=LANES,
            pieces=pieces,
            unit=UNIT,
            units=upload.chunk_size // UNIT,
            command=self._command,
        )
        self._shell.sendall(script.encode().replace(_QUOTED.encode(), quoted(path)))
        lines = [self._line().split() for _ in range(pieces)]
        if self._line() != "end":
            raise ValueError("too much")
        return {int(number): tag for number, tag in lines}

    def _line(self) -> str:
        while b"\n" not in self._come:
            came = self._shell.recv(4096)
            if not came or len(self._come) > _LONGEST_LINE:
                raise EOFError
            self._come += came
        line, _, self._come = self._come.partition(b"\n")
        return line.decode("ascii")

    def _stop(self) -> None:
        self._is_off = True
        if self._shell is not None:
            with suppress(*_LOST):
                self._shell.close()


def _started(session: Session) -> Any:
    channel = session.wire.channel.get_transport().open_session(timeout=PATIENCE_S)
    channel.settimeout(PATIENCE_S)
    channel.exec_command("exec sh")
    channel.sendall(_PROBE.encode())
    return channel


_QUOTED = "@path@"


def quoted(name: bytes) -> bytes:
    """As `sh` reads it: nothing is special between these, but the quote itself."""
    return b"'" + name.replace(b"'", b"'\\''") + b"'"
