"""A server of a test: started, waited for until it answers, ended."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from shutil import which

import pytest

PATIENCE_S = 120


def command(name: str, package: str) -> str:
    """Where a program is that a package brings, beside this Python or on the path; without it the test is skipped."""
    beside = Path(sys.executable).with_name(name)
    found = str(beside) if beside.exists() else which(name)
    if found is None:
        reason = f"{name} is not here: pip install {package}"
        if os.environ.get("VITRINE_TEST_REQUIRE_SERVICES"):
            pytest.fail(reason)
        pytest.skip(reason)
    return found


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def running(arguments: Sequence[str], port: int, log: Path, **environment: str) -> Iterator[int]:
    """The port of a server that listens there."""
    with log.open("wb") as out:
        server = subprocess.Popen(arguments, stdout=out, stderr=out, env=os.environ | environment)
    try:
        _wait(server, port, log)
        yield port
    finally:
        server.kill()
        server.wait()


def _wait(server: subprocess.Popen[bytes], port: int, log: Path) -> None:
    until = time.monotonic() + PATIENCE_S
    while time.monotonic() < until:
        if server.poll() is not None:
            break
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    pytest.fail(f"{server.args!r} does not answer:\n{log.read_text(errors='replace')[-2000:]}")
