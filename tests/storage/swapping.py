"""Another process, which puts links where folders and files are, and takes them away again, as fast as it can."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_SWAP = """
import ctypes, os, sys
exchange, here = 2, -100
libc, parent = ctypes.CDLL(None, use_errno=True), os.getppid()
pairs = [tuple(map(os.fsencode, pair)) for pair in zip(sys.argv[1::2], sys.argv[2::2])]
print("ready", flush=True)
while os.getppid() == parent:
    for _ in range(1000):
        for one, other in pairs:
            libc.renameat2(here, one, here, other, exchange)
"""


@contextmanager
def swapping(*pairs: tuple[Path, Path]) -> Iterator[None]:
    """The two of each pair change places all the time, in one step of the kernel: neither name is ever missing."""
    names = [str(path) for pair in pairs for path in pair]
    with subprocess.Popen([sys.executable, "-c", _SWAP, *names], stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        process.stdout.readline()
        try:
            yield
        finally:
            process.kill()
