"""What was measured on: the machine, the versions, and how much memory processes hold."""

from __future__ import annotations

import os
import platform
import sqlite3
from collections.abc import Iterable
from importlib.metadata import version
from pathlib import Path


def describe() -> dict[str, str]:
    """The machine and the versions of what runs on it."""
    packages = ("django", "djangorestframework", "gunicorn", "celery", "opensearch-py", "tantivy")
    return {
        "processor": f"{os.cpu_count()} × {_line('/proc/cpuinfo', 'model name') or platform.machine()}",
        "memory": f"{int(_line('/proc/meminfo', 'MemTotal').split()[0]) // 1024:,} MiB",
        "load before": ", ".join(f"{load:.1f}" for load in os.getloadavg()),
        "python": platform.python_version(),
        "sqlite": sqlite3.sqlite_version,
        **{name: version(name) for name in packages},
    }


def memory_mib(pids: Iterable[int]) -> float:
    """What these processes hold in memory (RSS; of forked ones shared pages count for each)."""
    return sum(_kib(pid, "VmRSS") for pid in pids) / 1024


def peak_mib(pids: Iterable[int]) -> float:
    """The most that each ever held, added."""
    return sum(_kib(pid, "VmHWM") for pid in pids) / 1024


def family(pid: int) -> list[int]:
    """A process and its children, whichever of its threads started them."""
    lists = Path(f"/proc/{pid}/task").glob("*/children")
    return [pid, *(int(child) for told in lists for child in told.read_text().split())]


def _kib(pid: int, name: str) -> int:
    found = _line(f"/proc/{pid}/status", name)
    return int(found.split()[0]) if found else 0


def _line(file: str, name: str) -> str:
    try:
        lines = Path(file).read_text().splitlines()
    except OSError:
        return ""
    return next((line.split(":", 1)[1].strip() for line in lines if line.startswith(name)), "")
