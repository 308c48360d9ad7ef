"""How a server is started, waited for, and ended by its process."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

PATIENCE_S = 60


def program(name: str, *, package: str) -> str:
    """Where it is: beside this Python, or on the path. ``package`` is what brings it, of the system or of Python.

    A test that lacks it is skipped, or fails where all services have to be there.
    """
    found = shutil.which(name, path=f"{Path(sys.executable).parent}:{os.environ['PATH']}:/usr/sbin:/sbin")
    if found is None and os.environ.get("VITRINE_TEST_REQUIRE_SERVICES") == "1":
        pytest.fail(f"{name} is not there. Install the package {package}.")
    if found is None:
        pytest.skip(f"{name} is not there: install the package {package}")
    return found


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def running(command: Sequence[str], *, port: int, log: Path, **more: object) -> Iterator[subprocess.Popen[bytes]]:
    """A server that takes connections until the block ends."""
    with log.open("ab") as output, subprocess.Popen(command, stdout=output, stderr=output, **more) as process:
        try:
            _wait(process, port, log)
            yield process
        finally:
            process.terminate()


def _wait(process: subprocess.Popen[bytes], port: int, log: Path) -> None:
    until = time.monotonic() + PATIENCE_S
    while time.monotonic() < until and process.poll() is None:
        with suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
            return
        time.sleep(0.02)
    pytest.fail(f"The server on port {port} does not answer: {log.read_text(errors='replace')[-2000:]}")
