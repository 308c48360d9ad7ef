"""The portal's own workers, for as long as they are measured, and what they cost."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from apps.web.management.commands.serve import worker
from tests.bench.services import ROOT


@contextmanager
def workers(log: Path) -> Iterator[list[int]]:
    """``manage.py serve --no-web``; gives the ids of its processes."""
    with log.open("a") as out:
        serve = subprocess.Popen([sys.executable, "manage.py", "serve", "--no-web"], cwd=ROOT, stdout=out, stderr=out)
        try:
            yield [serve.pid]
        finally:
            serve.terminate()
            serve.wait(timeout=60)


@contextmanager
def another(log: Path) -> Iterator[int]:
    """One worker more, for runs and their actions; gives its id."""
    with log.open("a") as out:
        process = subprocess.Popen(worker("another", "celery", 4).command, cwd=ROOT, stdout=out, stderr=out)
        try:
            yield process.pid
        finally:
            process.kill()
            process.wait()


def cpu_s(pid: int) -> float:
    """What a process, its children and theirs have had of a processor."""
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    own = (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
    return own + sum(cpu_s(int(child)) for child in children)


def share_of(pids: list[int], seconds: float) -> float:
    """Of a core, in percent, from now on."""
    before, began = sum(map(cpu_s, pids)), time.monotonic()
    time.sleep(seconds)  # what is measured is a time
    return 100 * (sum(map(cpu_s, pids)) - before) / (time.monotonic() - began)
